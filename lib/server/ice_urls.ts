/**
 * The addresses of STUN and TURN servers. A browser makes no connection at all where one of them is
 * wrong, so that none may pass that it would not take.
 *
 * @module
 */

import { no, type Result, yes } from "../protocol/result.ts";
import { splitList } from "./list.ts";

/** What stands between the scheme and the query: a name or an address, perhaps a port. */
const HOST = String.raw`((?:\[[\da-fA-F:.]+\]|[\w.-]+)(?::[1-9]\d{0,4})?)`;
const STUN_URL = new RegExp(`^stuns?:${HOST}$`);
const TURN_URL = new RegExp(`^turns?:${HOST}(?:\\?transport=(?:udp|tcp))?$`);

/** What the URLs of a list may be of, each with an example for whoever wrote another. */
export const KINDS = {
  stun: "stun:stun.example:3478",
  turn: "turn:turn.example:3478?transport=udp",
  any: "stun:stun.example:3478 or turn:turn.example:3478?transport=udp",
} as const;

/** Tells whether `text` is the URL of a STUN server (RFC 7064). */
export function isStunUrl(text: string): boolean {
  return hasHost(STUN_URL, text);
}

/** Tells whether `text` is the URL of a TURN server (RFC 7065). */
export function isTurnUrl(text: string): boolean {
  return hasHost(TURN_URL, text);
}

/** Reads a comma-separated list of URLs, all of one kind. */
export function parseIceUrls(value: string, kind: keyof typeof KINDS): Result<string[]> {
  return checkIceUrls(splitList(value), kind);
}

/** Checks that all of `urls` are of one kind. What is wrong is shown without its password, if any. */
export function checkIceUrls(urls: string[], kind: keyof typeof KINDS): Result<string[]> {
  const wrong = urls.find((url) =>
    !(kind !== "turn" && isStunUrl(url) || kind !== "stun" && isTurnUrl(url))
  );
  if (wrong === undefined) return yes(urls);
  const shown = JSON.stringify(wrong.replace(/:.*@/s, ":…@"));
  return no(`must be URLs like ${KINDS[kind]}: current value is ${shown}`);
}

function hasHost(pattern: RegExp, text: string): boolean {
  const host = pattern.exec(text)?.[1];
  // What is an address, and a port, is the same in every scheme.
  return host !== undefined && URL.canParse(`http://${host}`);
}
