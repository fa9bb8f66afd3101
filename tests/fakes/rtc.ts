import type { ChannelPort, RtcPort } from "../../lib/client/rtc.ts";

/** Where fake connections find each other: the one whose fake SDP is answered is the other end. */
export class FakeNetwork {
  #byName = new Map<string, FakeRtc>();

  /** Makes a connection on this network. */
  createRtc(): FakeRtc {
    const rtc = new FakeRtc(`rtc${this.#byName.size}`, (name) => this.#byName.get(name));
    this.#byName.set(rtc.name, rtc);
    return rtc;
  }
}

/**
 * An RTCPeerConnection without a network. It keeps the state machine of WebRTC section 4.4 – what a
 * browser throws, this throws – and connects once an offer was answered.
 */
export class FakeRtc implements RtcPort {
  signalingState: RTCSignalingState = "stable";
  connectionState: RTCPeerConnectionState = "new";
  iceConnectionState: RTCIceConnectionState = "new";
  localDescription: RTCSessionDescription | null = null;
  onconnectionstatechange: RtcPort["onconnectionstatechange"] = null;
  ondatachannel: RtcPort["ondatachannel"] = null;
  onicecandidate: RtcPort["onicecandidate"] = null;
  onicecandidateerror: RtcPort["onicecandidateerror"] = null;
  oniceconnectionstatechange: RtcPort["oniceconnectionstatechange"] = null;
  onnegotiationneeded: RtcPort["onnegotiationneeded"] = null;
  /** Everything that was asked of it, in order. */
  readonly calls: string[] = [];
  /** The configurations that it was given since it was made. */
  readonly configurations: RTCConfiguration[] = [];
  /** The statistics that it answers with. */
  readonly stats = new Map<string, unknown>();
  /** The channels that this side opened. */
  readonly channels: FakeChannel[] = [];
  #find: (name: string) => FakeRtc | undefined;
  #generation = 0;
  #stableLocal: RTCSessionDescription | null = null;
  #remote: string | null = null;
  #isNegotiated = false;

  constructor(readonly name: string, find: (name: string) => FakeRtc | undefined) {
    this.#find = find;
  }

  createDataChannel(label: string): ChannelPort {
    const channel = new FakeChannel(label);
    this.channels.push(channel);
    this.#askForNegotiation();
    return channel;
  }

  async setLocalDescription(wanted?: RTCLocalSessionDescriptionInit): Promise<void> {
    this.calls.push(`setLocalDescription ${wanted?.type ?? ""}`.trim());
    await this.#turn();
    if (wanted?.type === "rollback") {
      if (this.signalingState !== "have-local-offer") throw invalidState();
      this.signalingState = "stable";
      this.localDescription = this.#stableLocal;
      return;
    }
    const type = this.signalingState === "have-remote-offer" ? "answer" : "offer";
    const fragment = `${this.name} ${this.#generation++}`;
    const sdp = `${fragment}\r\na=fingerprint:fake ${this.name}\r\n`;
    this.localDescription = { type, sdp, toJSON: () => ({ type, sdp }) };
    this.signalingState = type === "offer" ? "have-local-offer" : "stable";
    if (type === "answer") this.#settle();
    this.#gather(fragment);
  }

  async setRemoteDescription({ type, sdp = "" }: RTCSessionDescriptionInit): Promise<void> {
    this.calls.push(`setRemoteDescription ${type} ${sdp}`);
    await this.#turn();
    if (type === "answer" && this.signalingState !== "have-local-offer") throw invalidState();
    this.#remote = sdp;
    this.signalingState = type === "offer" ? "have-remote-offer" : "stable";
    if (type === "answer") this.#settle();
  }

  async addIceCandidate(candidate?: RTCIceCandidateInit | null): Promise<void> {
    this.calls.push(`addIceCandidate ${candidate?.candidate ?? "end"}`);
    await this.#turn();
    if (this.#remote === null) throw invalidState();
    const fragment = candidate?.usernameFragment;
    if (fragment && !this.#remote.includes(fragment)) throw new DOMException("", "OperationError");
  }

  restartIce(): void {
    this.calls.push("restartIce");
    this.#isNegotiated = false;
    this.#askForNegotiation();
  }

  setConfiguration(configuration: RTCConfiguration = {}): void {
    this.configurations.push(configuration);
  }

  getStats(): Promise<RTCStatsReport> {
    return Promise.resolve(this.stats as unknown as RTCStatsReport);
  }

  close(): void {
    this.calls.push("close");
    this.signalingState = "closed";
    this.connectionState = "closed";
    for (const channel of this.channels) channel.end();
  }

  get isClosed(): boolean {
    return this.signalingState === "closed";
  }

  /** Changes the state of the connection, as a network would. */
  become(state: RTCPeerConnectionState): void {
    this.connectionState = state;
    this.onconnectionstatechange?.call(asReal(this), new Event("connectionstatechange"));
  }

  /** Hands over a channel that the peer opened. */
  offerChannel(channel: FakeChannel): void {
    const event = Object.assign(new Event("datachannel"), { channel }) as unknown;
    this.ondatachannel?.call(asReal(this), event as RTCDataChannelEvent);
    channel.open();
  }

  /** The browser's own operations fail on a closed connection, and take a while. */
  async #turn(): Promise<void> {
    this.#assertOpen();
    for (let i = 0; i < 8; i++) await Promise.resolve();
    // After close() a browser's promises stay open for ever; here they end.
    this.#assertOpen();
  }

  #assertOpen(): void {
    if (this.signalingState === "closed") throw invalidState();
  }

  #askForNegotiation(): void {
    queueMicrotask(() => {
      if (this.#isNegotiated || this.signalingState !== "stable") return;
      this.onnegotiationneeded?.call(asReal(this), new Event("negotiationneeded"));
    });
  }

  #gather(fragment: string): void {
    const candidate = { candidate: `of ${fragment}`, sdpMid: "0", usernameFragment: fragment };
    const event = Object.assign(new Event("icecandidate"), { candidate }) as unknown;
    queueMicrotask(() =>
      this.onicecandidate?.call(asReal(this), event as RTCPeerConnectionIceEvent)
    );
  }

  /** Offer and answer have met: connects, once the other side has come as far. */
  #settle(): void {
    this.#isNegotiated = true;
    this.#stableLocal = this.localDescription;
    const peer = this.#find(this.#remote?.split(" ")[0] ?? "");
    if (peer?.signalingState !== "stable" || peer.#remote !== this.localDescription?.sdp) return;
    queueMicrotask(() => {
      for (const side of [this, peer]) if (!side.isClosed) side.become("connected");
      for (const [from, to] of [[this, peer], [peer, this]] as const) {
        // What was there before goes on over the new path.
        const fresh = from.channels.filter(({ other }) => other === undefined);
        for (const channel of fresh) to.offerChannel(channel.connect());
      }
    });
  }
}

/** One end of a data channel. */
export class FakeChannel implements ChannelPort {
  readyState: RTCDataChannelState = "connecting";
  binaryType: BinaryType = "blob";
  bufferedAmount = 0;
  bufferedAmountLowThreshold = 0;
  onbufferedamountlow: ChannelPort["onbufferedamountlow"] = null;
  onopen: ChannelPort["onopen"] = null;
  onmessage: ChannelPort["onmessage"] = null;
  onclose: ChannelPort["onclose"] = null;
  /** What was sent from this end. */
  readonly sent: unknown[] = [];
  /** The end at the peer, once there is one. */
  other: FakeChannel | undefined;

  constructor(readonly label: string) {}

  /** Makes the other end, which is open from the beginning, and opens this one. */
  connect(): FakeChannel {
    const other = new FakeChannel(this.label);
    other.readyState = "open";
    other.other = this;
    this.other = other;
    queueMicrotask(() => this.open());
    return other;
  }

  open(): void {
    this.readyState = "open";
    this.onopen?.call(asReal(this), new Event("open"));
  }

  send(data: unknown): void {
    if (this.readyState !== "open") throw invalidState();
    this.sent.push(data);
    queueMicrotask(() => this.other?.hear(data));
  }

  /** Takes a frame of the other end. */
  hear(data: unknown): void {
    this.onmessage?.call(asReal(this), new MessageEvent("message", { data }));
  }

  close(): void {
    this.end();
    queueMicrotask(() => this.other?.end());
  }

  /** Ends without telling the other side. */
  end(): void {
    if (this.readyState === "closed") return;
    this.readyState = "closed";
    this.onclose?.call(asReal(this), new Event("close"));
  }
}

function invalidState(): DOMException {
  return new DOMException("", "InvalidStateError");
}

/** The type of `this` in the handlers of the real thing. */
// deno-lint-ignore no-explicit-any
function asReal(fake: FakeRtc | FakeChannel): any {
  return fake;
}
