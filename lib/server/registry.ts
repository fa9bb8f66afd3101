/**
 * The rooms of this process. A room exists from its first seat to its last.
 *
 * @module
 */

import { Room } from "./room.ts";

/** The rooms by name. */
export class Registry {
  #rooms = new Map<string, Room>();
  #capacity: number;

  /** Makes a registry whose rooms hold `capacity` peers. */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** How many rooms there are. */
  get size(): number {
    return this.#rooms.size;
  }

  /** Tells whether the room `name` has no seat left. Does not open a room. */
  isFull(name: string): boolean {
    return this.#rooms.get(name)?.isFull ?? false;
  }

  /** Finds the room `name`, or opens it; the caller seats somebody in it at once. */
  open(name: string): Room {
    const found = this.#rooms.get(name);
    if (found !== undefined) return found;
    const room = new Room(name, {
      capacity: this.#capacity,
      emptied: () => this.#rooms.delete(name),
    });
    this.#rooms.set(name, room);
    return room;
  }
}
