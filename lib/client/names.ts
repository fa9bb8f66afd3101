/**
 * What people are called, by person: by themselves, and by a number. Also those who are gone, for what
 * they said is still there.
 *
 * @module
 */

import type { Journal } from "./journal.ts";

/** How many names are kept. */
const NAMES = 32;

/** The nicknames of a room. */
export class Names {
  #journal: Pick<Journal, "readNames" | "writeNames">;
  #names: ReadonlyMap<string, string>;
  #numbers: ReadonlyMap<string, number> = new Map();

  /** Takes up what the journal has kept. */
  constructor(journal: Pick<Journal, "readNames" | "writeNames">) {
    this.#journal = journal;
    this.#names = journal.readNames();
  }

  /** The name of each person that has one; another map at each change. */
  get all(): ReadonlyMap<string, string> {
    return this.#names;
  }

  /** The number of each person that was met, from 2 on, as 1 is this side; another map at each change. */
  get numbers(): ReadonlyMap<string, number> {
    return this.#numbers;
  }

  /** Gives a person a number, if it has none yet. */
  meet(person: string): void {
    if (this.#numbers.has(person)) return;
    const highest = Math.max(1, ...this.#numbers.values());
    this.#numbers = new Map([...this.#numbers, [person, highest + 1]]);
  }

  /** A person calls itself `name`, or nothing any more. */
  learn(person: string, name: string | undefined): void {
    if (this.#names.get(person) === name) return;
    const names = new Map(this.#names);
    names.delete(person);
    if (name !== undefined) names.set(person, name);
    this.#keep(names);
  }

  /** A person is known by another name to this side. */
  rename(from: string, to: string): void {
    const number = this.#numbers.get(from);
    if (number !== undefined) {
      const others = [...this.#numbers].filter(([person]) => person !== from);
      this.#numbers = new Map([...others, [to, this.#numbers.get(to) ?? number]]);
    }
    const name = this.#names.get(from);
    if (name === undefined) return;
    const names = new Map(this.#names);
    names.delete(from);
    if (!names.has(to)) names.set(to, name);
    this.#keep(names);
  }

  /** Forgets them all. */
  clear(): void {
    this.#keep(new Map());
  }

  #keep(names: Map<string, string>): void {
    const [oldest] = names.keys();
    if (names.size > NAMES && oldest !== undefined) names.delete(oldest);
    this.#names = names;
    this.#journal.writeNames(names);
  }
}
