/**
 * Who is in the room by the server's word, and who vanished from it without one. It is as old as the
 * last word: while the server is out of reach, nothing in it is sure.
 *
 * @module
 */

import type { Version, WelcomeMessage } from "../protocol/messages.ts";

/** A peer by the server's word. */
export interface Entry {
  /** The version that it speaks to the server. */
  readonly version: Version;
  /** Whether its seat is earlier than ours: it does not give way. */
  readonly isEarlier: boolean;
  /** Whether its socket broke, so that no signal reaches it. */
  readonly isAway: boolean;
}

/** How many people are waited for who vanished. */
const MISSING = 16;

/** The peers of the room but this one. */
export class Roster {
  #entries = new Map<string, Entry>();
  #missing = new Map<string, string>();
  #self: string | undefined;
  #isCurrent = false;

  /** What the server calls us. */
  get self(): string | undefined {
    return this.#self;
  }

  /** Each peer's id and entry, in the order of seats. */
  get entries(): [id: string, Entry][] {
    return [...this.#entries];
  }

  /** Takes what the server says of all. */
  enter({ peer: self, peers, seat }: WelcomeMessage): void {
    this.#self = self;
    this.#isCurrent = true;
    this.#entries = new Map(peers.map(({ peer, version, state }, index) => [
      peer,
      { version, isEarlier: index < seat, isAway: state === "away" },
    ]));
  }

  /** The server is out of reach. */
  expire(): void {
    this.#isCurrent = false;
  }

  /** Takes a newcomer. */
  add(id: string, version: Version): void {
    this.#entries.set(id, { version, isEarlier: false, isAway: false });
  }

  /** The server lost a peer, who may come back under another id. */
  delete(id: string): void {
    this.#entries.delete(id);
  }

  /** A peer left, and is not expected back. */
  leave(id: string): void {
    this.#entries.delete(id);
    this.#missing.delete(id);
  }

  /** Nothing was heard of `person` any more, whom the server calls `id`. */
  miss(id: string, person: string): void {
    this.#missing.set(id, person);
    const [oldest] = this.#missing.keys();
    if (this.#missing.size > MISSING && oldest !== undefined) this.#missing.delete(oldest);
  }

  /** A person was heard again. */
  greet(person: string): void {
    for (const [id, missing] of this.#missing) if (missing === person) this.#missing.delete(id);
  }

  /** Whether somebody who vanished has a seat that is kept, under another id than `id`. */
  expects(person: string, id: string): boolean {
    return [...this.#missing].some(([other, missing]) =>
      missing === person && other !== id && this.#entries.has(other)
    );
  }

  /** Those who vanished, and may come back. */
  get missing(): string[] {
    return [...this.#missing.values()];
  }

  /** The socket of a peer broke, or was mended. Does nothing where it is unknown. */
  setAway(id: string, isAway: boolean): void {
    const entry = this.#entries.get(id);
    if (entry !== undefined) this.#entries.set(id, { ...entry, isAway });
  }

  /** Finds a peer. */
  get(id: string): Entry | undefined {
    return this.#entries.get(id);
  }

  /** Whether a signal for the peer would reach it. */
  reaches(id: string): boolean {
    return this.#isCurrent && this.#entries.get(id)?.isAway === false;
  }

  /** Whether the server, which can be asked, knows nothing of the peer. */
  lacks(id: string): boolean {
    return this.#isCurrent && !this.#entries.has(id);
  }
}
