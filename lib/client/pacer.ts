/**
 * Keeping within what the server allows: candidates come in bursts, a crowded room multiplies them,
 * and what is dropped as too much would be missed. So what is over the measure waits for its turn.
 *
 * @module
 */

import type { Cancel, Clock } from "../clock.ts";

/** How much may be said. */
export interface Pace {
  /** Messages in a second. */
  perSecond: number;
  /** Messages at once, after a time of silence. */
  burst: number;
}

/** Messages that are left for questions and answers which cannot wait. */
const RESERVE = 10;

/** Hands out messages no faster than `pace`, in their order. */
export class Pacer {
  #clock: Clock;
  #send: (text: string) => void;
  #pace: Pace | undefined;
  #allowance = 0;
  #since = 0;
  #waiting: string[] = [];
  #cancel: Cancel | undefined;

  /** Begins without any measure. */
  constructor(clock: Clock, send: (text: string) => void) {
    this.#clock = clock;
    this.#send = send;
  }

  /** A new count begins, by another measure; nothing waits any more. */
  start(pace: Pace | undefined): void {
    this.stop();
    this.#pace = pace;
    this.#allowance = Math.max((pace?.burst ?? 0) - RESERVE, 1);
    this.#since = this.#clock.now();
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
    while (this.#waiting.length > 0 && this.#take()) this.#send(this.#waiting.shift()!);
    if (this.#waiting.length === 0 || this.#pace === undefined) return;
    const delay = Math.ceil((1 - this.#allowance) * 1000 / this.#pace.perSecond);
    this.#cancel = this.#clock.after(delay, () => this.#flush());
  }

  #take(): boolean {
    if (this.#pace === undefined) return true;
    const { perSecond, burst } = this.#pace;
    const now = this.#clock.now();
    const most = Math.max(burst - RESERVE, 1);
    this.#allowance = Math.min(this.#allowance + (now - this.#since) * perSecond / 1000, most);
    this.#since = now;
    if (this.#allowance < 1) return false;
    this.#allowance--;
    return true;
  }
}
