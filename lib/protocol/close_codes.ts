/**
 * Why a socket was closed, in a number (RFC 6455 section 7.4). 40xx-44xx and 1001, 1011, 1012 and
 * 1013 mean "come back"; 45xx means "stop and tell the person".
 *
 * @module
 */

/** A close code with its reason: at most 123 bytes of ASCII. */
export interface Close {
  /** The number that decides what a client does next. */
  readonly code: number;
  /** The same in words. */
  readonly reason: string;
}

/** Every way in which a socket of this protocol ends. */
export const CLOSE = {
  left: { code: 1000, reason: "left" },
  goingAway: { code: 1001, reason: "going away" },
  binary: { code: 1003, reason: "binary frames are not accepted" },
  tooBig: { code: 1009, reason: "message too big" },
  serverFault: { code: 1011, reason: "server fault" },
  restarting: { code: 1012, reason: "restarting" },
  tryLater: { code: 1013, reason: "try again later" },
  seatLost: { code: 4400, reason: "seat lost" },
  slowReader: { code: 4401, reason: "slow reader" },
  noJoin: { code: 4402, reason: "no join in time" },
  rateLimited: { code: 4403, reason: "rate limited" },
  tooOld: { code: 4404, reason: "socket too old" },
  badMessage: { code: 4500, reason: "bad message" },
  badRoom: { code: 4501, reason: "bad room name" },
  roomFull: { code: 4502, reason: "room full" },
  wrongKey: { code: 4503, reason: "wrong key" },
  replaced: { code: 4504, reason: "replaced by a newer connection" },
  version: { code: 4505, reason: "unknown subprotocol" },
  refused: { code: 4506, reason: "refused" },
} as const satisfies Record<string, Close>;

/**
 * Tells whether a client should open a new socket after one was closed with `code`. Codes that
 * nobody sends (1005, 1006, 1015: a connection that just broke) mean yes.
 *
 * @example
 * ```ts
 * import { CLOSE, comesBack } from "./close_codes.ts";
 *
 * comesBack(CLOSE.restarting.code); // true
 * comesBack(CLOSE.roomFull.code); // false
 * ```
 */
export function comesBack(code: number): boolean {
  if (code >= 4000 && code < 4500) return true;
  if (code >= 4500) return false;
  return code !== CLOSE.left.code && code !== CLOSE.binary.code && code !== CLOSE.tooBig.code;
}
