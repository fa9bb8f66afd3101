/**
 * A room: who is in it, and what they say to each other. It knows of its members no more than how
 * to send to them.
 *
 * @module
 */

import type { LeaveReason, PeerEntry, ServerMessage, Version } from "../protocol/messages.ts";
import { type Outgoing, translate } from "../protocol/translate.ts";
import { Mailbox } from "./mailbox.ts";

/** A peer as the room sees it. */
export interface Member {
  /** The id that the server gave it. */
  readonly peer: string;
  /** The version of the protocol that it speaks. */
  readonly version: Version;
  /** Sends one frame; nothing happens where the connection is already gone. */
  send(text: string): void;
}

/** What became of a signal. */
export type Relayed = "relayed" | "kept" | "mailbox-full" | "peer-gone";

/** What a {@linkcode Room} is made of. */
export interface RoomOptions {
  /** How many members it holds. */
  capacity: number;
  /** Called when the last member or reservation is gone. */
  emptied: () => void;
}

/** A handful of peers who signal to each other. */
export class Room {
  /** What it is called. */
  readonly name: string;
  /** How many members it holds. */
  readonly capacity: number;
  #emptied: () => void;
  #members = new Map<string, Member>();
  #reserved = 0;
  #mailbox = new Mailbox();

  /** Opens the room `name` with no one in it. */
  constructor(name: string, options: RoomOptions) {
    this.name = name;
    this.capacity = options.capacity;
    this.#emptied = options.emptied;
  }

  /** Whether every seat is taken or promised. */
  get isFull(): boolean {
    return this.#members.size + this.#reserved >= this.capacity;
  }

  /** The members in the order of their seats. */
  roster(): PeerEntry[] {
    return Array.from(
      this.#members.values(),
      ({ peer, version }) => ({ peer, version, state: "present" }),
    );
  }

  /** Promises a seat to a handshake under way. Returns what gives the promise back, once. */
  reserve(): () => void {
    this.#reserved++;
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.#reserved--;
      this.#checkEmpty();
    };
  }

  /** Seats `member`, tells the others, and hands over what a lone peer had to say. */
  enter(member: Member): void {
    const joined = write({ type: "peer-joined", peer: member.peer, version: member.version });
    for (const other of this.#members.values()) {
      if (other.version === 2) other.send(joined);
    }
    this.#members.set(member.peer, member);
    for (const kept of this.#mailbox.empty()) deliver(kept, member);
  }

  /**
   * Frees the seat of `member` and tells the others; does nothing where it has none. `farewell` is
   * the `leave` that the peer sent, if it sent one.
   */
  leave(member: Member, reason: LeaveReason, farewell?: Outgoing): void {
    if (this.#members.get(member.peer) !== member) return;
    this.#members.delete(member.peer);
    const left = write({ type: "peer-left", peer: member.peer, reason });
    for (const other of this.#members.values()) {
      if (farewell) deliver(farewell, other);
      if (other.version === 2) other.send(left);
      else if (!farewell) other.send(LEAVE);
    }
    // Nobody is left to stand by what was kept.
    if (this.#members.size === 0) this.#mailbox.empty();
    this.#checkEmpty();
  }

  /** Sends a member's signal to one other member, or to all of them; keeps it where it is alone. */
  relay(outgoing: Outgoing, to?: string): Relayed {
    if (to !== undefined) {
      const target = this.#members.get(to);
      if (target === undefined || to === outgoing.from) return "peer-gone";
      deliver(outgoing, target);
      return "relayed";
    }
    if (this.#members.size === 1) return this.#mailbox.keep(outgoing) ? "kept" : "mailbox-full";
    for (const other of this.#members.values()) {
      if (other.peer !== outgoing.from) deliver(outgoing, other);
    }
    return "relayed";
  }

  #checkEmpty(): void {
    if (this.#members.size === 0 && this.#reserved === 0) this.#emptied();
  }
}

const LEAVE = '{"type":"leave"}';

function deliver(outgoing: Outgoing, member: Member): void {
  const text = translate(outgoing, member.version);
  if (text !== undefined) member.send(text);
}

function write(message: ServerMessage): string {
  return JSON.stringify(message);
}
