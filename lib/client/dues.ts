/**
 * What is due to somebody after a while, unless it is called off.
 *
 * @module
 */

import type { Cancel, Clock } from "../clock.ts";

/** One thing for each of several people. */
export class Dues {
  #clock: Clock;
  #cancels = new Map<string, Cancel>();

  /** Begins with nothing due. */
  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Calls `callback` after `delay` milliseconds; what was due to `id` before is called off. */
  set(id: string, delay: number, callback: () => void): void {
    this.cancel(id);
    const cancel = this.#clock.after(delay, () => {
      this.#cancels.delete(id);
      callback();
    });
    this.#cancels.set(id, cancel);
  }

  /** Calls off what is due to `id`. Does nothing where nothing is. */
  cancel(id: string): void {
    this.#cancels.get(id)?.();
    this.#cancels.delete(id);
  }

  /** Calls off everything. */
  clear(): void {
    for (const cancel of this.#cancels.values()) cancel();
    this.#cancels.clear();
  }
}
