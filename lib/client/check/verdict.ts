/**
 * A whole check in one sentence.
 *
 * @module
 */

import type { Outcome, Step, StepId } from "./step.ts";

/** What a check comes to. */
export interface Verdict {
  /** How it stands; `running` until every step has an outcome. */
  state: "running" | Exclude<Outcome["state"], "skipped">;
  /** The same in words. */
  sentence: string;
}

/** The steps that no conversation can do without. */
const NEEDED: ReadonlySet<StepId> = new Set(["browser", "websocket", "loopback"]);

/** The steps that lead out of one network. */
const HELPERS: ReadonlySet<StepId> = new Set(["stun", "turn"]);

/** Concludes from the steps how things stand. */
export function conclude(steps: readonly Step[]): Verdict {
  if (steps.some(({ state }) => state === "waiting" || state === "running")) {
    return { state: "running", sentence: "Checking…" };
  }
  const failed = steps.filter(({ state }) => state === "failed");
  if (failed.some(({ id }) => NEEDED.has(id))) {
    return {
      state: "failed",
      sentence: `A chat does not work from here: ${titles(failed)} failed.`,
    };
  }
  if (failed.length > 0) {
    return {
      state: "warning",
      sentence: `A chat works from here, but not with everybody: ${titles(failed)} failed.`,
    };
  }
  const warned = steps.filter(({ state }) => state === "warning");
  if (warned.length > 0) {
    return { state: "warning", sentence: `A chat works from here; see ${titles(warned)}.` };
  }
  if (steps.every(({ id, state }) => !HELPERS.has(id) || state === "skipped")) {
    return {
      state: "ok",
      sentence: "A chat works from here, in one network at least: see what was skipped.",
    };
  }
  return { state: "ok", sentence: "A chat works from here." };
}

function titles(steps: readonly Step[]): string {
  return steps.map(({ title }) => `“${title}”`).join(", ");
}
