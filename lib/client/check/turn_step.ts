/**
 * The step of a check that asks each TURN server for a relay, and talks through it.
 *
 * @module
 */

import type { IceConfiguration, IceServer } from "../../protocol/messages.ts";
import { listFamilies } from "../candidate_kind.ts";
import {
  describeError,
  type IceError,
  isRefusal,
  isUnknownName,
  UNREACHABLE,
} from "../ice_error.ts";
import { gather, type Gathered } from "./gather.ts";
import { askEach, type Finding, listServers, summarize } from "./ice_server_list.ts";
import { type Loop, loopBack } from "./loopback.ts";
import { inMilliseconds } from "./quantity.ts";
import { advise, say } from "./saying.ts";
import type { Outcome } from "./step.ts";
import type { RtcSurroundings } from "./surroundings.ts";

/** Asks each TURN server for itself. */
export async function checkTurn(
  iceServers: readonly IceServer[],
  around: RtcSurroundings,
): Promise<Outcome> {
  const servers = listServers(iceServers, "turn");
  if (servers.length === 0) {
    return { state: "skipped", ...advise((words) => words.turn.notConfigured) };
  }
  const findings = await askEach(servers, (server) => tryServer(server, around));
  return summarize(findings, {
    all: say((words) => words.turn.all),
    some: say((words) => words.turn.some),
    none: say((words) => words.turn.none),
  });
}

async function tryServer(server: IceServer, around: RtcSurroundings): Promise<Finding> {
  const ice: IceConfiguration = { iceServers: [server], iceTransportPolicy: "relay" };
  const gathered = await gather(ice, { ...around, wanted: "relay" });
  if (!hasRelay(gathered)) return judgeNoRelay(gathered.errors);
  return judgeRelay(gathered, await loopBack(ice, around));
}

function hasRelay({ kinds }: Gathered): boolean {
  return kinds.some(({ type }) => type === "relay");
}

/** Judges a server that gave a relay, by whether words went through it. */
export function judgeRelay({ kinds }: Gathered, loop: Loop | undefined): Finding {
  const families = listFamilies(kinds.filter(({ type }) => type === "relay"));
  if (loop === undefined) {
    return { state: "failed", ...advise((words) => words.turn.carriedNothing, { families }) };
  }
  const time = inMilliseconds(loop.roundTrip);
  return { state: "ok", sentence: say((words) => words.turn.works, { families, time }) };
}

/** Judges a server that gave no relay, by what it said (RFC 8656 section 19). */
export function judgeNoRelay(errors: readonly IceError[]): Finding {
  // That it was out of reach for one interface says less than its answer to another.
  const error = errors.find(({ code }) => code !== UNREACHABLE) ?? errors.at(-1);
  const why = { error: describeError(error) };
  if (error !== undefined && isRefusal(error.code)) {
    return { state: "failed", ...advise((words) => words.turn.credentials, why) };
  }
  switch (error?.code) {
    case 486:
    case 508:
      return { state: "failed", ...advise((words) => words.turn.noRoom, why) };
    case undefined:
    case UNREACHABLE:
      return {
        state: "failed",
        sentence: say((words) => words.servers.noAnswer, why),
        next: say(({ servers, turn }) =>
          isUnknownName(error) ? servers.unknownName : turn.unreachable
        ),
      };
    default:
      return { state: "failed", ...advise((words) => words.turn.refused, why) };
  }
}
