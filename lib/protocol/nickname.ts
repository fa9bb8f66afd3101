/**
 * What people call themselves. It comes from outside, and stands beside words of others.
 *
 * @module
 */

/** The longest nickname, in code points. */
export const MAX_NICKNAME = 40;

/** What would break the line, or turn round what stands beside it (Unicode Bidirectional Algorithm). */
const UNFIT = /[\p{Cc}\u2028\u2029\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/**
 * Reads a nickname: on one line, without what disturbs its surroundings, cut where it is too long.
 * `undefined` where nothing is left.
 *
 * @example
 * ```ts
 * import { parseNickname } from "./nickname.ts";
 *
 * parseNickname("  Ada\nLovelace "); // "Ada Lovelace"
 * parseNickname("   "); // undefined
 * ```
 */
export function parseNickname(value: unknown): string | undefined {
  if (typeof value !== "string") return undefined;
  // A very long one is not worth the work.
  const line = value.slice(0, 1_000).toWellFormed().normalize("NFC").replace(UNFIT, " ");
  const name = [...line.trim().replace(/\s+/g, " ")].slice(0, MAX_NICKNAME).join("").trim();
  return name === "" ? undefined : name;
}
