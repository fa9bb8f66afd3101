/**
 * The connection to one peer, with its data channel `chat`. It outlives the RTCPeerConnection that it
 * is made of: where one side begins anew, so does the other.
 *
 * @module
 */

import { CHAT_CHANNEL } from "../protocol/chat.ts";
import type { Description, ForwardedSignal, IceConfiguration } from "../protocol/messages.ts";
import { ChatChannels } from "./chat_channels.ts";
import { type ConnectionState, readState } from "./connection_state.ts";
import { type Finding, Findings } from "./findings.ts";
import { Fingerprints } from "./fingerprint.ts";
import { type LocalSignal, Negotiator } from "./negotiator.ts";
import { type Path, readPath } from "./path.ts";
import type { ChannelPort, RtcPort } from "./rtc.ts";

/** What a {@linkcode PeerConnection} needs. */
export interface PeerConnectionOptions {
  /** Makes what it is made of, each time it begins anew. */
  createRtc: () => RtcPort;
  /** Whether this side gives way when both offer at once. */
  polite: boolean;
  /** Carries a signal to the peer. */
  onSignal: (signal: LocalSignal) => void;
  /** Hears of every change of the state. */
  onState: (state: ConnectionState) => void;
  /** Hears every frame of the channel `chat`. */
  onFrame: (data: unknown) => void;
  /** The peer opened a channel that is not for the chat. */
  onChannel: (channel: ChannelPort) => void;
  /** It begins anew: what was sent and not answered may be lost. */
  onRenew: () => void;
}

/** A connection to one peer. */
export class PeerConnection {
  /** Whether this side gives way when both offer at once. */
  polite: boolean;
  #options: PeerConnectionOptions;
  #rtc: RtcPort;
  #negotiator: Negotiator;
  #channels: ChatChannels;
  #findings = new Findings();
  #fingerprints = new Fingerprints();
  #state: ConnectionState = "connecting";
  /** Everything that sets a description or adds a candidate, one after the other. */
  #operations: Promise<void> = Promise.resolve();

  /** Makes a connection that waits for an offer; {@linkcode PeerConnection.open} makes one. */
  constructor(options: PeerConnectionOptions) {
    this.#options = options;
    this.polite = options.polite;
    this.#channels = new ChatChannels({
      onFrame: options.onFrame,
      onChange: () => this.#refresh(),
    });
    this.#rtc = options.createRtc();
    this.#negotiator = this.#attend();
  }

  /** How the connection is doing. */
  get state(): ConnectionState {
    return this.#state;
  }

  /** Whether neither side has offered yet. */
  get isIdle(): boolean {
    return !this.#negotiator.isAnswered && this.#channels.state === "none";
  }

  /** What was seen of the ways to the peer, for the case that none works. */
  get finding(): Finding {
    return { ...this.#findings.read(), answered: this.#negotiator.isAnswered };
  }

  /** Opens the channel `chat`, which makes this side offer. */
  open(): void {
    if (this.#isClosed()) return;
    this.#channels.adopt(this.#rtc.createDataChannel(CHAT_CHANNEL), !this.polite);
  }

  /** Offers a path with `ice`, unless the peer has offered meanwhile. */
  begin(ice: IceConfiguration): Promise<void> {
    return this.#chain(() => {
      if (!this.isIdle) return;
      this.#rtc.setConfiguration(ice);
      this.open();
    });
  }

  /** Takes a signal of the peer. Resolves when it, and all before it, have been dealt with. */
  receive(signal: ForwardedSignal): Promise<void> {
    return this.#chain(() =>
      signal.type === "candidate"
        ? this.#negotiator.addCandidate(signal.candidate)
        : this.#receiveDescription(signal)
    );
  }

  /**
   * Looks for another path with `ice`, on which the channel goes on (RFC 8445 section 9); where there
   * is a path, opens another channel on it.
   */
  restart(ice: IceConfiguration): Promise<void> {
    return this.#chain(async () => {
      if (this.#state === "opening") return this.open();
      this.#rtc.setConfiguration(ice);
      // While an offer is out no other is made, and the peer may not have got it.
      if (this.#negotiator.isOffering) this.#negotiator.sendDescription();
      else if (this.#negotiator.isAnswered) this.#rtc.restartIce();
      else if (this.#channels.state === "none") this.open();
      else await this.#negotiator.offer();
    });
  }

  /** Begins anew, and offers. */
  renew(): Promise<void> {
    return this.#chain(() => {
      this.#replace();
      this.open();
    });
  }

  /** Sends a frame; tells whether there was an open channel to send it on. */
  send(text: string): boolean {
    return this.#channels.send(text);
  }

  /** Opens a channel beside the chat; none where there is no connection to open it on. */
  openChannel(label: string): ChannelPort | undefined {
    return this.#state === "connected" ? this.#rtc.createDataChannel(label) : undefined;
  }

  /** Reads how the words travel; `undefined` where there is no path. */
  path(): Promise<Path | undefined> {
    return this.#state === "connected" ? readPath(this.#rtc) : Promise.resolve(undefined);
  }

  /** Closes the connection. Calling it again does nothing. */
  close(): void {
    if (this.#isClosed()) return;
    this.#dispose();
    this.#setState("closed");
  }

  async #receiveDescription(description: Description): Promise<void> {
    const { type, sdp } = description;
    const isIgnored = this.#negotiator.decide(type, this.polite) === "ignore";
    const origin = this.#fingerprints.recognize(sdp);
    // An answer that is ignored, and of another connection, tells that the one before was too early.
    if (isIgnored && !(type === "answer" && origin === "other")) return;
    // Late; but while our own first offer is out, the peer may not know yet that we began anew.
    const isLate = type === "answer" || this.#negotiator.isAnswered;
    if (origin === "former" && isLate) return;
    if (origin === "other") {
      this.#replace();
      // It answers for a connection that we do not have: what is offered now is a new one.
      if (type === "answer") return this.open();
    }
    await this.#negotiator.apply(description);
    this.#fingerprints.keep(sdp);
  }

  /** Listens to what the RTCPeerConnection has to say. */
  #attend(): Negotiator {
    const rtc = this.#rtc;
    const negotiator = new Negotiator(rtc, {
      onSignal: this.#options.onSignal,
      findings: this.#findings,
    });
    rtc.onnegotiationneeded = () =>
      this.#chain(() => negotiator === this.#negotiator ? negotiator.offer() : undefined);
    rtc.onicecandidateerror = (event) => this.#findings.error(event);
    rtc.ondatachannel = ({ channel }) => {
      if (channel.label === CHAT_CHANNEL) this.#channels.adopt(channel, this.polite);
      else this.#options.onChannel(channel);
    };
    rtc.onconnectionstatechange = () => this.#refresh();
    rtc.oniceconnectionstatechange = () => this.#refresh();
    return negotiator;
  }

  #replace(): void {
    this.#dispose();
    this.#fingerprints.retire();
    this.#findings.clear();
    this.#rtc = this.#options.createRtc();
    this.#negotiator = this.#attend();
    this.#options.onRenew();
    this.#setState("connecting");
  }

  #dispose(): void {
    const rtc = this.#rtc;
    rtc.onnegotiationneeded = null;
    rtc.onicecandidateerror = null;
    rtc.ondatachannel = null;
    rtc.onconnectionstatechange = null;
    rtc.oniceconnectionstatechange = null;
    this.#negotiator.close();
    this.#channels.close();
    rtc.close();
  }

  #chain(operation: () => void | Promise<void>): Promise<void> {
    this.#operations = this.#operations.then(async () => {
      if (this.#isClosed()) return;
      try {
        await operation();
      } catch (error) {
        // A connection that was closed meanwhile has nothing left to fail.
        if (!this.#isClosed()) console.warn(error);
      }
    });
    return this.#operations;
  }

  #isClosed(): boolean {
    return this.#state === "closed";
  }

  #refresh(): void {
    if (this.#isClosed()) return;
    const chat = this.#channels.state;
    this.#setState(readState(this.#rtc, { chat, before: this.#state }));
  }

  #setState(state: ConnectionState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#options.onState(state);
  }
}
