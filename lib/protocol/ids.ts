/**
 * The names of things on the wire: rooms, peers, tokens.
 *
 * @module
 */

import { no, type Result, yes } from "./result.ts";

/**
 * What a room may be called; names are case-sensitive. Also fit for the `pattern` of an HTML input,
 * where a bare `-` at the end of a class is an error.
 */
export const ROOM_NAME_PATTERN = "[A-Za-z0-9_\\-]{1,64}";

const ROOM_NAME = new RegExp(`^${ROOM_NAME_PATTERN}$`);
const PEER_ID = /^[A-Za-z0-9_-]{1,64}$/;
const BASE64URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/**
 * Reads a room's name.
 *
 * @example
 * ```ts
 * import { parseRoomName } from "./ids.ts";
 *
 * parseRoomName("lobby"); // { ok: true, value: "lobby" }
 * parseRoomName("my room").ok; // false
 * ```
 */
export function parseRoomName(value: unknown): Result<string> {
  if (typeof value === "string" && ROOM_NAME.test(value)) return yes(value);
  return no(
    value === null || value === undefined || value === ""
      ? "The room's name is missing: use 1 to 64 letters, digits, - or _"
      : "The room's name must be 1 to 64 letters, digits, - or _",
  );
}

/** Tells whether `value` has the form of a peer id. */
export function isPeerId(value: unknown): value is string {
  return typeof value === "string" && PEER_ID.test(value);
}

/**
 * Draws a random id of `characters` base64url characters, 6 random bits each: 22 are more than the
 * 128 bits of a token, 16 are the 96 bits of a peer id.
 */
export function randomId(characters: number): string {
  const bytes = crypto.getRandomValues(new Uint8Array(characters));
  // In one go: a string that grows by single characters keeps every step of it in memory.
  return String.fromCharCode(...bytes.map((byte) => BASE64URL.charCodeAt(byte & 63)));
}

/** Tells whether `value` may be the name of a message: a ULID, or what another client has for one. */
export function isMessageId(value: unknown): value is string {
  return typeof value === "string" && value.length > 0 && value.length <= 64;
}

/** Tells whether a Date can hold `value` (ECMA-262, time values). */
export function isTime(value: unknown): value is number {
  return typeof value === "number" && Math.abs(value) <= 8.64e15;
}
