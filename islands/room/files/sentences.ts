import type { EndReason, Parcel, Transfer } from "../../../lib/client/files/transfer.ts";
import { fill } from "../../../lib/locales/text.ts";
import type { RoomText } from "../text.ts";
import { formatPercent } from "./words.ts";

/** What is said about a file. */
export interface Saying {
  /** What changed, to be told at once to whoever cannot see it. */
  news?: string;
  /** What is so for now. */
  now?: string;
}

/** What has to be known of a file to say how it is doing. */
export type Subject = Pick<Parcel, "content" | "direction" | "size">;

/** Says how a file is doing with the only person that it concerns. */
export function say(transfer: Transfer, subject: Subject, text: RoomText): Saying {
  const { files } = text.words;
  const isOut = subject.direction === "out";
  const words = isOut ? files.out : files.in;
  switch (transfer.state) {
    case "offered":
      return isOut ? { now: files.out.offered } : {};
    case "waiting":
      return { now: files.waiting };
    case "moving":
      return { now: words.moving };
    case "paused":
      return { news: sayPause(transfer, text) };
    case "stalled":
      return { news: files.stalled, now: sayReturn(transfer, subject, text) };
    case "verifying":
      return { now: words.verifying };
    case "done":
      if (isOut) return { news: files.out.done };
      return { news: subject.content === undefined ? files.in.saved : files.in.done };
    case "rejected":
      return { news: words.rejected };
    case "cancelled":
      return { news: transfer.by === "us" ? words.cancelledByUs : words.cancelledByThem };
    case "failed":
      return { news: words.failed[reasonOf(transfer)] };
    default:
      transfer.state satisfies never;
      return {};
  }
}

/** Says in a few words how a file of ours is doing with one of several. */
export function sayBriefly(transfer: Transfer, { words: { files } }: RoomText): string {
  return transfer.state === "failed"
    ? files.out.failed[reasonOf(transfer)]
    : files.people[transfer.state];
}

function sayPause({ isPausedByUs, isPausedByThem }: Transfer, { words }: RoomText): string {
  const { files } = words;
  if (isPausedByUs && isPausedByThem) return files.pausedByBoth;
  return isPausedByUs ? files.pausedByUs : files.pausedByThem;
}

function sayReturn({ bytes }: Transfer, { size }: Subject, { locale, words }: RoomText): string {
  if (bytes === 0) return words.files.begins;
  const percent = formatPercent({ part: bytes, whole: size }, locale);
  return fill(words.files.resumes, { percent });
}

/** Whoever failed had a reason; one that was cancelled has no need of one. */
function reasonOf({ reason }: Transfer): Exclude<EndReason, "cancelled"> {
  return reason === undefined || reason === "cancelled" ? "gone" : reason;
}
