/**
 * The frames of the data channel `chat`, from peer to peer: the server never sees one. Each is a
 * JSON object of at most {@linkcode MAX_CHAT_FRAME_BYTES}, told apart by `t`.
 *
 * @module
 */

import { isMessageId, isPeerId, isTime } from "./ids.ts";
import { type FileFrame, type FileOfferFrame, parseFileFrame } from "./file_frames.ts";
import { countBytes, MAX_CHAT_FRAME_BYTES } from "./limits.ts";
import { parseNickname } from "./nickname.ts";
import { parseObject } from "./parse.ts";
import { no, type Result, yes } from "./result.ts";

/** The label of the data channel that carries these frames (RFC 8831 section 6.4). */
export const CHAT_CHANNEL = "chat";

/** What this app calls itself in its `hello`. */
export const CHAT_APP = "tincan";

/** The version of these frames. */
export const CHAT_VERSION = 1;

/**
 * The longest text of a message, as {@linkcode countTextBytes} counts it: what the other fields of a
 * frame leave of its 16 KiB.
 */
export const MAX_TEXT_BYTES = MAX_CHAT_FRAME_BYTES - 256;

/** What takes space on the screen at most, and shows nothing: white space, formats, empty letters. */
const INVISIBLE = /^[\s\p{Cc}\p{Cf}\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0]*$/u;

/**
 * Tells whether there is nothing to see in a text.
 *
 * @example
 * ```ts
 * import { isBlank } from "./chat.ts";
 *
 * isBlank(" \u200b\n"); // true
 * isBlank("."); // false
 * ```
 */
export function isBlank(text: string): boolean {
  return INVISIBLE.test(text);
}

/** Counts the bytes that a text takes in a frame: those of a JSON string in UTF-8. */
export function countTextBytes(text: string): number {
  return countBytes(JSON.stringify(text));
}

/** A frame of the channel `chat`. */
export type ChatFrame =
  /**
   * The first frame of each side; a peer that begins otherwise is a plain client. `tab` stays the same
   * when its page is reloaded, `peer` is what the server calls it now.
   */
  | {
    t: "hello";
    app: string;
    v: number;
    name?: string | undefined;
    tab?: string | undefined;
    peer?: string | undefined;
  }
  /** A message: `id` is a ULID, `at` milliseconds since 1970, `re` the id of the one that it answers. */
  | { t: "say"; id: string; at: number; text: string; re?: string }
  /** A file that may be asked for: a message, too, which is acked, seen and said again. */
  | FileOfferFrame
  /** What becomes of a file that was offered. */
  | FileFrame
  /** The message `id` arrived. */
  | { t: "ack"; id: string }
  /** The message `id` was on a visible screen. */
  | { t: "seen"; id: string }
  /** Somebody is writing, or stopped. */
  | { t: "typing"; on: boolean }
  /** A question whether the other end is still there; `at` comes back in the `pong`. */
  | { t: "ping" | "pong"; at: number }
  /** The peer leaves on purpose. */
  | { t: "bye" };

/** One reason for all: nobody is told, as such a frame is dropped. */
const UNREADABLE = no("This is no frame that is known here");

/**
 * Reads a frame. Of a text that is no frame, a plain client's words are made by the caller.
 *
 * @example
 * ```ts
 * import { parseChatFrame } from "./chat.ts";
 *
 * parseChatFrame('{"t":"ack","id":"01J"}'); // { ok: true, value: { t: "ack", id: "01J" } }
 * parseChatFrame("hi there").ok; // false
 * ```
 */
export function parseChatFrame(text: unknown): Result<ChatFrame> {
  const parsed = parseObject(text);
  if (!parsed.ok) return parsed;
  const { t, id, at, app, v, on } = parsed.value;
  switch (t) {
    case "hello": {
      if (typeof app !== "string" || typeof v !== "number") return UNREADABLE;
      const { tab, peer } = parsed.value;
      const name = parseNickname(parsed.value.name);
      return yes({
        t,
        app,
        v,
        ...(name !== undefined && { name }),
        ...(isPeerId(tab) && { tab }),
        ...(isPeerId(peer) && { peer }),
      });
    }
    case "say": {
      const { text: said, re } = parsed.value;
      if (!isMessageId(id)) return UNREADABLE;
      if (!isTime(at)) return UNREADABLE;
      if (typeof said !== "string") return UNREADABLE;
      return yes({ t, id, at, text: said, ...(isMessageId(re) && { re }) });
    }
    case "ack":
    case "seen":
      return isMessageId(id) ? yes({ t, id }) : UNREADABLE;
    case "typing":
      return typeof on === "boolean" ? yes({ t, on }) : UNREADABLE;
    case "ping":
    case "pong":
      return typeof at === "number" ? yes({ t, at }) : UNREADABLE;
    case "bye":
      return yes({ t });
    default:
      if (typeof t === "string" && t.startsWith("file-")) return parseFileFrame(parsed.value);
      return UNREADABLE;
  }
}
