/**
 * The open sockets of this process. Some trouble makes no event: a peer that stopped reading, memory
 * that fills. While there are sockets, one timer looks after all of them.
 *
 * @module
 */

import type { Cancel, Clock } from "../clock.ts";
import type { Close } from "../protocol/closes.ts";

/** A socket as the watch sees it. */
export interface Watched {
  /** Ends it if its peer has stopped reading. */
  checkReading(): void;
  /** Says why, and closes. */
  turnOut(close: Close): void;
  /** Leaves its seat to whoever comes back to it. */
  drop(): void;
}

/** Milliseconds between two looks at the memory, and at those for whom too much waits. */
const LOOK = 100;

/** How many looks lie between two rounds of all sockets. */
const ROUND = 10;

/** The open sockets. */
export class Sockets {
  #open = new Set<Watched>();
  #suspects = new Set<Watched>();
  #clock: Clock;
  #checkMemory: () => void;
  #looks = 0;
  #cancel: Cancel | undefined;

  /** Makes an empty set; `checkMemory` is called often while it is not. */
  constructor(clock: Clock, checkMemory: () => void) {
    this.#clock = clock;
    this.#checkMemory = checkMemory;
  }

  /** How many there are. */
  get size(): number {
    return this.#open.size;
  }

  /** Watches over a socket. */
  add(socket: Watched): void {
    this.#open.add(socket);
    this.#cancel ??= this.#clock.every(LOOK, () => this.#look());
  }

  /** Looks at a socket soon: too much waits to be read. */
  suspect(socket: Watched): void {
    this.#suspects.add(socket);
  }

  /** Forgets a socket, once it is really closed. */
  delete(socket: Watched): void {
    if (this.#open.delete(socket) && this.#open.size === 0) this.close();
  }

  /** Looks after nobody any longer. Calling it again does nothing. */
  close(): void {
    this.#open.clear();
    this.#suspects.clear();
    this.#cancel?.();
    this.#cancel = undefined;
  }

  /** Turns everybody out. */
  turnOut(close: Close): void {
    const all = [...this.#open];
    for (const socket of all) socket.turnOut(close);
    // Now that nobody hears any more of whoever else goes.
    for (const socket of all) socket.drop();
  }

  #look(): void {
    this.#checkMemory();
    const all = ++this.#looks % ROUND === 0;
    const checked = all ? [...this.#open] : this.#suspects;
    // Whoever is suspected because of what is found now has not had the time to read it.
    this.#suspects = new Set();
    for (const socket of checked) socket.checkReading();
  }
}
