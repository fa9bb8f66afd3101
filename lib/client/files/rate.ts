/**
 * How fast something goes, smoothed over some seconds.
 *
 * @module
 */

import type { Clock } from "../../clock.ts";

/** Milliseconds that the rate is smoothed over. */
const SPAN = 5_000;

/** Milliseconds between two samples. */
const STEP = 250;

/** Milliseconds after which there is something to say. */
const SETTLING = 500;

/** Measures how fast bytes come. */
export class RateMeter {
  #clock: Clock;
  #samples: { at: number; bytes: number }[] = [];
  #bytes = 0;
  #notedAt = 0;

  /** Has measured nothing. */
  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Begins anew: what came before was of another time. */
  reset(bytes: number): void {
    this.#bytes = bytes;
    this.#notedAt = this.#clock.now();
    this.#samples = [{ at: this.#notedAt, bytes }];
  }

  /** There are `bytes` now, in all. */
  note(bytes: number): void {
    this.#bytes = bytes;
    const at = this.#notedAt = this.#clock.now();
    if (at - (this.#samples.at(-1)?.at ?? -STEP) >= STEP) this.#samples.push({ at, bytes });
    this.#forget(at);
  }

  /** Bytes in a second, now; 0 as long as nothing can be said. */
  get rate(): number {
    const now = this.#clock.now();
    this.#forget(now);
    const first = this.#samples[0];
    const elapsed = first === undefined ? 0 : now - first.at;
    return first === undefined || elapsed < SETTLING
      ? 0
      : Math.round((this.#bytes - first.bytes) * 1000 / elapsed);
  }

  #forget(now: number): void {
    if (now - this.#notedAt >= SPAN) this.reset(this.#bytes);
    while (this.#samples.length > 1 && this.#samples[1]!.at <= now - SPAN) this.#samples.shift();
  }
}
