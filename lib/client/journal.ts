/**
 * What was said, and who was there, kept in the tab's own storage so that a reload loses nothing: one
 * item for each message, written before anybody is told that it arrived.
 *
 * @module
 */

import { type JsonObject, parseObject } from "../protocol/parse.ts";

/** The part of `sessionStorage` that is used here. */
export type StoragePort = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

/** How many messages are kept. */
const CAPACITY = 1_000;

/** The longest entry that is kept, in UTF-16 code units: a message of ours, and who it is for. */
const LONGEST = 32 * 1024;

/** The messages of one room, on this device. */
export class Journal {
  #storage: StoragePort | undefined;
  #prefix: string;
  #peopleKey: string;
  #namesKey: string;
  #last = -1;

  /** Opens the journal of `room`; without `storage` it forgets at once. */
  constructor(room: string, storage: StoragePort | undefined) {
    this.#storage = storage;
    this.#prefix = `tincan:${room}:said:`;
    this.#peopleKey = `tincan:${room}:people`;
    this.#namesKey = `tincan:${room}:names`;
  }

  /** Reads what was kept: each entry with its place, in order. */
  read(): [place: number, entry: JsonObject][] {
    const entries: [number, JsonObject][] = [];
    for (const place of this.#places()) {
      const entry = parseObject(this.#storage?.getItem(this.#prefix + place));
      if (entry.ok) entries.push([place, entry.value]);
    }
    return entries;
  }

  /** Gives a new entry its place. */
  add(): number {
    return ++this.#last;
  }

  /** Keeps an entry at its place; the oldest make room where there is none. */
  write(place: number, entry: JsonObject): void {
    if (this.#storage === undefined) return;
    this.#last = Math.max(this.#last, place);
    this.#remove(place - CAPACITY);
    const text = JSON.stringify(entry);
    // One that long must not drive out all the others.
    if (text.length > LONGEST) return;
    if (this.#put(this.#prefix + place, text)) return;
    for (const oldest of this.#places()) {
      if (oldest !== place) this.#remove(oldest);
      if (this.#put(this.#prefix + place, text)) return;
    }
  }

  /** Reads who was there. */
  readPeople(): string[] {
    const kept = parseObject(this.#storage?.getItem(this.#peopleKey));
    const people = kept.ok && Array.isArray(kept.value.people) ? kept.value.people : [];
    return people.filter((person) => typeof person === "string");
  }

  /** Reads what people call themselves. */
  readNames(): Map<string, string> {
    const kept = parseObject(this.#storage?.getItem(this.#namesKey));
    const names = Object.entries(kept.ok ? kept.value : {});
    return new Map(
      names.filter((entry): entry is [string, string] => typeof entry[1] === "string"),
    );
  }

  /** Keeps what people call themselves. */
  writeNames(names: ReadonlyMap<string, string>): void {
    if (names.size === 0) this.#storage?.removeItem(this.#namesKey);
    else this.#put(this.#namesKey, JSON.stringify(Object.fromEntries(names)));
  }

  /** Keeps who is there. */
  writePeople(people: string[]): void {
    this.#put(this.#peopleKey, JSON.stringify({ people }));
  }

  /** Forgets everything. */
  clear(): void {
    for (const place of this.#places()) this.#remove(place);
    this.#storage?.removeItem(this.#peopleKey);
    this.#storage?.removeItem(this.#namesKey);
  }

  #put(key: string, text: string): boolean {
    try {
      this.#storage?.setItem(key, text);
      return true;
    } catch {
      // Full, or switched off.
      return false;
    }
  }

  #remove(place: number): void {
    this.#storage?.removeItem(this.#prefix + place);
  }

  #places(): number[] {
    const places: number[] = [];
    for (let index = 0; index < (this.#storage?.length ?? 0); index++) {
      const key = this.#storage?.key(index) ?? "";
      const place = key.startsWith(this.#prefix) ? Number(key.slice(this.#prefix.length)) : NaN;
      if (Number.isSafeInteger(place)) places.push(place);
    }
    this.#last = Math.max(this.#last, ...places);
    return places.sort((a, b) => a - b);
  }
}
