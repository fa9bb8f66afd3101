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
  UNKNOWN_NAME,
  UNREACHABLE,
} from "../ice_error.ts";
import { gather, type Gathered } from "./gather.ts";
import { askEach, type Finding, listServers, summarize } from "./ice_server_list.ts";
import { type Loop, loopBack } from "./loopback.ts";
import { inMilliseconds } from "./quantity.ts";
import type { Outcome } from "./step.ts";
import type { RtcSurroundings } from "./surroundings.ts";

/** Asks each TURN server for itself. */
export async function checkTurn(
  iceServers: readonly IceServer[],
  around: RtcSurroundings,
): Promise<Outcome> {
  const servers = listServers(iceServers, "turn");
  if (servers.length === 0) {
    return {
      state: "skipped",
      sentence:
        "Not configured: this server has no relay, so where no direct path is found, nobody " +
        "connects.",
      next: "Whoever runs it can set TURN_URLS.",
    };
  }
  const findings = await askEach(servers, (server) => tryServer(server, around));
  return summarize(findings, {
    all: "Messages get through the relay.",
    some: "Messages get through a relay, but not every address of it works.",
    none: "No message gets through a relay.",
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
  const relay = `gave a relay (${listFamilies(kinds.filter(({ type }) => type === "relay"))})`;
  if (loop === undefined) {
    return {
      state: "failed",
      words: `${relay}, which carried nothing`,
      next: "The relay's ports may be blocked, or it does not know its own public address. Tell " +
        "whoever runs this server.",
    };
  }
  return { state: "ok", words: `${relay}, ${inMilliseconds(loop.roundTrip)} there and back` };
}

/** Judges a server that gave no relay, by what it said (RFC 8656 section 19). */
export function judgeNoRelay(errors: readonly IceError[]): Finding {
  // That it was out of reach for one interface says less than its answer to another.
  const error = errors.find(({ code }) => code !== UNREACHABLE) ?? errors.at(-1);
  const why = describeError(error);
  if (error !== undefined && isRefusal(error.code)) {
    return {
      state: "failed",
      words: `did not accept the credentials${why}`,
      next: "Ask whoever runs this server to compare its TURN settings with the relay’s, and " +
        "the clocks of both machines.",
    };
  }
  switch (error?.code) {
    case 486:
    case 508:
      return {
        state: "failed",
        words: `has no room${why}`,
        next: "Try again later, or tell whoever runs this server.",
      };
    case undefined:
    case UNREACHABLE:
      return {
        state: "failed",
        words: `no answer${why}`,
        next: isUnknownName(error)
          ? UNKNOWN_NAME
          : "The relay is down, or this network blocks the way to it. Try another network; a " +
            "turns: address on port 443 gets through most of them.",
      };
    default:
      return {
        state: "failed",
        words: `refused${why}`,
        next: "Tell whoever runs this server what the relay said.",
      };
  }
}
