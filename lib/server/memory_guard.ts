/**
 * Memory that no event tells of: the runtime puts the fragments of a message together without bound,
 * before anything of it is seen here. What can be seen is the memory of the process.
 *
 * @module
 */

import type { Clock } from "../clock.ts";

/** How far above the limit the sockets are closed, which frees what they hold. */
const OVERFLOW = 1.25;

/** Milliseconds in which a relief may show, before there is another. */
const COOLDOWN = 5_000;

/** What a {@linkcode MemoryGuard} needs. */
export interface MemoryGuardOptions {
  /** The limit in bytes; `Infinity` where there is none. */
  limit: number;
  /** The time. */
  clock: Clock;
  /** The memory of the process in bytes. */
  measure?: () => number;
}

/** Watches the memory of the process. */
export class MemoryGuard {
  /** Frees what can be freed, and says why; resolves when that is done. */
  relieve: (why: string) => Promise<void> = () => Promise.resolve();
  #options: MemoryGuardOptions;
  #isRelieving = false;
  /** When to look again whether the last relief has shown. */
  #patientUntil = -Infinity;

  /** Makes a guard; nothing is measured until somebody asks. */
  constructor(options: MemoryGuardOptions) {
    this.#options = options;
  }

  /** Whether the limit is reached, so that no further socket should be opened. */
  isShort(): boolean {
    return this.#measure() >= this.#options.limit;
  }

  /** Measures, and asks for relief where it must be. */
  check(): void {
    const { limit } = this.#options;
    if (limit === Infinity || this.#isRelieving) return;
    if (this.#measure() < limit * OVERFLOW) {
      this.#patientUntil = -Infinity;
      return;
    }
    this.askRelief("Memory is above MAX_RSS");
  }

  /** Asks for relief, unless it was asked for lately. */
  askRelief(why: string): void {
    const { clock } = this.#options;
    if (this.#isRelieving || clock.now() < this.#patientUntil) return;
    this.#isRelieving = true;
    void this.relieve(why).finally(() => {
      this.#isRelieving = false;
      this.#patientUntil = clock.now() + COOLDOWN;
    });
  }

  #measure(): number {
    const { limit, measure = residentBytes } = this.#options;
    return limit === Infinity ? 0 : measure();
  }
}

function residentBytes(): number {
  return Deno.memoryUsage().rss;
}
