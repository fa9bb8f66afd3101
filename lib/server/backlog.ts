/**
 * Whether a peer still reads. The runtime takes whatever is sent and never complains: only what it
 * has not written yet tells of a peer that stopped reading.
 *
 * @module
 */

import { countBytes } from "../protocol/limits.ts";

/** Milliseconds for which a peer may read nothing of what waits for it. */
const PATIENCE = 10_000;

/** What was sent to one peer, and what of it was written. */
export class Backlog {
  #sent = 0;
  #written = 0;
  #movedAt: number;

  /** Begins at `now`, in milliseconds, with nothing sent. */
  constructor(now: number) {
    this.#movedAt = now;
  }

  /** Counts what is sent. */
  add(text: string): void {
    this.#sent += countBytes(text);
  }

  /** Tells whether of `buffered` bytes nothing was written for long. */
  isStuck(buffered: number, now: number): boolean {
    const written = this.#sent - buffered;
    if (buffered === 0 || written > this.#written) {
      this.#written = written;
      this.#movedAt = now;
    }
    return now - this.#movedAt >= PATIENCE;
  }
}
