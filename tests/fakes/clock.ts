import type { Cancel, Clock } from "../../lib/clock.ts";

interface Timer {
  due: number;
  interval: number | undefined;
  callback: () => void;
}

/** A clock that stands still until a test moves its hands. */
export class SteppedClock implements Clock {
  #now = 0;
  #timers = new Set<Timer>();

  /** The milliseconds until each timer that is set, the next one first. */
  get pending(): number[] {
    return Array.from(this.#timers, ({ due }) => due - this.#now).sort((a, b) => a - b);
  }

  now(): number {
    return this.#now;
  }

  after(delay: number, callback: () => void): Cancel {
    return this.#set({ due: this.#now + delay, interval: undefined, callback });
  }

  every(interval: number, callback: () => void): Cancel {
    return this.#set({ due: this.#now + interval, interval, callback });
  }

  /** Moves the hands, and calls whatever comes due on the way, in the order of time. */
  advance(milliseconds: number): void {
    const end = this.#now + milliseconds;
    for (let timer = this.#next(end); timer !== undefined; timer = this.#next(end)) {
      this.#now = timer.due;
      if (timer.interval === undefined) this.#timers.delete(timer);
      else timer.due += timer.interval;
      timer.callback();
    }
    this.#now = end;
  }

  #set(timer: Timer): Cancel {
    this.#timers.add(timer);
    return () => void this.#timers.delete(timer);
  }

  #next(end: number): Timer | undefined {
    let next: Timer | undefined;
    for (const timer of this.#timers) {
      if (timer.due <= end && (next === undefined || timer.due < next.due)) next = timer;
    }
    return next;
  }
}
