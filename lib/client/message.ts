/**
 * One message, on the screen and in the journal, and how far it has come.
 *
 * @module
 */

import { parseFileFrame } from "../protocol/file_frames.ts";
import { isObject, type JsonObject } from "../protocol/parse.ts";
import { type FileInfo, type Words, wordsOf } from "./words.ts";

/** How far a message of ours has come. */
export type Delivery = "sending" | "sent" | "delivered" | "seen";

/** How far it has come with one person; a plain client is `told`, and never says what became of it. */
export type Mark = Delivery | "told";

/** A message on the screen. */
export interface Message extends Words {
  /** Who said it, if it is not ours. */
  from?: string;
  /** How far it has come with the last of those it is for, if it is ours. */
  delivery?: Delivery;
}

/** A message with all that is kept of it. */
export interface Entry {
  /** What is on the screen. */
  message: Message;
  /** Its number in the order of coming. */
  place: number;
  /** Whether it was on a visible screen, and its writer was told. */
  isSeen?: boolean;
  /** How far it has come with each person, if it is ours. */
  to?: Map<string, Mark>;
}

/** The marks in their order. */
export const MARKS: readonly Mark[] = ["sending", "sent", "told", "delivered", "seen"];

/** Whether a message that has come as far as `mark` has come further than `than`. */
export function isFurther(mark: Mark, than: Mark): boolean {
  return MARKS.indexOf(mark) > MARKS.indexOf(than);
}

/** Whether a person needs the message no more. */
export function isSettled(mark: Mark): boolean {
  return mark !== "sending" && mark !== "sent";
}

/** Writes an entry the way the journal keeps it. */
export function writeEntry({ message, isSeen, to }: Entry): JsonObject {
  return {
    ...message,
    ...(message.from !== undefined && { isSeen }),
    ...(to && { to: Object.fromEntries(to) }),
  };
}

/** Reads an entry of the journal; `undefined` where it is none. */
export function parseEntry(kept: JsonObject, place: number): Entry | undefined {
  const { id, at, text, re, from, to, delivery, isSeen } = kept;
  if (typeof id !== "string" || typeof at !== "number" || typeof text !== "string") {
    return undefined;
  }
  const file = isObject(kept.file) ? parseFile(kept.file, id, at) : undefined;
  const words = { id, at, text, ...(typeof re === "string" && { re }), ...(file && { file }) };
  if (typeof from === "string") {
    return { message: { ...words, from }, place, isSeen: isSeen === true };
  }
  if (!isObject(to)) return undefined;
  const marks = Object.entries(to).filter((entry): entry is [string, Mark] => isMark(entry[1]));
  return {
    message: { ...words, delivery: isMark(delivery) && delivery !== "told" ? delivery : "sending" },
    place,
    to: new Map(marks),
  };
}

function parseFile(file: JsonObject, id: string, at: number): FileInfo | undefined {
  const frame = parseFileFrame({ ...file, t: "file-offer", id, at });
  return frame.ok && frame.value.t === "file-offer" ? wordsOf(frame.value).file : undefined;
}

function isMark(value: unknown): value is Mark {
  return MARKS.some((mark) => mark === value);
}
