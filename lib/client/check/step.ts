/**
 * The steps of a check, in their order, and what may come out of each.
 *
 * @module
 */

import type { Saying } from "./saying.ts";

/** What came out of a step. */
export interface Outcome {
  /** How it went; `skipped` where there was nothing to try. */
  state: "ok" | "warning" | "failed" | "skipped";
  /** The same in one plain sentence. */
  sentence: Saying;
  /** What to do about it. */
  next?: Saying;
  /** What each server did, where a step asks several. */
  details?: readonly Saying[];
}

/** Where a step is: it has an outcome, or it will. */
export type Progress = { state: "waiting" | "running" } | Outcome;

/** The name of a step. */
export type StepId = "browser" | "websocket" | "direct" | "stun" | "turn" | "loopback";

/** A step as the page draws it. */
export type Step = { id: StepId } & Progress;

const ORDER: readonly StepId[] = ["browser", "websocket", "direct", "stun", "turn", "loopback"];

/** Lists the steps before the first has begun. */
export function planCheck(): readonly Step[] {
  return ORDER.map((id) => ({ id, state: "waiting" }));
}

/** Answers with `steps` in which the step `id` has come as far as `progress`. */
export function advance(steps: readonly Step[], id: StepId, progress: Progress): readonly Step[] {
  return steps.map((step) => step.id === id ? { id, ...progress } : step);
}
