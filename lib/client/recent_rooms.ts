/**
 * The rooms that this device was in lately, for its own start page: names and times, nothing else, in
 * its own storage, the latest visit first. `static/recent_rooms.js` reads and shortens the same list.
 *
 * @module
 */

import { parseRoomName } from "../protocol/ids.ts";
import { isObject, parseList } from "../protocol/parse.ts";
import { seatKey } from "./tab.ts";

/** Where the list stands in `localStorage`: JSON, `[{"name": string, "at": number}, …]`. */
export const RECENT_ROOMS_KEY = "tincan:recent";

/** How many rooms are remembered. */
export const MAX_RECENT_ROOMS = 8;

/** A room that this device was in. */
export interface RecentRoom {
  /** The room's name. */
  name: string;
  /** When it was last there, in milliseconds since 1970. */
  at: number;
}

/** The latest moment that a `Date` can tell (ECMA-262, time values). */
const LAST_MOMENT = 8.64e15;

/** The list of rooms, newest first. Where there is no storage, or it refuses, it stays empty. */
export class RecentRooms {
  #storage: Pick<Storage, "getItem" | "setItem" | "removeItem"> | undefined;

  /** Opens the list in `storage`. */
  constructor(storage: Pick<Storage, "getItem" | "setItem" | "removeItem"> | undefined) {
    this.#storage = storage;
  }

  /** Puts a room on top: this device was there at the moment `at`. */
  visit(name: string, at: number): void {
    const others = this.list().filter((room) => room.name !== name);
    this.#write([{ name, at }, ...others]);
  }

  /** Reads the list; whatever is no room in it is passed over. */
  list(): RecentRoom[] {
    const parsed = parseList(this.#read());
    const rooms = new Map<string, RecentRoom>();
    for (const entry of parsed.ok ? parsed.value : []) {
      const room = parseRoom(entry);
      if (room !== undefined && !rooms.has(room.name)) rooms.set(room.name, room);
    }
    return [...rooms.values()].slice(0, MAX_RECENT_ROOMS);
  }

  #read(): string {
    try {
      return this.#storage?.getItem(RECENT_ROOMS_KEY) ?? "";
    } catch {
      // Switched off since the page was opened.
      return "";
    }
  }

  #write(rooms: RecentRoom[]): void {
    const kept = rooms.slice(0, MAX_RECENT_ROOMS);
    try {
      // Whoever is not on the list any more leaves nothing behind.
      for (const { name } of rooms.slice(MAX_RECENT_ROOMS)) {
        this.#storage?.removeItem(seatKey(name));
      }
      if (kept.length > 0) this.#storage?.setItem(RECENT_ROOMS_KEY, JSON.stringify(kept));
      else this.#storage?.removeItem(RECENT_ROOMS_KEY);
    } catch {
      // Full, or switched off: then this room is not remembered.
    }
  }
}

function parseRoom(value: unknown): RecentRoom | undefined {
  if (!isObject(value)) return undefined;
  const name = parseRoomName(value.name);
  const { at } = value;
  if (!name.ok || typeof at !== "number" || !(at >= 0 && at <= LAST_MOMENT)) return undefined;
  return { name: name.value, at };
}
