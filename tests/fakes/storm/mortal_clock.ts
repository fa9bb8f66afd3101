import type { Cancel, Clock } from "../../../lib/clock.ts";

/** A clock of somebody who may die: from then on nothing comes due any more. */
export class MortalClock implements Clock {
  #clock: Clock;
  #timers = new Set<Cancel>();
  #isDead = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** How many timers are set. */
  get size(): number {
    return this.#timers.size;
  }

  now(): number {
    return this.#clock.now();
  }

  after(delay: number, callback: () => void): Cancel {
    const cancel = this.#keep(this.#clock.after(delay, () => {
      this.#timers.delete(cancel);
      callback();
    }));
    return cancel;
  }

  every(interval: number, callback: () => void): Cancel {
    return this.#keep(this.#clock.every(interval, callback));
  }

  die(): void {
    this.#isDead = true;
    for (const cancel of [...this.#timers]) cancel();
  }

  #keep(undo: Cancel): Cancel {
    if (this.#isDead) undo();
    const cancel = () => {
      this.#timers.delete(cancel);
      undo();
    };
    if (!this.#isDead) this.#timers.add(cancel);
    return cancel;
  }
}
