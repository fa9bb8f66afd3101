/**
 * How much of something in how much time: a bucket of tokens that fills steadily and holds a burst.
 *
 * @module
 */

/** How fast a bucket fills, and how much it holds. */
export interface Rate {
  /** Tokens that are added in a second; where this or `burst` is `Infinity`, nothing is limited. */
  readonly perSecond: number;
  /** The most tokens it holds, with which it also begins. */
  readonly burst: number;
}

/**
 * A token bucket.
 *
 * @example
 * ```ts
 * import { TokenBucket } from "./token_bucket.ts";
 *
 * const rate = { perSecond: 1, burst: 2 };
 * const bucket = new TokenBucket(rate, 0);
 * bucket.take(rate, 2, 0); // true
 * bucket.take(rate, 1, 500); // false
 * bucket.take(rate, 1, 1000); // true
 * ```
 */
export class TokenBucket {
  #tokens: number;
  #at: number;

  /** Makes a full bucket; `now` is in milliseconds. */
  constructor(rate: Rate, now: number) {
    this.#tokens = rate.burst;
    this.#at = now;
  }

  /** Takes `amount` tokens, or none and answers false. */
  take(rate: Rate, amount: number, now: number): boolean {
    if (isUnlimited(rate)) return true;
    this.#fill(rate, now);
    if (this.#tokens < amount) return false;
    this.#tokens -= amount;
    return true;
  }

  /** Tells whether the bucket is as full as it gets. */
  isFull(rate: Rate, now: number): boolean {
    if (isUnlimited(rate)) return true;
    this.#fill(rate, now);
    return this.#tokens >= rate.burst;
  }

  /** Seconds until `amount` tokens can be taken; at least 1, for it is told to somebody. */
  wait(rate: Rate, amount: number, now: number): number {
    if (isUnlimited(rate)) return 1;
    return Math.max(1, Math.ceil(this.#lack(rate, amount, now) / rate.perSecond));
  }

  /** Milliseconds until `amount` tokens can be taken; 0 where they can be now. */
  delay(rate: Rate, amount: number, now: number): number {
    if (isUnlimited(rate)) return 0;
    return Math.max(0, Math.ceil(this.#lack(rate, amount, now) * 1000 / rate.perSecond));
  }

  #lack(rate: Rate, amount: number, now: number): number {
    this.#fill(rate, now);
    return amount - this.#tokens;
  }

  #fill(rate: Rate, now: number): void {
    const filled = this.#tokens + (now - this.#at) * rate.perSecond / 1000;
    this.#tokens = Math.min(rate.burst, filled);
    this.#at = now;
  }
}

function isUnlimited({ perSecond, burst }: Rate): boolean {
  return perSecond === Infinity || burst === Infinity;
}
