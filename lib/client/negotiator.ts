/**
 * Perfect negotiation (W3C WebRTC section 10.7) on one RTCPeerConnection: its offers and answers, and
 * the candidates in both directions. One thing at a time: whoever calls it awaits it.
 *
 * @module
 */

import type { Candidate, Description } from "../protocol/messages.ts";
import type { Findings } from "./findings.ts";
import { type Decision, receiveDescription } from "./negotiation.ts";
import { type RtcPort, toCandidate } from "./rtc.ts";

/** A signal on its way to the peer. */
export type LocalSignal = Description | { type: "candidate"; candidate: Candidate };

/** What a {@linkcode Negotiator} needs. */
export interface NegotiatorOptions {
  /** Carries a signal to the peer. */
  onSignal: (signal: LocalSignal) => void;
  /** Takes down what is seen of the ways to the peer. */
  findings: Findings;
}

/** How many candidates are kept for a description that is still to come. */
const EARLY = 256;

/** The negotiation of one RTCPeerConnection. */
export class Negotiator {
  #rtc: RtcPort;
  #options: NegotiatorOptions;
  #isClosed = false;
  #makingOffer = false;
  #ignoreOffer = false;
  #isSettingRemoteAnswerPending = false;
  /** The description of the peer that is in force. */
  #remote: string | undefined;
  #earlyCandidates: (Candidate | null)[] = [];

  /** Takes over `rtc`'s candidates; nothing is negotiated yet. */
  constructor(rtc: RtcPort, options: NegotiatorOptions) {
    this.#rtc = rtc;
    this.#options = options;
    rtc.onicecandidate = ({ candidate }) => {
      // The end of candidates is announced by their silence.
      if (!candidate) return;
      options.findings.local(candidate.candidate);
      this.#signal({ type: "candidate", candidate: toCandidate(candidate) });
    };
  }

  /** Whether the peer has said how it can be reached. */
  get isAnswered(): boolean {
    return this.#remote !== undefined;
  }

  /** Whether an offer is out that was not answered. */
  get isOffering(): boolean {
    return this.#rtc.signalingState === "have-local-offer";
  }

  /** Offers; does nothing where an offer of the peer came in between, for that is answered. */
  async offer(): Promise<void> {
    if (this.#rtc.signalingState !== "stable") return;
    this.#makingOffer = true;
    try {
      await this.#rtc.setLocalDescription();
      this.sendDescription();
    } finally {
      this.#makingOffer = false;
    }
  }

  /** Sends our description as it is now, for the peer may not have got it. */
  sendDescription(): void {
    const description = this.#rtc.localDescription;
    if (description?.type !== "offer" && description?.type !== "answer") return;
    this.#signal({ type: description.type, sdp: description.sdp });
  }

  /** Decides what to do with a description of the peer. */
  decide(type: "offer" | "answer", polite: boolean): Decision {
    const decision = receiveDescription({
      polite,
      makingOffer: this.#makingOffer,
      isSettingRemoteAnswerPending: this.#isSettingRemoteAnswerPending,
      signalingState: this.#rtc.signalingState,
    }, type);
    // Not forgotten with the answer: the candidates of an ignored offer may come even later.
    if (type === "offer") this.#ignoreOffer = decision === "ignore";
    return decision;
  }

  /** Applies a description of the peer, and answers an offer. Throws what the browser throws. */
  async apply({ type, sdp }: Description): Promise<void> {
    const { findings } = this.#options;
    if (type === "offer" && this.isOffering) {
      await this.#rtc.setLocalDescription({ type: "rollback" });
    }
    this.#isSettingRemoteAnswerPending = type === "answer";
    try {
      await this.#rtc.setRemoteDescription({ type, sdp });
    } catch (error) {
      findings.unreadable();
      throw error;
    } finally {
      this.#isSettingRemoteAnswerPending = false;
    }
    this.#remote = sdp;
    findings.description(sdp);
    for (const candidate of this.#earlyCandidates.splice(0)) await this.addCandidate(candidate);
    if (type === "answer") return;
    await this.#rtc.setLocalDescription();
    this.sendDescription();
  }

  /** Takes a candidate of the peer; one that came ahead of its description is kept for it. */
  async addCandidate(candidate: Candidate | null): Promise<void> {
    if (this.#remote === undefined) {
      if (this.#earlyCandidates.length < EARLY) this.#earlyCandidates.push(candidate);
      return;
    }
    const fragment = candidate?.usernameFragment;
    // Of a description that was ignored, or is no longer in force (RFC 8839 section 4.4.1.1).
    if (fragment && !this.#remote.includes(fragment)) return;
    if (candidate !== null) this.#options.findings.remote(candidate.candidate);
    try {
      await this.#rtc.addIceCandidate(candidate ?? undefined);
    } catch (error) {
      // Candidates of an offer that was not taken belong to nothing here.
      if (!this.#ignoreOffer && !this.#isClosed) console.warn(error);
    }
  }

  /** Sends no more. Calling it again does nothing. */
  close(): void {
    this.#isClosed = true;
    this.#rtc.onicecandidate = null;
  }

  #signal(signal: LocalSignal): void {
    if (!this.#isClosed) this.#options.onSignal(signal);
  }
}
