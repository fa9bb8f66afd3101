/**
 * Taking addresses out of words that are about to be pasted in public.
 *
 * @module
 */

const HEX = "[0-9a-f]{1,4}";
const GROUPS = `${HEX}(?::${HEX})*`;
const IPV4 = /\b\d{1,3}(?:\.\d{1,3}){3}\b/g;

/** All eight groups, or fewer around a `::`; an IPv4 address at the end, or a zone (RFC 4291, 4007). */
const IPV6 = new RegExp(
  `\\[?(?:(?:${HEX}:){6,7}|(?:${GROUPS})?::(?:${GROUPS}:)?)(?:\\d{1,3}(?:\\.\\d{1,3}){3}|${HEX})?` +
    `(?:%[\\w.-]+)?\\]?`,
  "gi",
);

/**
 * Puts the kind of each IP address in its place. It would rather take a word too many than leave an
 * address, so a user agent's version number is one, too.
 *
 * @example
 * ```ts
 * import { concealAddresses } from "./conceal.ts";
 *
 * concealAddresses("turn:192.0.2.1:3478"); // "turn:[IPv4]:3478"
 * concealAddresses("turn:[2001:db8::1]:3478"); // "turn:[IPv6]:3478"
 * ```
 */
export function concealAddresses(words: string): string {
  return words.replace(IPV6, "[IPv6]").replace(IPV4, "[IPv4]");
}
