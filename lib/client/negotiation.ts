/**
 * Glare: both sides offered at once. The one decision of perfect negotiation, with the flags of the
 * W3C's example (WebRTC section 10.7) and nothing else.
 *
 * @module
 */

/** What is known when a description arrives. */
export interface NegotiationState {
  /** Whether this side gives way: the one whose seat is the later. */
  polite: boolean;
  /** Whether an offer of ours is being made right now. */
  makingOffer: boolean;
  /** Whether an answer is being applied right now, after which the state is stable. */
  isSettingRemoteAnswerPending: boolean;
  /** The connection's own word for where it is. */
  signalingState: RTCSignalingState;
}

/** What to do with it: use it, drop it, or take our own offer back first. */
export type Decision = "apply" | "ignore" | "roll-back";

/**
 * Decides what to do with a description of `type`.
 *
 * @example
 * ```ts
 * import { receiveDescription } from "./negotiation.ts";
 *
 * const glare = {
 *   makingOffer: false,
 *   isSettingRemoteAnswerPending: false,
 *   signalingState: "have-local-offer",
 * } as const;
 * receiveDescription({ ...glare, polite: true }, "offer"); // "roll-back"
 * receiveDescription({ ...glare, polite: false }, "offer"); // "ignore"
 * ```
 */
export function receiveDescription(state: NegotiationState, type: "offer" | "answer"): Decision {
  const { polite, makingOffer, isSettingRemoteAnswerPending, signalingState } = state;
  if (signalingState === "closed") return "ignore";
  // An answer to an offer that was taken back, or answered already.
  if (type === "answer") return signalingState === "have-local-offer" ? "apply" : "ignore";
  const readyForOffer = !makingOffer &&
    (signalingState === "stable" || isSettingRemoteAnswerPending);
  if (readyForOffer) return "apply";
  if (!polite) return "ignore";
  return signalingState === "have-local-offer" ? "roll-back" : "apply";
}
