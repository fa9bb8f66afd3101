/**
 * How much one connection may send: messages and bytes, each by its own bucket.
 *
 * @module
 */

import { type Rate, TokenBucket } from "../protocol/token_bucket.ts";

/** How many messages over the rate are answered with an error; the next one ends the connection. */
const WARNINGS = 2;

/** The rates of a connection. */
export interface Rates {
  /** Messages. */
  readonly messages: Rate;
  /** Bytes of messages, in UTF-8. */
  readonly bytes: Rate;
}

/** What becomes of a message: it is taken, refused, or one too many. */
export type Verdict = "taken" | "refused" | "exceeded";

/** What one connection may still send. */
export class Allowance {
  #messages: TokenBucket;
  #bytes: TokenBucket;
  #warnings = 0;

  /** Makes the allowance of a new connection; `now` is in milliseconds. */
  constructor(rates: Rates, now: number) {
    this.#messages = new TokenBucket(rates.messages, now);
    this.#bytes = new TokenBucket(rates.bytes, now);
  }

  /** Takes one message of `bytes`. Warnings are forgotten once the connection was calm for long. */
  take(rates: Rates, bytes: number, now: number): Verdict {
    if (!this.#bytes.take(rates.bytes, bytes, now)) return "exceeded";
    if (this.#warnings > 0 && this.#messages.isFull(rates.messages, now)) this.#warnings = 0;
    if (this.#messages.take(rates.messages, 1, now)) return "taken";
    return ++this.#warnings > WARNINGS ? "exceeded" : "refused";
  }

  /** Seconds until a message of `bytes` will be taken. */
  wait(rates: Rates, bytes: number, now: number): number {
    return Math.max(
      this.#messages.wait(rates.messages, 1, now),
      this.#bytes.wait(rates.bytes, bytes, now),
    );
  }
}
