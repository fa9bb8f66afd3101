import type { ChannelPort, RtcPort } from "../../../lib/client/rtc.ts";
import type { Ether } from "./ether.ts";
import { EtherChannel } from "./ether_channel.ts";
import { EtherTransport } from "./ether_transport.ts";

/** What one side has said of itself. */
interface Local {
  type: "offer" | "answer";
  fragment: string;
}

/** An RTCPeerConnection whose network is an {@linkcode Ether}: it takes its time, and may break. */
export class EtherRtc implements RtcPort {
  signalingState: RTCSignalingState = "stable";
  onconnectionstatechange: RtcPort["onconnectionstatechange"] = null;
  ondatachannel: RtcPort["ondatachannel"] = null;
  onicecandidate: RtcPort["onicecandidate"] = null;
  onicecandidateerror: RtcPort["onicecandidateerror"] = null;
  oniceconnectionstatechange: RtcPort["oniceconnectionstatechange"] = null;
  onnegotiationneeded: RtcPort["onnegotiationneeded"] = null;
  readonly iceConnectionState = "new";
  readonly transport: EtherTransport;
  readonly #channels: EtherChannel[] = [];
  #ether: Ether;
  #local: Local | undefined;
  #stable: Local | undefined;
  #gathered = new Set<string>();
  #fragments = 0;
  #restarts = true;

  constructor(readonly name: string, readonly page: string, ether: Ether) {
    this.#ether = ether;
    this.transport = new EtherTransport({
      ether,
      name,
      page,
      onState: () =>
        this.onconnectionstatechange?.call(asReal(this), new Event("connectionstatechange")),
      onReady: () => {
        for (const channel of this.#channels) if (channel.isFresh) this.#announce(channel);
      },
    });
  }

  get isClosed(): boolean {
    return this.transport.isClosed;
  }

  get connectionState(): RTCPeerConnectionState {
    return this.transport.state;
  }

  get localDescription(): RTCSessionDescription | null {
    if (this.#local === undefined) return null;
    const { type, fragment } = this.#local;
    const lines = [`o=- ${this.name} 1 IN IP4 0.0.0.0`, `a=fingerprint:fake ${this.name}`];
    lines.push(`a=ice-ufrag:${fragment}`);
    if (this.#gathered.has(fragment)) lines.push(`a=${lineOf(fragment)}`);
    const sdp = lines.join("\r\n");
    return { type, sdp, toJSON: () => ({ type, sdp }) };
  }

  createDataChannel(label: string): ChannelPort {
    const channel = new EtherChannel(label, this.transport);
    this.#channels.push(channel);
    if (this.#stable === undefined) this.#askForNegotiation();
    else if (this.transport.isReady) this.#announce(channel);
    return channel;
  }

  async setLocalDescription(wanted?: RTCLocalSessionDescriptionInit): Promise<void> {
    await this.#turn();
    if (wanted?.type === "rollback") {
      if (this.signalingState !== "have-local-offer") throw invalidState();
      this.signalingState = "stable";
      return this.#say(this.#stable);
    }
    const type = this.signalingState === "have-remote-offer" ? "answer" : "offer";
    const before = this.#restarts ? undefined : this.#stable?.fragment;
    const fragment = before ?? `${this.name}.${this.#fragments++};`;
    this.#restarts = false;
    this.#say({ type, fragment });
    this.signalingState = type === "offer" ? "have-local-offer" : "stable";
    if (type === "answer") this.#settle();
    if (!this.#gathered.has(fragment)) this.#after(() => this.#gather(fragment));
  }

  async setRemoteDescription({ type, sdp = "" }: RTCSessionDescriptionInit): Promise<void> {
    await this.#turn();
    const expected = type === "answer" ? "have-local-offer" : "stable";
    if (this.signalingState !== expected) throw invalidState();
    const { remote, isReady } = this.transport;
    const [, name = ""] = /fingerprint:fake (\S+)/.exec(sdp) ?? [];
    const [, fragment = ""] = /ice-ufrag:(\S+)/.exec(sdp) ?? [];
    // DTLS (RFC 8842 section 5.5): another certificate needs another connection.
    if (isReady && remote?.name !== name) throw invalidState();
    if (type === "offer" && remote !== undefined && remote.fragment !== fragment) {
      this.#restarts = true;
    }
    this.transport.remote = { name, fragment };
    for (const [, known] of sdp.matchAll(/ufrag (\S+)$/gm)) this.transport.learn(known!);
    this.signalingState = type === "offer" ? "have-remote-offer" : "stable";
    if (type === "answer") this.#settle();
  }

  async addIceCandidate(candidate?: RTCIceCandidateInit | null): Promise<void> {
    await this.#turn();
    const { remote } = this.transport;
    if (remote === undefined) throw invalidState();
    this.transport.learn(candidate?.usernameFragment ?? remote.fragment);
  }

  restartIce(): void {
    this.#restarts = true;
    this.#askForNegotiation();
  }

  setConfiguration(): void {}

  getStats(): Promise<RTCStatsReport> {
    return Promise.resolve(new Map() as unknown as RTCStatsReport);
  }

  close(): void {
    for (const channel of this.#channels) channel.close();
    this.signalingState = "closed";
    this.transport.close();
  }

  /** The page is gone without a word. */
  die(): void {
    for (const channel of this.#channels) channel.forget();
    this.onconnectionstatechange = this.ondatachannel = this.onicecandidate = null;
    this.onnegotiationneeded = null;
    this.signalingState = "closed";
    this.transport.die();
  }

  /** The browser gives the channels up, at both ends. */
  hangUp(): void {
    for (const channel of this.#channels) channel.close();
  }

  /** The peer has opened a channel; answers with its end of it here. */
  accept(from: EtherChannel): EtherChannel {
    const channel = new EtherChannel(from.label, this.transport);
    this.#channels.push(channel);
    channel.readyState = "open";
    channel.other = from;
    const event = Object.assign(new Event("datachannel"), { channel }) as unknown;
    const tell = () => {
      channel.isDeaf = false;
      this.ondatachannel?.call(asReal(this), event as RTCDataChannelEvent);
    };
    // As in Chromium on a busy machine: what comes before the page knows of the channel is lost.
    channel.isDeaf = this.#ether.world.once(4);
    if (channel.isDeaf) this.#after(tell);
    else tell();
    return channel;
  }

  #say(local: Local | undefined): void {
    this.#local = local;
    this.transport.local = local?.fragment;
  }

  #settle(): void {
    this.#stable = this.#local;
    this.transport.search();
  }

  #announce(channel: EtherChannel): void {
    this.transport.carry(() => {
      const peer = this.#ether.rtc(this.transport.remote?.name);
      if (peer === undefined || channel.readyState === "closed") return;
      peer.transport.carry(() => channel.open());
      channel.other = peer.accept(channel);
    });
  }

  #gather(fragment: string): void {
    this.#gathered.add(fragment);
    const candidate = { candidate: lineOf(fragment), sdpMid: "0", usernameFragment: fragment };
    const event = Object.assign(new Event("icecandidate"), { candidate }) as unknown;
    this.onicecandidate?.call(asReal(this), event as RTCPeerConnectionIceEvent);
  }

  #askForNegotiation(): void {
    queueMicrotask(() => {
      if (this.signalingState !== "stable" || this.#stable !== undefined && !this.#restarts) return;
      this.onnegotiationneeded?.call(asReal(this), new Event("negotiationneeded"));
    });
  }

  #after(callback: () => void): void {
    const { world } = this.#ether;
    world.clock.after(world.latency(), () => this.isClosed || callback());
  }

  /** What a browser does takes a while, and never ends where the connection is closed meanwhile. */
  #turn(): Promise<void> {
    if (this.isClosed) return Promise.reject(invalidState());
    return new Promise((resolve) => this.#after(resolve));
  }
}

function lineOf(fragment: string): string {
  return `candidate:1 1 udp 1 192.0.2.1 9 typ host ufrag ${fragment}`;
}

function invalidState(): DOMException {
  return new DOMException("", "InvalidStateError");
}

/** The type of `this` in the handlers of the real thing. */
// deno-lint-ignore no-explicit-any
function asReal(rtc: EtherRtc): any {
  return rtc;
}
