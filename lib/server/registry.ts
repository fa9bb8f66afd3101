/**
 * The rooms of this process. A room exists from its first seat to its last.
 *
 * @module
 */

import type { Clock } from "../clock.ts";
import { Deadlines } from "./deadlines.ts";
import { probe, PROBE_TIMEOUT } from "./probe.ts";
import { Room, type RoomOptions } from "./room.ts";

/** What a {@linkcode Registry} holds to. */
export interface RegistryOptions {
  /** Seats of a room. */
  capacity: number;
  /** Rooms at a time; `Infinity` where nothing is limited. */
  maxRooms: number;
  /** Seconds for which the seat of a dropped connection is kept. */
  seatGrace: number;
  /** The time. */
  clock: Clock;
}

/** The rooms by name. */
export class Registry {
  #rooms = new Map<string, Room>();
  #maxRooms: number;
  #roomOptions: RoomOptions;
  #questions: Deadlines;
  /** The rooms that are being asked, for all newcomers at once. */
  #probes = new Map<Room, Promise<void>>();

  /** Makes a registry without rooms. */
  constructor({ capacity, maxRooms, seatGrace, clock }: RegistryOptions) {
    this.#maxRooms = maxRooms;
    this.#questions = new Deadlines(clock, PROBE_TIMEOUT);
    this.#roomOptions = {
      capacity,
      now: () => clock.now(),
      grace: new Deadlines(clock, seatGrace * 1000),
      emptied: ({ name }) => this.#rooms.delete(name),
    };
  }

  /** How many rooms there are. */
  get size(): number {
    return this.#rooms.size;
  }

  /** How many seats wait for a peer that is away. */
  get away(): number {
    return this.#roomOptions.grace.size;
  }

  /** Tells whether the room `name` has no seat left. Does not open a room. */
  isFull(name: string): boolean {
    return this.#rooms.get(name)?.isFull ?? false;
  }

  /**
   * Finds the milliseconds after which the room `name` has a free seat even if nobody leaves it;
   * nothing where none of its peers is away.
   */
  waitFor(name: string): number | undefined {
    const { grace, now } = this.#roomOptions;
    const seats = this.#rooms.get(name)?.seats ?? [];
    const wait = Math.min(
      ...seats.map((seat) => Math.min(grace.left(seat) ?? Infinity, seat.yieldsAt - now())),
    );
    return Number.isFinite(wait) ? wait : undefined;
  }

  /** Tells whether the room `name` is there, or there may be one more. */
  canOpen(name: string): boolean {
    return this.#rooms.size < this.#maxRooms || this.#rooms.has(name);
  }

  /** Finds the room `name`. */
  find(name: string): Room | undefined {
    return this.#rooms.get(name);
  }

  /**
   * Finds the room `name`, or opens it; the caller, who saw that it {@linkcode Registry.canOpen},
   * seats somebody in it at once, or promises a seat.
   */
  open(name: string): Room {
    let room = this.#rooms.get(name);
    if (room === undefined) {
      room = new Room(name, this.#roomOptions);
      this.#rooms.set(name, room);
    }
    return room;
  }

  /** Keeps no seat of a peer that is away any longer. Calling it again does nothing. */
  close(): void {
    this.#roomOptions.grace.close();
    this.#questions.close();
  }

  /**
   * Asks the quiet peers of the room `name` whether they are there, and frees the seats of those
   * who are not. Answers nothing where there is nobody to ask.
   */
  probe(name: string): Promise<void> | undefined {
    const room = this.#rooms.get(name);
    if (room === undefined) return undefined;
    const running = this.#probes.get(room);
    if (running !== undefined) return running;
    const asking = probe(room, this.#questions)?.finally(() => this.#probes.delete(room));
    if (asking !== undefined) this.#probes.set(room, asking);
    return asking;
  }
}
