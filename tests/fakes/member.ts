import type { Close } from "../../lib/protocol/closes.ts";
import { parseClientMessage, type Parsed, parseVersion1 } from "../../lib/protocol/parse.ts";
import type { ClientMessage, Version, Version1Message } from "../../lib/protocol/messages.ts";
import { Outgoing } from "../../lib/protocol/translate.ts";
import { Deadlines } from "../../lib/server/deadlines.ts";
import type { Member } from "../../lib/server/member.ts";
import { Room, type Seat } from "../../lib/server/room.ts";
import { SteppedClock } from "./clock.ts";
import { valueOf } from "./unwrap.ts";

/** Milliseconds for which a seat is kept in a room of {@linkcode openRoom}. */
export const GRACE = 30_000;

/** A connection that writes down what a room does to it. */
export class FakeMember implements Member {
  readonly version: Version;
  /** With which code it was ended. */
  dismissed: number | undefined;
  /** Whether it would answer that it was asked. */
  isQuiet = false;
  /** Gives the sign of life that it was asked for. */
  heard: (() => void) | undefined;
  /** Called whenever something is sent, after it was written down. */
  onSend: (text: string) => void = () => {};
  #frames: string[] = [];

  constructor(version: Version) {
    this.version = version;
  }

  send(text: string): void {
    this.#frames.push(text);
    this.onSend(text);
  }

  dismiss({ code }: Close): void {
    this.dismissed = code;
  }

  ask(heard: () => void): boolean {
    if (this.isQuiet) this.heard = heard;
    return this.isQuiet;
  }

  /** Takes what was sent since the last look. */
  take(): string[] {
    return this.#frames.splice(0);
  }
}

/** A member that has sat down, and the others know it. */
export interface Seated {
  member: FakeMember;
  seat: Seat;
  /** Takes what the member was sent since the last look. */
  take(): string[];
}

/** Opens a room; `emptied` counts how often it said that nobody is left. */
export function openRoom(capacity = 2) {
  const clock = new SteppedClock();
  const grace = new Deadlines(clock, GRACE);
  const emptied: Room[] = [];
  const room = new Room("lobby", {
    capacity,
    now: () => clock.now(),
    grace,
    emptied: (room) => void emptied.push(room),
  });
  return { room, clock, grace, emptied };
}

/** Seats a new member of each version in turn; nothing that was said on the way is kept. */
export function seat(room: Room, ...versions: Version[]): Seated[] {
  const seated = versions.map((version) => {
    const member = new FakeMember(version);
    const seat = room.enter(member);
    room.announce(seat, "peer-joined");
    return { member, seat, take: () => member.take() };
  });
  for (const { member } of seated) member.take();
  return seated;
}

/** What the peer of `seat` sends. */
export function says({ seat }: { seat: Seat }, message: object): Outgoing {
  const text = JSON.stringify(message);
  const parsed: Parsed<ClientMessage | Version1Message> = valueOf<
    Parsed<ClientMessage | Version1Message>
  >(seat.version === 1 ? parseVersion1(text) : parseClientMessage(text));
  return new Outgoing(text, parsed, seat.peer);
}
