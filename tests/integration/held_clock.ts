import type { Cancel } from "../../lib/clock.ts";
import { SteppedClock } from "../fakes/clock.ts";

/** Milliseconds up to which something happens by itself. */
const MOMENT = 200;

/**
 * A clock that stands still until a test moves its hands, but for moments: what a server puts off
 * only until it is done with the present, such as a close, happens without the test's doing.
 */
export class HeldClock extends SteppedClock {
  #moments = 0;
  #ahead = 0;
  #isMoving = false;

  /** The milliseconds until each timer that is set; of a moment, 0. */
  override get pending(): number[] {
    return [...Array(this.#moments).fill(0), ...super.pending];
  }

  override now(): number {
    return super.now() + this.#ahead;
  }

  override after(delay: number, callback: () => void): Cancel {
    // What is set while the hands move may be the rest of something long.
    if (delay > MOMENT || this.#isMoving) return super.after(delay, callback);
    let isSet = true;
    this.#moments++;
    const end = () => {
      if (isSet) this.#moments--;
      isSet = false;
    };
    const timer = setTimeout(() => {
      end();
      // Whoever looks at the clock now sees what it waited for; then it is the present again.
      this.#ahead = delay;
      this.#isMoving = true;
      callback();
      this.#isMoving = false;
      this.#ahead = 0;
    });
    return () => {
      end();
      clearTimeout(timer);
    };
  }

  override advance(milliseconds: number): void {
    this.#isMoving = true;
    super.advance(milliseconds);
    this.#isMoving = false;
  }
}
