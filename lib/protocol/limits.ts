/**
 * Every bound of the protocol in one table. Operators move the defaults by a setting of the same
 * name; nobody moves the ceilings.
 *
 * @module
 */

/** One bound: what it is unless configured, and how far configuration may go. */
export interface Limit {
  /** In force when nothing is configured. */
  readonly default: number;
  /** The most that can be configured; absent where any number will do. */
  readonly ceiling?: number;
  /** What the number counts. */
  readonly unit: "bytes" | "seconds" | "messages" | "peers" | "rooms" | "sockets" | "upgrades";
}

const KIB = 1024;

/** The limits of the wire, by the name of their setting; 0 lifts a limit as far as its ceiling. */
export const LIMITS = {
  MAX_MESSAGE_BYTES: { default: 16 * KIB, ceiling: 64 * KIB, unit: "bytes" },
  MESSAGES_PER_SECOND: { default: 10, unit: "messages" },
  MESSAGE_BURST: { default: 60, unit: "messages" },
  BYTES_PER_SECOND: { default: 32 * KIB, unit: "bytes" },
  BYTE_BURST: { default: 256 * KIB, unit: "bytes" },
  JOIN_TIMEOUT: { default: 10, ceiling: 30, unit: "seconds" },
  IDLE_TIMEOUT: { default: 30, ceiling: 60, unit: "seconds" },
  MAX_BUFFERED_BYTES: { default: 256 * KIB, unit: "bytes" },
  ROOM_CAPACITY: { default: 2, ceiling: 8, unit: "peers" },
  SEAT_GRACE: { default: 30, ceiling: 300, unit: "seconds" },
  MAX_ROOMS: { default: 20_000, unit: "rooms" },
  MAX_SOCKETS: { default: 20_000, unit: "sockets" },
  MAX_SOCKETS_PER_ADDRESS: { default: 128, unit: "sockets" },
  UPGRADES_PER_MINUTE: { default: 120, unit: "upgrades" },
  MAX_RSS: { default: 1024 * KIB * KIB, unit: "bytes" },
} as const satisfies Record<string, Limit>;

/** The name of a limit, which is also the name of its setting. */
export type LimitName = keyof typeof LIMITS;

/** How many signals of a lone peer are kept for the one that joins next. */
export const MAILBOX_MESSAGES = 64;

/** How many bytes of a lone peer's signals are kept for the one that joins next. */
export const MAILBOX_BYTES = 128 * KIB;

/** How many bad messages a connection survives; the next one closes it. */
export const STRIKES = 10;

/** The most bytes of one frame on the data channel `chat`. */
export const MAX_CHAT_FRAME_BYTES = 16 * KIB;

const encoder = new TextEncoder();

/** Where bytes are counted: no text is measured exactly that has more code units than this holds. */
const scratch = new Uint8Array(3 * 64 * KIB);

/**
 * Counts the bytes of `text` in UTF-8, and makes no copy of it. Of a text that is over every ceiling
 * of {@linkcode LIMITS} anyway, it answers at least how long it is in UTF-16 code units.
 *
 * @example
 * ```ts
 * import { countBytes } from "./limits.ts";
 *
 * countBytes("tin"); // 3
 * countBytes("für"); // 4
 * ```
 */
export function countBytes(text: string): number {
  if (text.length * 3 > scratch.length) return text.length;
  return encoder.encodeInto(text, scratch).written;
}
