/**
 * The close codes with their reasons, for whoever closes.
 *
 * @module
 */

import { CLOSE_CODES } from "./close_codes.ts";

/** A close code with its reason: at most 123 bytes of ASCII. */
export interface Close {
  /** The number that decides what a client does next. */
  readonly code: number;
  /** The same in words. */
  readonly reason: string;
}

/** Every way in which a socket of this protocol ends. */
export const CLOSE = {
  left: { code: CLOSE_CODES.left, reason: "left" },
  goingAway: { code: CLOSE_CODES.goingAway, reason: "going away" },
  binary: { code: CLOSE_CODES.binary, reason: "binary frames are not accepted" },
  tooBig: { code: CLOSE_CODES.tooBig, reason: "message too big" },
  serverFault: { code: CLOSE_CODES.serverFault, reason: "server fault" },
  restarting: { code: CLOSE_CODES.restarting, reason: "restarting" },
  tryLater: { code: CLOSE_CODES.tryLater, reason: "try again later" },
  seatLost: { code: CLOSE_CODES.seatLost, reason: "seat lost" },
  slowReader: { code: CLOSE_CODES.slowReader, reason: "slow reader" },
  noJoin: { code: CLOSE_CODES.noJoin, reason: "no join in time" },
  rateLimited: { code: CLOSE_CODES.rateLimited, reason: "rate limited" },
  tooOld: { code: CLOSE_CODES.tooOld, reason: "socket too old" },
  badMessage: { code: CLOSE_CODES.badMessage, reason: "bad message" },
  badRoom: { code: CLOSE_CODES.badRoom, reason: "bad room name" },
  roomFull: { code: CLOSE_CODES.roomFull, reason: "room full" },
  wrongKey: { code: CLOSE_CODES.wrongKey, reason: "wrong key" },
  replaced: { code: CLOSE_CODES.replaced, reason: "replaced by a newer connection" },
  version: { code: CLOSE_CODES.version, reason: "unknown subprotocol" },
  refused: { code: CLOSE_CODES.refused, reason: "refused" },
} as const satisfies Record<keyof typeof CLOSE_CODES, Close>;
