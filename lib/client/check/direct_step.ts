/**
 * The step of a check that looks for addresses of the device itself.
 *
 * @module
 */

import { listFamilies } from "../candidate_kind.ts";
import { gather, type Gathered } from "./gather.ts";
import type { Outcome } from "./step.ts";
import type { RtcSurroundings } from "./surroundings.ts";

/** Gathers candidates without any server. */
export async function checkDirect(around: RtcSurroundings): Promise<Outcome> {
  return judgeDirect(await gather({ iceServers: [] }, around));
}

/** Judges what was gathered without any server. */
export function judgeDirect({ kinds }: Pick<Gathered, "kinds">): Outcome {
  if (kinds.length === 0) {
    return {
      state: "warning",
      sentence: "This browser offers no host address.",
      next: "A setting, an extension or a policy hides them, or this device has no network. " +
        "Without them, people in the same network may need a relay to connect.",
    };
  }
  if (kinds.every(({ family }) => family === "mDNS")) {
    return {
      state: "ok",
      sentence: "This browser offers host addresses behind mDNS names, good in its own network.",
    };
  }
  return { state: "ok", sentence: `This browser offers host addresses: ${listFamilies(kinds)}.` };
}
