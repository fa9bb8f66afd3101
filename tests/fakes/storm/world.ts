import { setImmediate } from "node:timers";
import { SteppedClock } from "../clock.ts";
import { seededRandom } from "../random.ts";

/** Time and chance: the same seed, the same run. */
export class World {
  readonly clock = new SteppedClock();
  readonly random: () => number;

  constructor(seed: number) {
    this.random = seededRandom(seed);
  }

  /** A number from `least` to `most`. */
  between(least: number, most: number): number {
    return least + this.random() * (most - least);
  }

  /** Milliseconds that something is on its way. */
  latency(): number {
    return this.between(1, 40);
  }

  /** Whether something happens that does so once in `times`. */
  once(times: number): boolean {
    return this.random() * times < 1;
  }

  /** Lets time pass, and after each thing that comes due every promise go as far as it can. */
  async pass(milliseconds: number): Promise<void> {
    const end = this.clock.now() + milliseconds;
    await macrotask();
    for (;;) {
      const next = this.clock.pending[0];
      if (next === undefined || this.clock.now() + next > end) break;
      this.clock.advance(next);
      await macrotask();
    }
    this.clock.advance(end - this.clock.now());
    await macrotask();
  }
}

function macrotask(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
