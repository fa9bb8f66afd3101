/**
 * The servers that help two peers to find a path between them (RFC 8489, STUN).
 *
 * @module
 */

import type { IceServer } from "../protocol/messages.ts";
import { no, type Result, yes } from "../protocol/result.ts";
import { splitList } from "./list.ts";

/** A public STUN server: it tells a peer its own address, and learns nothing else. */
export const DEFAULT_STUN_URLS = "stun:stun.cloudflare.com:3478";

/** `stun:` or `stuns:`, a host, perhaps a port (RFC 7064). */
const STUN_URL = /^stuns?:(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9.-]+)(:\d{1,5})?$/;

/** Reads a comma-separated list of STUN URLs; an empty list switches STUN off. */
export function parseStunUrls(value: string): Result<IceServer[]> {
  const urls = splitList(value);
  const wrong = urls.find((url) => !STUN_URL.test(url));
  if (wrong !== undefined) {
    return no(`must be URLs like stun:example.org:3478: current value is ${JSON.stringify(wrong)}`);
  }
  return yes(urls.length === 0 ? [] : [{ urls }]);
}
