/**
 * How long to wait before trying again.
 *
 * @module
 */

/** The longest wait, in milliseconds. */
const CAP = 30_000;

/**
 * Answers how many milliseconds to wait before attempt number `attempt` (the first is 0): 0, 0.3,
 * 1.2, 2.7, 4.8, 7.5 s and so on up to 30 s, each up to a quarter shorter, so that many clients of
 * one server do not come back in the same moment. `random` is a number from 0 to 1.
 *
 * @example
 * ```ts
 * import { backoffDelay } from "./backoff.ts";
 *
 * backoffDelay(0, 0.5); // 0
 * backoffDelay(2, 0); // 1200
 * ```
 */
export function backoffDelay(attempt: number, random: number): number {
  const delay = Math.min(300 * attempt ** 2, CAP);
  return Math.round(delay * (1 - random / 4));
}
