/**
 * Finding a newcomer its seat, or the reason why there is none.
 *
 * @module
 */

import { CLOSE, type Close } from "../protocol/closes.ts";
import type { ErrorMessage } from "../protocol/messages.ts";
import type { Registry } from "./registry.ts";
import type { Member } from "./member.ts";
import type { Seat } from "./room.ts";

/** What came of looking for a seat. */
export type Seating =
  /** It is there; the others are to be told that the peer joined, or is back. */
  | { state: "seated"; seat: Seat; news: "peer-joined" | "peer-back" }
  /** The room is full, but perhaps not of the living: look again when they were asked. */
  | { state: "asking"; asked: Promise<void> }
  /** There is none. */
  | { state: "refused"; error: ErrorMessage; close: Close };

/** Why there is no seat, in the words of both versions. */
export interface NoSeat {
  /** The error that a peer hears. */
  error: ErrorMessage;
  /** How a socket ends for it. */
  close: Close;
  /** The status of a handshake that is refused for it (RFC 9110 section 15.5, 15.6). */
  status: 409 | 503;
}

const ROOM_FULL: NoSeat = {
  error: {
    type: "error",
    code: "room-full",
    message: "Every seat of this room is taken: try again later, or use another room",
  },
  close: CLOSE.roomFull,
  status: 409,
};

const TOO_MANY_ROOMS: NoSeat = {
  error: {
    type: "error",
    code: "try-later",
    message: "This server has as many rooms as it may: try again later",
    retryAfter: 5,
  },
  close: CLOSE.tryLater,
  status: 503,
};

/** Says why the room `name` has no seat for a newcomer; nothing where it has one. */
export function refuseSeat(registry: Registry, name: string): NoSeat | undefined {
  if (registry.isFull(name)) return roomFull(registry.waitFor(name));
  return registry.canOpen(name) ? undefined : TOO_MANY_ROOMS;
}

/** A seat whose peer is away is free when its time is up, if not before. */
function roomFull(wait: number | undefined): NoSeat {
  if (wait === undefined) return ROOM_FULL;
  const retryAfter = Math.max(1, Math.ceil(wait / 1000));
  return { ...ROOM_FULL, error: { ...ROOM_FULL.error, retryAfter } };
}

/** What a newcomer brings. */
export interface Newcomer {
  /** The connection that is to be seated. */
  member: Member;
  /** The room that it asks for. */
  name: string;
  /** The token of the seat that it had, if it had one. */
  resume: string | undefined;
  /** Whether the quiet peers of a full room were asked already. */
  hasAsked: boolean;
}

/** Seats a newcomer: in the seat that it had, or else in a free one. */
export function findSeat(registry: Registry, newcomer: Newcomer): Seating {
  const { member, name, resume, hasAsked } = newcomer;
  const kept = resume === undefined ? undefined : registry.find(name)?.resume(resume, member);
  if (kept !== undefined) return { state: "seated", seat: kept, news: "peer-back" };
  const asked = !hasAsked && registry.isFull(name) ? registry.probe(name) : undefined;
  if (asked !== undefined) return { state: "asking", asked };
  const refusal = refuseSeat(registry, name);
  if (refusal !== undefined) return { state: "refused", ...refusal };
  const room = registry.open(name);
  room.makeRoom();
  return { state: "seated", seat: room.enter(member), news: "peer-joined" };
}
