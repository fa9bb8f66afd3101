/**
 * The step of a check that asks each STUN server for this network's public address.
 *
 * @module
 */

import type { IceServer } from "../../protocol/messages.ts";
import { listFamilies } from "../candidate_kind.ts";
import { describeError, isUnknownName } from "../ice_error.ts";
import { gather, type Gathered } from "./gather.ts";
import { askEach, type Finding, listServers, summarize } from "./ice_server_list.ts";
import { advise, say } from "./saying.ts";
import type { Outcome } from "./step.ts";
import type { RtcSurroundings } from "./surroundings.ts";

/** Asks each STUN server for itself. */
export async function checkStun(
  iceServers: readonly IceServer[],
  around: RtcSurroundings,
): Promise<Outcome> {
  const servers = listServers(iceServers, "stun");
  if (servers.length === 0) {
    return { state: "skipped", ...advise((words) => words.stun.notConfigured) };
  }
  const findings = await askEach(
    servers,
    async (server) =>
      judgeStun(await gather({ iceServers: [server] }, { ...around, wanted: "srflx" })),
  );
  return summarize(findings, {
    all: say((words) => words.stun.all),
    some: say((words) => words.stun.some),
    none: say((words) => words.stun.none),
  });
}

/** Judges what was gathered with one STUN server. */
export function judgeStun({ kinds, errors, ended }: Gathered): Finding {
  const found = kinds.filter(({ type }) => type === "srflx");
  if (found.length > 0) {
    const families = listFamilies(found);
    return { state: "ok", sentence: say((words) => words.stun.told, { families }) };
  }
  if (ended && errors.length === 0) {
    // A browser leaves out what a candidate of the device itself says already.
    return { state: "warning", ...advise((words) => words.stun.nothingNew) };
  }
  // What comes last was tried for longest.
  const error = errors.at(-1);
  return {
    state: "failed",
    sentence: say((words) => words.servers.noAnswer, { error: describeError(error) }),
    next: say(({ servers, stun }) => isUnknownName(error) ? servers.unknownName : stun.blocked),
  };
}
