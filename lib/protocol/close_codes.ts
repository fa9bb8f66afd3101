/**
 * Why a socket was closed, in a number (RFC 6455 section 7.4). 40xx-44xx and 1001, 1011, 1012 and
 * 1013 mean "come back"; 45xx means "stop and tell the person".
 *
 * @module
 */

/** The number of every way in which a socket of this protocol ends. */
export const CLOSE_CODES = {
  left: 1000,
  goingAway: 1001,
  binary: 1003,
  tooBig: 1009,
  serverFault: 1011,
  restarting: 1012,
  tryLater: 1013,
  seatLost: 4400,
  slowReader: 4401,
  noJoin: 4402,
  rateLimited: 4403,
  tooOld: 4404,
  badMessage: 4500,
  badRoom: 4501,
  roomFull: 4502,
  wrongKey: 4503,
  replaced: 4504,
  version: 4505,
  refused: 4506,
} as const;

/**
 * Tells whether a client should open a new socket after one was closed with `code`. Codes that
 * nobody sends (1005, 1006, 1015: a connection that just broke) mean yes.
 *
 * @example
 * ```ts
 * import { CLOSE_CODES, comesBack } from "./close_codes.ts";
 *
 * comesBack(CLOSE_CODES.restarting); // true
 * comesBack(CLOSE_CODES.roomFull); // false
 * ```
 */
export function comesBack(code: number): boolean {
  if (code >= 4000 && code < 4500) return true;
  if (code >= 4500) return false;
  return code !== CLOSE_CODES.left && code !== CLOSE_CODES.binary && code !== CLOSE_CODES.tooBig;
}
