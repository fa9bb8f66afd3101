/**
 * What two peers say to each other about a file, on the data channel `chat`. Its bytes travel beside
 * it, on data channels `files`, which whoever sends opens.
 *
 * A file is called by the `id` of the message that offers it. Its bytes are called by a `mark`, which
 * the receiver draws anew each time it says from where it wants them: what is still on its way of an
 * earlier time is of a mark that nobody knows any more. A chunk on `files` is 4 bytes of the mark,
 * 8 bytes of the offset in the file, both unsigned and with the most significant byte first, and then
 * 1 to 16,372 bytes of the file.
 *
 * The sender goes on as long as at most {@linkcode FILE_WINDOW} bytes, of all files to this peer, are
 * not yet known to be written there.
 *
 * @module
 */

import { isMessageId, isTime } from "./ids.ts";
import { sanitizeFileName, sanitizeFileType } from "./file_name.ts";
import type { JsonObject } from "./parse.ts";
import { no, type Result, yes } from "./result.ts";

/** The label of the data channels that carry the bytes (RFC 8831 section 6.4). */
export const FILES_CHANNEL = "files";

/** The most bytes that are under way to a peer, and not yet written there. */
export const FILE_WINDOW = 8 * 1024 * 1024;

/** The most bytes of one message on `files`. */
export const MAX_FILE_CHUNK_BYTES = 16 * 1024;

/**
 * Why a file does not go on: somebody does not want it to, it cannot be read or written, the receiver's
 * disk is full, it is more than the receiver can hold, its bytes are not those that were announced, or
 * it is not there any more.
 */
export type FileReason =
  | "cancelled"
  | "unreadable"
  | "unwritable"
  | "disk-full"
  | "too-big"
  | "mismatch"
  | "gone";

/** A file that somebody offers. */
export interface FileOffer {
  /** The ULID of the message that offers it. */
  id: string;
  /** What it is called; harmless once it was parsed. */
  name: string;
  /** Its bytes. */
  size: number;
  /** Its type, as `type/subtype`. */
  type: string;
}

/** The offer of a file, which is a message of the chat: kept, acked and said again like one. */
export type FileOfferFrame = { t: "file-offer"; at: number } & FileOffer;

/** What is said about a file that was offered. */
export type FileFrame =
  /** Send it, from `offset` on, under this mark; said again whenever the way is new. */
  | { t: "file-accept"; id: string; offset: number; mark: number }
  /** It is not wanted. */
  | { t: "file-reject"; id: string }
  /** It does not go on; either side says so. */
  | { t: "file-cancel"; id: string; reason: FileReason }
  /** Wait, or go on; either side says so. */
  | { t: "file-pause"; id: string; on: boolean }
  /** The bytes before `offset` are written. */
  | { t: "file-got"; id: string; offset: number }
  /** That was all of it; `sha256` in hexadecimal (FIPS 180-4). */
  | { t: "file-end"; id: string; sha256: string }
  /** It is there, and it is what was sent. */
  | { t: "file-done"; id: string }
  /** How far are you? Answered with an accept, or with how it ended. */
  | { t: "file-ask"; id: string };

/** One reason for all: nobody is told, as such a frame is dropped. */
const UNREADABLE = no("This is no frame about a file");

/** Reads a frame whose `t` begins with `file-`; `object` was JSON text. */
export function parseFileFrame(object: JsonObject): Result<FileFrame | FileOfferFrame> {
  const { t, id, offset, mark, on, sha256, reason } = object;
  if (!isMessageId(id)) return UNREADABLE;
  switch (t) {
    case "file-offer":
      return parseOffer(object, id);
    case "file-accept":
      if (!isOffset(offset)) return UNREADABLE;
      if (!isMark(mark)) return UNREADABLE;
      return yes({ t, id, offset, mark });
    case "file-reject":
    case "file-done":
    case "file-ask":
      return yes({ t, id });
    case "file-cancel":
      // Whatever the reason of a later version is, it does not go on.
      return yes({ t, id, reason: isReason(reason) ? reason : "cancelled" });
    case "file-pause":
      return typeof on === "boolean" ? yes({ t, id, on }) : UNREADABLE;
    case "file-got":
      return isOffset(offset) ? yes({ t, id, offset }) : UNREADABLE;
    case "file-end":
      return typeof sha256 === "string" && /^[0-9a-f]{64}$/.test(sha256)
        ? yes({ t, id, sha256 })
        : UNREADABLE;
    default:
      return UNREADABLE;
  }
}

function parseOffer({ at, name, size, type }: JsonObject, id: string): Result<FileOfferFrame> {
  if (!isTime(at)) return UNREADABLE;
  if (typeof name !== "string") return UNREADABLE;
  if (!isOffset(size)) return UNREADABLE;
  if (typeof type !== "string") return UNREADABLE;
  const clean = { name: sanitizeFileName(name), type: sanitizeFileType(type) };
  return yes({ t: "file-offer", id, at, size, ...clean });
}

/** Every reason; a record, so that none can be forgotten. */
const REASONS: Record<FileReason, true> = {
  cancelled: true,
  unreadable: true,
  unwritable: true,
  "disk-full": true,
  "too-big": true,
  mismatch: true,
  gone: true,
};

function isReason(value: unknown): value is FileReason {
  return typeof value === "string" && Object.hasOwn(REASONS, value);
}

function isOffset(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isMark(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 0xffff_ffff;
}
