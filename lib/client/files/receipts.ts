/**
 * Telling the sender how much of its file is written: often enough for it to go on, and to show how it
 * goes, and no more often.
 *
 * @module
 */

import type { Clock } from "../../clock.ts";

/** Bytes after which it is told. */
const STEP = 256 * 1024;

/** Milliseconds after which it is told, however few they are. */
const DELAY = 500;

/** Tells the sender of one file. */
export class Receipts {
  #clock: Clock;
  #tell: (offset: number) => void;
  #offset = 0;
  #at = 0;

  /** Tells through `tell`. */
  constructor(clock: Clock, tell: (offset: number) => void) {
    this.#clock = clock;
    this.#tell = tell;
  }

  /** The sender knows of `offset` bytes. */
  start(offset: number): void {
    this.#offset = offset;
    this.#at = this.#clock.now();
  }

  /** There are `offset` bytes of `size`: tells so, if it is time to. */
  note(offset: number, size: number): void {
    const isDue = offset - this.#offset >= STEP || this.#clock.now() - this.#at >= DELAY;
    if (!isDue && offset < size) return;
    this.start(offset);
    this.#tell(offset);
  }
}
