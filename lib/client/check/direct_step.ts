/**
 * The step of a check that looks for addresses of the device itself.
 *
 * @module
 */

import { listFamilies } from "../candidate_kind.ts";
import { gather, type Gathered } from "./gather.ts";
import { advise, say } from "./saying.ts";
import type { Outcome } from "./step.ts";
import type { RtcSurroundings } from "./surroundings.ts";

/** Gathers candidates without any server. */
export async function checkDirect(around: RtcSurroundings): Promise<Outcome> {
  return judgeDirect(await gather({ iceServers: [] }, around));
}

/** Judges what was gathered without any server. */
export function judgeDirect({ kinds }: Pick<Gathered, "kinds">): Outcome {
  if (kinds.length === 0) return { state: "warning", ...advise((words) => words.direct.none) };
  if (kinds.every(({ family }) => family === "mDNS")) {
    return { state: "ok", sentence: say((words) => words.direct.hidden) };
  }
  const families = listFamilies(kinds);
  return { state: "ok", sentence: say((words) => words.direct.shown, { families }) };
}
