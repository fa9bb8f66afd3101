/**
 * Finding out that the other end is gone: a connection whose network died makes no event of its own,
 * only an answer shows that it lives.
 *
 * @module
 */

import type { Cancel, Clock } from "../clock.ts";

/** What a {@linkcode Heartbeat} needs. */
export interface HeartbeatOptions {
  /** The time. */
  clock: Clock;
  /** Asks the other end for an answer; `now` is in the clock's milliseconds. */
  ask: (now: number) => void;
  /** Nothing came in time. */
  onSilence: () => void;
}

/** Milliseconds by which a timer is late only where the page was frozen, or the machine asleep. */
const ASLEEP = 2_000;

/** Asks again and again, and listens for any answer. */
export class Heartbeat {
  #options: HeartbeatOptions;
  #stopAsking: Cancel = () => {};
  #deadline: Cancel | undefined;
  #timeout = 0;

  /** Makes a heartbeat that does not beat yet. */
  constructor(options: HeartbeatOptions) {
    this.#options = options;
  }

  /**
   * Asks at once and every `interval` milliseconds; after `timeout` milliseconds without any word
   * it stops, and says so.
   */
  start({ interval, timeout }: { interval: number; timeout: number }): void {
    this.stop();
    this.#timeout = timeout;
    this.#stopAsking = this.#options.clock.every(interval, () => this.check());
    this.check();
  }

  /** Asks now, if started. An answer is due as before, or every question would put it off. */
  check(): void {
    if (this.#timeout === 0) return;
    const { clock, ask } = this.#options;
    const now = clock.now();
    this.#deadline ??= clock.after(this.#timeout, () => this.#expire(now));
    // Last, for who asks in vain may learn that there is nobody to ask, and stop this.
    ask(Math.round(now));
  }

  /** The other end was heard. */
  heard(): void {
    this.#deadline?.();
    this.#deadline = undefined;
  }

  /** Stops. Calling it again does nothing. */
  stop(): void {
    this.#stopAsking();
    this.#stopAsking = () => {};
    this.#timeout = 0;
    this.heard();
  }

  #expire(asked: number): void {
    this.#deadline = undefined;
    // Who was asleep has not listened; what came meanwhile is heard after this.
    if (this.#options.clock.now() - asked > this.#timeout + ASLEEP) return this.check();
    this.stop();
    this.#options.onSilence();
  }
}
