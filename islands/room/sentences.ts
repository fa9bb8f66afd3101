import type { Status } from "../../lib/client/status.ts";
import { fill, pluralize } from "../../lib/locales/text.ts";
import type { RoomText } from "./text.ts";

/** What the line of somebody who has a seat may be doing; a full room has a page of its own. */
export type LineStatus = Exclude<Status, { state: "full" }>;

/** Says what the line is doing, and what to do next. */
export function sentence(status: LineStatus, text: RoomText): string {
  const { room } = text.words;
  switch (status.state) {
    case "waiting":
      return room.waiting;
    case "connecting":
      if (status.to === "server") return room.findingRoom;
      return status.isDifficult ? room.difficult : room.connecting;
    case "connected":
      return status.isServerAway
        ? fill(room.serverAway, { sentence: connected(status, text) })
        : connected(status, text);
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
  { locale, words: { room } }: RoomText,
): string {
  if (reached) {
    const numbers = new Intl.NumberFormat(locale);
    const count = numbers.format(reached.count);
    return fill(room.connectedSome, { count, of: numbers.format(reached.of) });
  }
  return path?.kind === "relayed" ? room.connectedRelayed : room.connectedDirect;
}

/** Says who is here, and how far away; by its name, if there is only one who has one. */
export function presence(
  status: LineStatus,
  { others, name }: { others: number; name: string | undefined },
  { locale, words: { room } }: RoomText,
): string {
  if (status.state === "connecting" && status.to === "server") return "";
  if (status.state === "failed" || status.state === "ended" && status.by === "us") return "";
  if (status.state === "reconnecting" && status.to === "peer") return "";
  if (others === 0) return room.alone;
  const people = others === 1 && name !== undefined
    ? fill(room.nameHere, { name })
    : pluralize(room.people, others + 1, locale);
  const roundTrip = status.state === "connected" ? status.path?.roundTrip : undefined;
  if (roundTrip === undefined) return people;
  return fill(room.roundTrip, { people, ms: new Intl.NumberFormat(locale).format(roundTrip) });
}
