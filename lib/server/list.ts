/**
 * Lists in one line, as headers and settings write them.
 *
 * @module
 */

/**
 * Takes a comma-separated list apart; white space around an entry and empty entries count for
 * nothing (RFC 9110 section 5.6.1).
 *
 * @example
 * ```ts
 * import { splitList } from "./list.ts";
 *
 * splitList(" a,, b "); // ["a", "b"]
 * ```
 */
export function splitList(text: string): string[] {
  return text.split(",").map((entry) => entry.trim()).filter((entry) => entry !== "");
}
