/**
 * A room: who has a seat in it, and what they say to each other. It knows of its members no more
 * than how to send to them and how to end them.
 *
 * @module
 */

import { CLOSE } from "../protocol/closes.ts";
import { randomId } from "../protocol/ids.ts";
import type { LeaveReason, PeerEntry, ServerMessage, Version } from "../protocol/messages.ts";
import type { Outgoing } from "../protocol/translate.ts";
import type { Deadlines, Expiring } from "./deadlines.ts";
import { Mailbox } from "./mailbox.ts";
import type { Member } from "./member.ts";

/** What became of a signal. */
export type Relayed = "relayed" | "kept" | "mailbox-full" | "peer-gone" | "peer-away";

/** What all rooms of a registry share. */
export interface RoomOptions {
  /** How many seats a room has. */
  readonly capacity: number;
  /** The time now, in milliseconds. */
  readonly now: () => number;
  /** Counts the time for which the seat of a dropped connection is kept. */
  readonly grace: Deadlines;
  /** Called when the last seat or reservation of a room is gone. */
  readonly emptied: (room: Room) => void;
}

/** Milliseconds in which a page that reloads is back. */
const RELOADING = 5_000;

/** A peer's place in a room. It outlives a dropped connection for a while. */
export class Seat implements Expiring {
  /** The id that the server gave to the peer. */
  readonly peer: string = randomId(16);
  /** The room that it is in. */
  readonly room: Room;
  /** The version that the peer speaks. */
  readonly version: Version;
  /** What proves that a later connection is the same peer; version 1 has no word for it. */
  readonly token: string | undefined;
  /** The peer's connection; none while it is away. */
  member: Member | undefined;
  /** From when on it gives way to a newcomer, as its peer closed and does not just reload. */
  yieldsAt: number = Infinity;

  /** Makes a seat for `member`. */
  constructor(room: Room, member: Member) {
    this.room = room;
    this.member = member;
    this.version = member.version;
    this.token = member.version === 2 ? randomId(22) : undefined;
  }

  /** The time is up, and the peer did not come back. */
  expire(): void {
    this.room.leave(this, "lost");
  }
}

/** A handful of peers who signal to each other. */
export class Room {
  /** What it is called. */
  readonly name: string;
  #options: RoomOptions;
  /** In the order of seats; replaced rather than changed, so that a loop over it stays true. */
  #seats: readonly Seat[] = [];
  #reserved = 0;
  #mailbox: Mailbox | undefined;

  /** Opens the room `name` with no one in it. */
  constructor(name: string, options: RoomOptions) {
    this.name = name;
    this.#options = options;
  }

  /** How many seats it has. */
  get capacity(): number {
    return this.#options.capacity;
  }

  /** Whether every seat is taken or promised. */
  get isFull(): boolean {
    return this.#seats.length - this.#yielding().length + this.#reserved >= this.capacity;
  }

  /** The seats that are taken, the earliest first. */
  get seats(): readonly Seat[] {
    return this.#seats;
  }

  /** The peers but `own`, in the order of their seats. */
  roster(own?: Seat): PeerEntry[] {
    const peers: PeerEntry[] = [];
    for (const seat of this.#seats) {
      const { peer, version, member } = seat;
      if (seat !== own) peers.push({ peer, version, state: member ? "present" : "away" });
    }
    return peers;
  }

  /** Promises a seat to a handshake under way. */
  reserve(): void {
    this.makeRoom();
    this.#reserved++;
  }

  /** Has a seat that gives way do so, where all are taken; a newcomer is about to come. */
  makeRoom(): void {
    const [seat] = this.#yielding();
    const isTaken = this.#seats.length + this.#reserved >= this.capacity;
    if (isTaken && seat !== undefined) this.leave(seat, "lost");
  }

  /** Takes a promise back. */
  release(): void {
    this.#reserved--;
    this.#checkEmpty();
  }

  /** Gives a seat to `member`. The others hear of it by {@linkcode Room.announce}. */
  enter(member: Member): Seat {
    const seat = new Seat(this, member);
    this.#seats = [...this.#seats, seat];
    return seat;
  }

  /**
   * Gives the seat of `token` to `member`; whoever still holds it is replaced. Answers nothing where
   * no seat has that token.
   */
  resume(token: string, member: Member): Seat | undefined {
    // 128 random bits behind a limit of upgrades: how long a comparison takes tells nothing of use.
    const seat = this.#seats.find((other) => other.token === token);
    if (seat === undefined) return undefined;
    const former = seat.member;
    if (former !== undefined) this.#setAway(seat);
    this.#options.grace.delete(seat);
    seat.yieldsAt = Infinity;
    seat.member = member;
    former?.dismiss(CLOSE.replaced);
    return seat;
  }

  /** Tells the others that the peer of `seat` is new here, or `back`; hands it what was kept. */
  announce(seat: Seat, what: "peer-joined" | "peer-back"): void {
    const { peer, version, member } = seat;
    this.#tell(seat, what === "peer-back" ? { type: what, peer } : { type: what, peer, version });
    if (member === undefined) return;
    for (const kept of this.#mailbox?.empty() ?? []) {
      if (kept.from === peer) this.#mailbox?.keep(kept);
      else deliver(kept, member);
    }
  }

  /**
   * The connection of `seat` broke, or `hasClosed`: its peer closed it, and soon gives way to a
   * newcomer. In version 2 it may come back for a while. Does nothing to a seat with another member.
   */
  drop(seat: Seat, member: Member, hasClosed = false): void {
    if (seat.member !== member) return;
    if (seat.token === undefined) return this.leave(seat, "lost");
    this.#setAway(seat);
    this.#options.grace.add(seat);
    if (hasClosed) seat.yieldsAt = this.#options.now() + RELOADING;
  }

  /**
   * Frees a seat and tells the others; does nothing where it is free. `farewell` is the `leave`
   * that the peer sent, if it sent one.
   */
  leave(seat: Seat, reason: LeaveReason, farewell?: Outgoing): void {
    if (!this.#seats.includes(seat)) return;
    this.#seats = this.#seats.filter((other) => other !== seat);
    this.#options.grace.delete(seat);
    const wasAway = seat.member === undefined;
    seat.member = undefined;
    const left = write({ type: "peer-left", peer: seat.peer, reason });
    for (const { member } of this.#seats) {
      if (member === undefined) continue;
      if (farewell) deliver(farewell, member);
      if (member.version === 2) member.send(left);
      else if (!farewell && !wasAway) member.send(LEAVE);
    }
    // Nobody is left to stand by what was kept.
    this.#mailbox?.forget(seat.peer);
    this.#checkEmpty();
  }

  /** Sends a peer's signal to one other peer, or to all of them; keeps it where nobody is there. */
  relay(outgoing: Outgoing, to?: string): Relayed {
    const seats = this.#seats;
    if (to !== undefined) {
      if (to === outgoing.from) return "peer-gone";
      for (const { peer, member } of seats) {
        if (peer !== to) continue;
        if (member === undefined) return "peer-away";
        deliver(outgoing, member);
        return "relayed";
      }
      return "peer-gone";
    }
    let heard = false;
    for (const { peer, member } of seats) {
      if (member === undefined || peer === outgoing.from) continue;
      heard = true;
      deliver(outgoing, member);
    }
    if (heard) return "relayed";
    this.#mailbox ??= new Mailbox();
    return this.#mailbox.keep(outgoing) ? "kept" : "mailbox-full";
  }

  /** Version 1 has no word for a peer that may come back: to it, away is gone. */
  #setAway(seat: Seat): void {
    seat.member = undefined;
    this.#tell(seat, { type: "peer-away", peer: seat.peer }, LEAVE);
  }

  #tell(about: Seat, message: ServerMessage, inVersion1?: string): void {
    const text = write(message);
    for (const seat of this.#seats) {
      if (seat === about || seat.member === undefined) continue;
      const words = seat.version === 2 ? text : inVersion1;
      if (words !== undefined) seat.member.send(words);
    }
  }

  #yielding(): Seat[] {
    return this.#seats.filter(({ yieldsAt }) => yieldsAt <= this.#options.now());
  }

  #checkEmpty(): void {
    if (this.#seats.length === 0 && this.#reserved === 0) this.#options.emptied(this);
  }
}

const LEAVE = '{"type":"leave"}';
function deliver(outgoing: Outgoing, member: Member): void {
  const text = outgoing.textFor(member.version);
  if (text !== undefined) member.send(text);
}

function write(message: ServerMessage): string {
  return JSON.stringify(message);
}
