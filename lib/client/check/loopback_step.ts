/**
 * The last step of a check: words from this page to itself, as between two people in a room.
 *
 * @module
 */

import type { IceConfiguration } from "../../protocol/messages.ts";
import { type Loop, loopBack } from "./loopback.ts";
import { inBytes, inMilliseconds } from "./quantity.ts";
import { advise, say, type Saying } from "./saying.ts";
import type { Outcome } from "./step.ts";
import type { RtcSurroundings } from "./surroundings.ts";

/** Connects this page with itself, with whatever the server gives to a room. */
export async function checkLoopback(
  ice: IceConfiguration,
  around: RtcSurroundings,
): Promise<Outcome> {
  return judgeLoopback(await loopBack(ice, around), ice);
}

/** Judges how words came back. */
export function judgeLoopback(
  loop: Loop | undefined,
  { iceTransportPolicy }: Pick<IceConfiguration, "iceTransportPolicy">,
): Outcome {
  if (loop !== undefined) return { state: "ok", sentence: describe(loop) };
  return {
    state: "failed",
    ...advise(({ loopback }) =>
      iceTransportPolicy === "relay" ? loopback.relayOnly : loopback.blocked
    ),
  };
}

function describe({ roundTrip, path, maxMessageSize }: Loop): Saying {
  return say((words) => words.loopback[path ?? "unknown"], {
    time: inMilliseconds(roundTrip),
    limit: describeLimit(maxMessageSize),
  });
}

function describeLimit(bytes: number | undefined): Saying {
  if (bytes === undefined) return say((words) => words.loopback.sizeUnknown);
  if (bytes === Infinity) return say((words) => words.loopback.sizeAny);
  return say((words) => words.loopback.sizeUpTo, { size: inBytes(bytes) });
}
