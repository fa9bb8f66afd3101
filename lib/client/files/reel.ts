/**
 * The one block of a file that is in memory while it is sent to somebody.
 *
 * @module
 */

import { type Bytes, PAYLOAD_BYTES } from "./chunk.ts";
import type { Source } from "./source.ts";

/** What a {@linkcode Reel} needs. */
export interface ReelOptions {
  /** The file. */
  source: Source;
  /** What was not there is. */
  onLoad: () => void;
  /** The file cannot be read any more. */
  onFail: () => void;
}

/** Hands out a file piece by piece. */
export class Reel {
  #options: ReelOptions;
  #block: { offset: number; bytes: Bytes } | undefined;
  #isReading = false;
  #isIdle = true;

  /** Reads nothing yet. */
  constructor(options: ReelOptions) {
    this.#options = options;
  }

  /** Answers with the piece from `offset` on, or reads it first, and says when it is there. */
  take(offset: number): Bytes | undefined {
    this.#isIdle = false;
    const start = offset - (this.#block?.offset ?? offset);
    const piece = start < 0 ? undefined : this.#block?.bytes.subarray(start, start + PAYLOAD_BYTES);
    if (piece !== undefined && piece.length > 0) return piece;
    void this.#read(offset);
    return undefined;
  }

  /** Lets go of what is in memory; taking more reads it again. Calling it again does nothing. */
  drop(): void {
    this.#isIdle = true;
    this.#block = undefined;
  }

  async #read(offset: number): Promise<void> {
    if (this.#isReading) return;
    this.#isReading = true;
    // What was sent of is not kept while the next is read.
    this.#block = undefined;
    try {
      const bytes = await this.#options.source.read(offset);
      this.#isReading = false;
      if (this.#isIdle) return;
      this.#block = { offset, bytes };
      this.#options.onLoad();
    } catch {
      this.#isReading = false;
      this.#options.onFail();
    }
  }
}
