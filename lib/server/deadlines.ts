/**
 * Many deadlines, one timer: all of one kind are equally long, so the first to come is the first to
 * expire, and only that one needs a timer.
 *
 * @module
 */

import type { Cancel, Clock } from "../clock.ts";

/** Something whose time runs out. */
export interface Expiring {
  /** Called once when it has. */
  expire(): void;
}

/** Deadlines of one length. Adding, deleting and expiring cost the same however many there are. */
export class Deadlines {
  #clock: Clock;
  #delay: number;
  /** When each is due, in the order in which they are. */
  #due = new Map<Expiring, number>();
  #cancel: Cancel | undefined;
  #ringing = false;

  /** Makes a set of deadlines of `delay` milliseconds each. */
  constructor(clock: Clock, delay: number) {
    this.#clock = clock;
    this.#delay = delay;
  }

  /** How many are running. */
  get size(): number {
    return this.#due.size;
  }

  /** Starts the deadline of `item`, or starts it anew. */
  add(item: Expiring): void {
    this.#due.delete(item);
    this.#due.set(item, this.#clock.now() + this.#delay);
    if (!this.#ringing) this.#cancel ??= this.#clock.after(this.#delay, () => this.#ring());
  }

  /** How many milliseconds `item` has left; nothing where its deadline does not run. */
  left(item: Expiring): number | undefined {
    const due = this.#due.get(item);
    return due === undefined ? undefined : due - this.#clock.now();
  }

  /** Takes back the deadline of `item`. Does nothing where none runs. */
  delete(item: Expiring): void {
    if (this.#due.delete(item) && this.#due.size === 0) this.close();
  }

  /** Takes back every deadline. Calling it again does nothing. */
  close(): void {
    this.#due.clear();
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #ring(): void {
    this.#ringing = true;
    const now = this.#clock.now();
    let next: number | undefined;
    for (const [item, due] of this.#due) {
      if (due > now) {
        next = due - now;
        break;
      }
      this.#due.delete(item);
      try {
        item.expire();
      } catch (error) {
        // One that fails must not stop the others, nor all that come later.
        console.error(error);
      }
    }
    this.#ringing = false;
    this.#cancel = next === undefined ? undefined : this.#clock.after(next, () => this.#ring());
  }
}
