/**
 * Names that need no spelling.
 *
 * @module
 */

/**
 * Tells whether a room's name can simply be said: small letters, digits and hyphens.
 *
 * @example
 * ```ts
 * import { isSpeakable } from "./speakable.ts";
 *
 * isSpeakable("book-club-2"); // true
 * isSpeakable("xK3_v9Qa"); // false
 * ```
 */
export function isSpeakable(name: string): boolean {
  return /^[a-z0-9-]+$/.test(name);
}
