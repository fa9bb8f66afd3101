/**
 * What somebody is still writing, kept in the tab's own storage so that a reload does not lose it.
 *
 * @module
 */

import type { StoragePort } from "./journal.ts";

/** The longest text that is kept, in UTF-16 code units: more cannot be sent anyway. */
const LONGEST = 64 * 1024;

/** The message that is being written in one room. */
export class Draft {
  #storage: StoragePort | undefined;
  #key: string;

  /** Opens the draft of `room`; without `storage` it is forgotten at once. */
  constructor(room: string, storage: StoragePort | undefined) {
    this.#storage = storage;
    this.#key = `tincan:${room}:draft`;
  }

  /** Reads what was kept; nothing is an empty text. */
  read(): string {
    try {
      return this.#storage?.getItem(this.#key) ?? "";
    } catch {
      // A storage whose file is broken may throw whatever is asked of it.
      return "";
    }
  }

  /** Keeps `text`; an empty one, or one too long to be sent, is not kept. */
  write(text: string): void {
    try {
      if (text === "" || text.length > LONGEST) this.#storage?.removeItem(this.#key);
      else this.#storage?.setItem(this.#key, text);
    } catch {
      // Full, or switched off: then a reload loses it, and nothing else goes wrong.
    }
  }
}
