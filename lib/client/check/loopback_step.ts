/**
 * The last step of a check: words from this page to itself, as between two people in a room.
 *
 * @module
 */

import type { IceConfiguration } from "../../protocol/messages.ts";
import { type Loop, loopBack } from "./loopback.ts";
import { inBytes, inMilliseconds } from "./quantity.ts";
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
  const sentence = "This page could not connect to itself.";
  if (iceTransportPolicy === "relay") {
    return {
      state: "failed",
      sentence,
      next: "This server allows relayed connections only, so its relay must work first.",
    };
  }
  return {
    state: "failed",
    sentence,
    next: "Something blocks WebRTC even inside this device: a firewall, a VPN, an extension or a " +
      "setting. Try without them, or another browser.",
  };
}

function describe({ roundTrip, path, maxMessageSize }: Loop): string {
  const way = path === undefined ? "" : path === "relayed" ? " through a relay" : " directly";
  const time = inMilliseconds(roundTrip);
  return `A message went${way} there and back in ${time}; ${describeLimit(maxMessageSize)}.`;
}

function describeLimit(bytes: number | undefined): string {
  if (bytes === undefined) return "how long one may be, this browser does not tell";
  return bytes === Infinity ? "one may be of any size" : `one may be up to ${inBytes(bytes)}`;
}
