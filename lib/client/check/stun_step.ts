/**
 * The step of a check that asks each STUN server for this network's public address.
 *
 * @module
 */

import type { IceServer } from "../../protocol/messages.ts";
import { listFamilies } from "../candidate_kind.ts";
import { describeError, isUnknownName, UNKNOWN_NAME } from "../ice_error.ts";
import { gather, type Gathered } from "./gather.ts";
import { askEach, type Finding, listServers, summarize } from "./ice_server_list.ts";
import type { Outcome } from "./step.ts";
import type { RtcSurroundings } from "./surroundings.ts";

/** Asks each STUN server for itself. */
export async function checkStun(
  iceServers: readonly IceServer[],
  around: RtcSurroundings,
): Promise<Outcome> {
  const servers = listServers(iceServers, "stun");
  if (servers.length === 0) {
    return {
      state: "skipped",
      sentence:
        "Not configured: this server names no STUN server, so direct paths are found within one " +
        "network only.",
      next: "Whoever runs it can set STUN_URLS.",
    };
  }
  const findings = await askEach(
    servers,
    async (server) =>
      judgeStun(await gather({ iceServers: [server] }, { ...around, wanted: "srflx" })),
  );
  return summarize(findings, {
    all: "This browser learned its public address.",
    some: "This browser learned its public address, but not every server told it.",
    none: "This browser did not learn its public address.",
  });
}

/** Judges what was gathered with one STUN server. */
export function judgeStun({ kinds, errors, ended }: Gathered): Finding {
  const found = kinds.filter(({ type }) => type === "srflx");
  if (found.length > 0) {
    return { state: "ok", words: `told a public address (srflx, ${listFamilies(found)})` };
  }
  if (ended && errors.length === 0) {
    // A browser leaves out what a candidate of the device itself says already.
    return {
      state: "warning",
      words: "told no address that was not known",
      next:
        "This device may have a public address itself. If it has none, UDP seems to be blocked.",
    };
  }
  // What comes last was tried for longest.
  const error = errors.at(-1);
  return {
    state: "failed",
    words: `no answer${describeError(error)}`,
    next: isUnknownName(error) ? UNKNOWN_NAME : BLOCKED,
  };
}

const BLOCKED =
  "UDP seems to be blocked, by a firewall, a VPN or a company’s network. Try another " +
  "network; a relay (TURN) over TCP helps as well.";
