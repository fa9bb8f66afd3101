import type { Status } from "../../lib/client/status.ts";
import { fill, pluralize } from "../../lib/locales/text.ts";
import type { RoomText } from "./text.ts";

/** What the line of somebody who has a seat may be doing; a full room has a page of its own. */
export type LineStatus = Exclude<Status, { state: "full" }>;

/** Says what the line is doing, and what to do next. */
export function sentence(status: LineStatus, { words: { room } }: RoomText): string {
  switch (status.state) {
    case "waiting":
      return room.waiting;
    case "connecting":
      if (status.to === "server") return room.findingRoom;
      return status.isDifficult ? room.difficult : room.connecting;
    case "connected":
      return status.isServerAway
        ? fill(room.serverAway, { sentence: connected(status, room) })
        : connected(status, room);
    case "reconnecting":
      return status.to === "server" ? room.reconnectingServer : room.reconnectingPeer;
    case "failed":
      if (status.cause !== "refused") return room.failed[status.cause];
      return fill(room.refused, { detail: status.detail ?? room.noReason });
    case "ended":
      if (status.by === "us") return room.youLeft;
      return status.mayReturn ? room.outOfReach : room.theyLeft;
    default:
      status satisfies never;
      return "";
  }
}

function connected(
  { path, reached }: LineStatus & { state: "connected" },
  room: RoomText["words"]["room"],
): string {
  if (reached) return fill(room.connectedSome, { ...reached });
  return path?.kind === "relayed" ? room.connectedRelayed : room.connectedDirect;
}

/** Says who is here, and how far away. */
export function presence(status: LineStatus, others: number, { locale, words }: RoomText): string {
  const { room } = words;
  if (status.state === "connecting" && status.to === "server") return "";
  if (status.state === "failed" || status.state === "ended" && status.by === "us") return "";
  if (others === 0) return room.alone;
  const people = pluralize(room.people, others + 1, locale);
  const roundTrip = status.state === "connected" ? status.path?.roundTrip : undefined;
  return roundTrip === undefined ? people : fill(room.roundTrip, { people, ms: roundTrip });
}
