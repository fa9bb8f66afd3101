/**
 * A whole check in one sentence.
 *
 * @module
 */

import { fill } from "../../locales/text.ts";
import { say, type Saying } from "./saying.ts";
import type { Outcome, Step, StepId } from "./step.ts";

/** What a check comes to. */
export interface Verdict {
  /** How it stands; `running` until every step has an outcome. */
  state: "running" | Exclude<Outcome["state"], "skipped">;
  /** The same in words. */
  sentence: Saying;
}

/** The steps that no conversation can do without. */
const NEEDED: ReadonlySet<StepId> = new Set(["browser", "websocket", "loopback"]);

/** The steps that lead out of one network. */
const HELPERS: ReadonlySet<StepId> = new Set(["stun", "turn"]);

/** Concludes from the steps how things stand. */
export function conclude(steps: readonly Step[]): Verdict {
  if (steps.some(({ state }) => state === "waiting" || state === "running")) {
    return { state: "running", sentence: say((words) => words.verdict.running) };
  }
  const failed = steps.filter(({ state }) => state === "failed");
  if (failed.length > 0) {
    const isNeeded = failed.some(({ id }) => NEEDED.has(id));
    return {
      state: isNeeded ? "failed" : "warning",
      sentence: say(({ verdict }) => isNeeded ? verdict.failed : verdict.partly, {
        steps: titles(failed),
      }),
    };
  }
  const warned = steps.filter(({ state }) => state === "warning");
  if (warned.length > 0) {
    const sentence = say((words) => words.verdict.warning, { steps: titles(warned) });
    return { state: "warning", sentence };
  }
  const isNear = steps.every(({ id, state }) => !HELPERS.has(id) || state === "skipped");
  return {
    state: "ok",
    sentence: say(({ verdict }) => isNear ? verdict.near : verdict.ok),
  };
}

function titles(steps: readonly Step[]): Saying {
  return ({ words }) =>
    steps.map(({ id }) => fill(words.quoted, { title: words.steps[id] })).join(words.separator);
}
