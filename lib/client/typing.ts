/**
 * Who is writing. A word that somebody began may be the last that is heard of it, so it counts for a
 * while only.
 *
 * @module
 */

import type { Clock } from "../clock.ts";
import { Dues } from "./dues.ts";

/** Milliseconds that somebody counts as writing who does not say so again. */
const PATIENCE = 6_000;

/** Who is writing in a room. */
export class Typing {
  #dues: Dues;
  #people: readonly string[] = [];
  #onChange: () => void;

  /** Begins with nobody. */
  constructor(clock: Clock, onChange: () => void) {
    this.#dues = new Dues(clock);
    this.#onChange = onChange;
  }

  /** Those who are writing, in the order in which they began. */
  get people(): readonly string[] {
    return this.#people;
  }

  /** A person writes, or does not any more. */
  hear(person: string, isTyping: boolean): void {
    if (isTyping) this.#dues.set(person, PATIENCE, () => this.hear(person, false));
    else this.#dues.cancel(person);
    if (this.#people.includes(person) === isTyping) return;
    this.#people = isTyping
      ? [...this.#people, person]
      : this.#people.filter((other) => other !== person);
    this.#onChange();
  }

  /** Counts nobody but `people` any more. */
  keep(people: readonly string[]): void {
    for (const person of this.#people) if (!people.includes(person)) this.hear(person, false);
  }

  /** Waits for nothing any more. Calling it again does nothing. */
  close(): void {
    this.#dues.clear();
  }
}
