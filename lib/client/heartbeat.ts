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

/** Asks again and again, and listens for any answer. */
export class Heartbeat {
  #options: HeartbeatOptions;
  #stopAsking: Cancel = () => {};
  #deadline: Cancel | undefined;

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
    const { clock, ask, onSilence } = this.#options;
    const beat = () => {
      ask(Math.round(clock.now()));
      // Not put off by the next question, or it would never come.
      this.#deadline ??= clock.after(timeout, () => {
        this.stop();
        onSilence();
      });
    };
    beat();
    this.#stopAsking = clock.every(interval, beat);
  }

  /** The other end was heard. */
  heard(): void {
    this.#deadline?.();
    this.#deadline = undefined;
  }

  /** Stops. Calling it again does nothing. */
  stop(): void {
    this.#stopAsking();
    this.heard();
  }
}
