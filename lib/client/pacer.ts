/**
 * Keeping within what the server allows: candidates come in bursts, a crowded room multiplies them,
 * and what is dropped as too much would be missed. So what is over the measure waits for its turn.
 *
 * @module
 */

import type { Cancel, Clock } from "../clock.ts";
import { type Rate, TokenBucket } from "../protocol/token_bucket.ts";

/** The rate where nothing was said of one. */
export const UNLIMITED: Rate = { perSecond: Infinity, burst: Infinity };

/** Messages that are left for questions and answers which cannot wait. */
const RESERVE = 10;

/** Hands out messages no faster than a rate allows, in their order. */
export class Pacer {
  #clock: Clock;
  #send: (text: string) => void;
  #rate = UNLIMITED;
  #bucket: TokenBucket;
  #waiting: string[] = [];
  #cancel: Cancel | undefined;

  /** Begins without any measure. */
  constructor(clock: Clock, send: (text: string) => void) {
    this.#clock = clock;
    this.#send = send;
    this.#bucket = new TokenBucket(this.#rate, clock.now());
  }

  /** A new count begins, by another measure; nothing waits any more. */
  start({ perSecond, burst }: Rate): void {
    this.stop();
    this.#rate = { perSecond, burst: Math.max(burst - RESERVE, 1) };
    this.#bucket = new TokenBucket(this.#rate, this.#clock.now());
  }

  /** Sends `text` now, or as soon as it may be. */
  send(text: string): void {
    this.#waiting.push(text);
    if (this.#cancel === undefined) this.#flush();
  }

  /** Forgets what waits. Calling it again does nothing. */
  stop(): void {
    this.#waiting = [];
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #flush(): void {
    this.#cancel = undefined;
    const now = this.#clock.now();
    while (this.#waiting.length > 0 && this.#bucket.take(this.#rate, 1, now)) {
      this.#send(this.#waiting.shift()!);
    }
    if (this.#waiting.length === 0) return;
    const delay = this.#bucket.delay(this.#rate, 1, now);
    this.#cancel = this.#clock.after(delay, () => this.#flush());
  }
}
