/**
 * The connection to one peer: perfect negotiation, candidates in both directions, and the data
 * channel `chat`. The only file that touches RTCPeerConnection.
 *
 * @module
 */

import { CHAT_CHANNEL } from "../protocol/chat.ts";
import type { Candidate, Description, ForwardedSignal, IceServer } from "../protocol/messages.ts";
import { type NegotiationState, receiveDescription } from "./negotiation.ts";
import { type Path, readPath } from "./path.ts";

/** The part of a data channel that the chat needs. */
export type ChannelPort = Pick<
  RTCDataChannel,
  "label" | "readyState" | "send" | "close" | "onopen" | "onmessage" | "onclose"
>;

/** The part of an RTCPeerConnection that is used here; `npm:werift` has it too. */
export type RtcPort =
  & Pick<
    RTCPeerConnection,
    | "addIceCandidate"
    | "close"
    | "connectionState"
    | "getStats"
    | "localDescription"
    | "onconnectionstatechange"
    | "ondatachannel"
    | "onicecandidate"
    | "onnegotiationneeded"
    | "setLocalDescription"
    | "setRemoteDescription"
    | "signalingState"
  >
  & { createDataChannel(label: string): ChannelPort };

/** Makes the browser's own connection. */
export function createRtc(iceServers: IceServer[]): RtcPort {
  return new RTCPeerConnection({ iceServers });
}

/** A signal on its way to the peer. */
export type LocalSignal = Description | { type: "candidate"; candidate: Candidate };

/** How a connection is doing; `connected` means that words can cross. */
export type ConnectionState = "connecting" | "connected" | "reconnecting" | "failed" | "closed";

/** What a {@linkcode PeerConnection} needs. */
export interface PeerConnectionOptions {
  /** Whether this side gives way when both offer at once. */
  polite: boolean;
  /** Carries a signal to the peer. */
  onSignal: (signal: LocalSignal) => void;
  /** Hears of every change of the state. */
  onState: (state: ConnectionState) => void;
  /** Hears every frame of the channel `chat`. */
  onFrame: (data: unknown) => void;
}

/** A connection to one peer. */
export class PeerConnection {
  #rtc: RtcPort;
  #options: PeerConnectionOptions;
  /** The channels `chat`, the one to send on first. Where both sides offered there are two. */
  #channels: ChannelPort[] = [];
  #state: ConnectionState = "connecting";
  #makingOffer = false;
  #ignoreOffer = false;
  #isSettingRemoteAnswerPending = false;
  #hasRemoteDescription = false;
  #earlyCandidates: (Candidate | null)[] = [];
  /** Everything that sets a description or adds a candidate, one after the other. */
  #operations: Promise<void> = Promise.resolve();

  /** Takes over `rtc`, with its handlers. */
  constructor(rtc: RtcPort, options: PeerConnectionOptions) {
    this.#rtc = rtc;
    this.#options = options;
    rtc.onnegotiationneeded = () => this.#chain(() => this.#offer());
    rtc.onicecandidate = ({ candidate }) => {
      // The end of candidates is announced by their silence.
      if (candidate) options.onSignal({ type: "candidate", candidate: toCandidate(candidate) });
    };
    rtc.ondatachannel = ({ channel }) => this.#adopt(channel);
    rtc.onconnectionstatechange = () => this.#refresh();
  }

  /** How the connection is doing. */
  get state(): ConnectionState {
    return this.#state;
  }

  /** Opens the channel `chat`, which makes this side offer. */
  open(): void {
    this.#adopt(this.#rtc.createDataChannel(CHAT_CHANNEL));
  }

  /** Takes a signal of the peer. Resolves when it, and all before it, have been dealt with. */
  receive(signal: ForwardedSignal): Promise<void> {
    return this.#chain(() =>
      signal.type === "candidate"
        ? this.#receiveCandidate(signal.candidate)
        : this.#receiveDescription(signal)
    );
  }

  /** Sends a frame; tells whether there was an open channel to send it on. */
  send(text: string): boolean {
    const channel = this.#openChannel();
    channel?.send(text);
    return channel !== undefined;
  }

  /** Reads how the words travel; `undefined` where there is no path. */
  path(): Promise<Path | undefined> {
    return this.#state === "connected" ? readPath(this.#rtc) : Promise.resolve(undefined);
  }

  /** Closes the connection. Calling it again does nothing. */
  close(): void {
    if (this.#state === "closed") return;
    this.#setState("closed");
    this.#rtc.onconnectionstatechange = null;
    this.#rtc.onicecandidate = null;
    this.#rtc.onnegotiationneeded = null;
    this.#rtc.ondatachannel = null;
    for (const channel of this.#channels) channel.close();
    this.#rtc.close();
  }

  #chain(operation: () => Promise<void>): Promise<void> {
    this.#operations = this.#operations.then(async () => {
      if (this.#state === "closed") return;
      try {
        await operation();
      } catch (error) {
        // A connection that was closed meanwhile has nothing left to fail.
        if (!this.#isClosed()) console.error(error);
      }
    });
    return this.#operations;
  }

  #isClosed(): boolean {
    return this.#state === "closed";
  }

  async #offer(): Promise<void> {
    // An offer of the peer may have come in between; it is answered, and asks again if need be.
    if (this.#rtc.signalingState !== "stable") return;
    this.#makingOffer = true;
    try {
      await this.#rtc.setLocalDescription();
      this.#sendDescription();
    } finally {
      this.#makingOffer = false;
    }
  }

  async #receiveDescription({ type, sdp }: Description): Promise<void> {
    const decision = receiveDescription(this.#negotiationState(), type);
    // Not forgotten with the answer: the candidates of an ignored offer may come even later.
    if (type === "offer") this.#ignoreOffer = decision === "ignore";
    if (decision === "ignore") return;
    if (decision === "roll-back") await this.#rtc.setLocalDescription({ type: "rollback" });
    this.#isSettingRemoteAnswerPending = type === "answer";
    try {
      await this.#rtc.setRemoteDescription({ type, sdp });
    } finally {
      this.#isSettingRemoteAnswerPending = false;
    }
    this.#hasRemoteDescription = true;
    for (const candidate of this.#earlyCandidates.splice(0)) await this.#addCandidate(candidate);
    if (type === "offer") {
      await this.#rtc.setLocalDescription();
      this.#sendDescription();
    }
  }

  async #receiveCandidate(candidate: Candidate | null): Promise<void> {
    if (this.#hasRemoteDescription) await this.#addCandidate(candidate);
    else this.#earlyCandidates.push(candidate);
  }

  async #addCandidate(candidate: Candidate | null): Promise<void> {
    try {
      await this.#rtc.addIceCandidate(candidate ?? undefined);
    } catch (error) {
      // Candidates of an offer that was not taken belong to nothing here.
      if (!this.#ignoreOffer && !this.#isClosed()) console.warn(error);
    }
  }

  #negotiationState(): NegotiationState {
    return {
      polite: this.#options.polite,
      makingOffer: this.#makingOffer,
      isSettingRemoteAnswerPending: this.#isSettingRemoteAnswerPending,
      signalingState: this.#rtc.signalingState,
    };
  }

  #sendDescription(): void {
    const description = this.#rtc.localDescription;
    if (description?.type !== "offer" && description?.type !== "answer") return;
    this.#options.onSignal({ type: description.type, sdp: description.sdp });
  }

  #adopt(channel: ChannelPort): void {
    if (channel.label !== CHAT_CHANNEL) return;
    // Both sides prefer the one that the impolite side opened, and listen on both.
    if (this.#options.polite) this.#channels.unshift(channel);
    else this.#channels.push(channel);
    channel.onmessage = ({ data }) => this.#options.onFrame(data);
    channel.onopen = () => this.#refresh();
    channel.onclose = () => this.#refresh();
    this.#refresh();
  }

  #openChannel(): ChannelPort | undefined {
    return this.#channels.find(({ readyState }) => readyState === "open");
  }

  #refresh(): void {
    if (this.#state === "closed") return;
    const { connectionState } = this.#rtc;
    if (connectionState === "failed") this.#setState("failed");
    else if (connectionState === "closed" || connectionState === "disconnected") {
      this.#setState("reconnecting");
    } else if (this.#openChannel()) this.#setState("connected");
    else if (this.#state !== "connecting") this.#setState("reconnecting");
  }

  #setState(state: ConnectionState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#options.onState(state);
  }
}

function toCandidate(candidate: RTCIceCandidate): Candidate {
  const { candidate: line, sdpMid, sdpMLineIndex, usernameFragment } = candidate;
  return {
    candidate: line,
    sdpMid: sdpMid ?? null,
    sdpMLineIndex: sdpMLineIndex ?? null,
    ...(usernameFragment && { usernameFragment }),
  };
}
