/**
 * The peer at the other end of a connection: what it says is read, judged by its session, and done
 * in its room.
 *
 * @module
 */

import { CLOSE, type Close } from "../protocol/closes.ts";
import type {
  ErrorMessage,
  IceConfiguration,
  ServerMessage,
  Version,
} from "../protocol/messages.ts";
import type { Parsed } from "../protocol/parse.ts";
import { Outgoing } from "../protocol/translate.ts";
import type { Expiring } from "./deadlines.ts";
import type { Upgrade } from "./handshake.ts";
import { type Frame, read } from "./intake.ts";
import type { Member } from "./member.ts";
import { Pulse } from "./pulse.ts";
import type { Relayed, Room, Seat } from "./room.ts";
import { findSeat } from "./seating.ts";
import { type AnyMessage, FRESH, join, receive, type Session } from "./session.ts";
import type { Signaling } from "./signaling.ts";
import { iceConfigurationFor } from "./turn_credentials.ts";

/** What a peer needs of its connection. */
export interface Line {
  /** Sends one frame; nothing happens where the connection is already gone. */
  send(text: string): void;
  /** Begins to close. */
  close(close: Close): void;
}

/** What is heard of a signal that reached nobody. */
const UNHEARD: Record<Exclude<Relayed, "relayed" | "kept">, string> = {
  "peer-gone": 'No such peer is in this room: "to" must be the id of another one',
  "peer-away": 'This peer is away: wait for its "peer-back"',
  "mailbox-full": "Nobody is here yet, and no more can be kept: wait for a peer, or offer anew",
};

/** A peer, from its handshake to its end. */
export class Peer implements Member, Expiring {
  #line: Line;
  #upgrade: Upgrade;
  #signaling: Signaling;
  #session: Session = FRESH.ended;
  #pulse = new Pulse();
  /** Where a version 1 peer is expected, from the handshake until its socket is open. */
  #promised: Room | undefined;
  #seat: Seat | undefined;

  /** Makes the peer of a handshake; a version 1 peer has its seat promised from now on. */
  constructor(line: Line, upgrade: Upgrade, signaling: Signaling) {
    this.#line = line;
    this.#upgrade = upgrade;
    this.#signaling = signaling;
    if (upgrade.state === "turn-away") return;
    this.#session = upgrade.version === 1 ? FRESH.joined : FRESH.joining;
    if (upgrade.version === 2) return;
    this.#promised = signaling.registry.open(upgrade.room);
    this.#promised.reserve();
  }

  /** The version that it speaks. */
  get version(): Version {
    return this.#upgrade.version;
  }

  /** Whether nothing is heard of it any more. */
  get hasEnded(): boolean {
    return this.#session.state === "ended";
  }

  /** The socket is open. */
  open(): void {
    const upgrade = this.#upgrade;
    if (upgrade.state === "turn-away") return this.#refuse(upgrade.error, upgrade.close);
    const promised = this.#promised;
    if (promised === undefined) return this.#signaling.joining.add(this);
    this.#seat = promised.enter(this);
    promised.announce(this.#seat, "peer-joined");
    this.#release();
  }

  /** Hears a frame. */
  receive(frame: Frame): void {
    this.#pulse.heard(frame.now);
    const { MAX_MESSAGE_BYTES } = this.#signaling.config.limits;
    const intake = read(frame, this.version, MAX_MESSAGE_BYTES);
    if (!intake.ok && intake.close !== undefined) {
      const error: ErrorMessage = { type: "error", code: "bad-message", message: intake.reason };
      return this.#refuse(error, intake.close);
    }
    const step = receive(this.#session, intake);
    if (step.session !== undefined) this.#session = step.session;
    switch (step.do) {
      case "nothing":
        return;
      case "relay":
        if (intake.ok) this.#relay(intake.value, String(frame.data));
        return;
      case "join":
        this.#signaling.joining.delete(this);
        return this.#join(step.join.resume);
      case "leave":
        if (intake.ok) this.#leave(intake.value, String(frame.data));
        return;
      case "ice-servers":
        if (this.#seat) this.#say({ type: step.do, ...this.#ice(this.#seat) });
        return;
      case "pong":
        this.#pulse.keepsHeartbeat();
        return this.#say({ type: "pong", t: step.t });
      case "alive":
        return this.#pulse.keepsHeartbeat();
      case "complain":
        return this.#say(step.error);
      case "close":
        return this.#refuse(step.error, step.close);
      default:
        step satisfies never;
    }
  }

  send(text: string): void {
    this.#line.send(text);
  }

  dismiss(close: Close): void {
    this.#seat = undefined;
    this.#close(close);
  }

  ask(heard: () => void): boolean {
    const now = this.#signaling.clock.now();
    if (!this.#pulse.expect(now, heard)) return false;
    this.#say({ type: "ping", t: Math.round(now) });
    return true;
  }

  /** What it was given time for is over: its `join`, or closing after its `leave`. */
  expire(): void {
    if (this.hasEnded) return this.#line.close(CLOSE.left);
    const { JOIN_TIMEOUT } = this.#signaling.config.limits;
    const message = `A "join" was due ${JOIN_TIMEOUT} s after opening`;
    this.#refuse({ type: "error", code: "join-timeout", message }, CLOSE.noJoin);
  }

  /** The socket broke, or the peer closed it; where the version allows it, the seat is kept. */
  drop(hasClosed = false): void {
    const seat = this.#seat;
    this.#seat = undefined;
    seat?.room.drop(seat, this, hasClosed);
    this.end();
  }

  /** Hears nothing more, and frees the seat. Calling it again does nothing. */
  end(): void {
    this.#session = FRESH.ended;
    this.#signaling.joining.delete(this);
    this.#signaling.leaving.delete(this);
    this.#pulse.answer();
    this.#release();
    const seat = this.#seat;
    this.#seat = undefined;
    seat?.room.leave(seat, "lost");
  }

  #join(resume: string | undefined, hasAsked = false): void {
    if (this.#upgrade.state === "turn-away") return;
    const { registry } = this.#signaling;
    const { room: name } = this.#upgrade;
    const seating = findSeat(registry, { member: this, name, resume, hasAsked });
    switch (seating.state) {
      case "seated":
        return this.#welcome(seating.seat, seating.news);
      case "asking":
        void seating.asked.then(() => this.hasEnded || this.#join(resume, true));
        return;
      case "refused":
        return this.#refuse(seating.error, seating.close);
      default:
        seating satisfies never;
    }
  }

  #welcome(seat: Seat, news: "peer-joined" | "peer-back"): void {
    const { room } = seat;
    this.#seat = seat;
    this.#session = join(this.#session);
    this.#say({
      type: "welcome",
      peer: seat.peer,
      room: room.name,
      capacity: room.capacity,
      peers: room.roster(seat),
      seat: room.seats.indexOf(seat),
      ...(seat.token !== undefined && { resume: seat.token }),
      ...this.#ice(seat),
      ...this.#signaling.welcome,
    });
    room.announce(seat, news);
  }

  /** Credentials end at a time of day, which the clock of all that waits does not know. */
  #ice({ peer }: Seat): IceConfiguration {
    return iceConfigurationFor(this.#signaling.config.ice, { peer, now: Date.now() });
  }

  #relay(parsed: Parsed<AnyMessage>, text: string): void {
    const seat = this.#seat;
    if (seat === undefined) return;
    const { message } = parsed;
    const to = "to" in message ? message.to : undefined;
    const outcome = seat.room.relay(new Outgoing(text, parsed, seat.peer), to);
    if (outcome === "relayed" || outcome === "kept") return;
    this.#say({ type: "error", code: outcome, message: UNHEARD[outcome] });
  }

  #leave(parsed: Parsed<AnyMessage>, text: string): void {
    const seat = this.#seat;
    this.#seat = undefined;
    seat?.room.leave(seat, "left", new Outgoing(text, parsed, seat.peer));
    this.end();
    // Who says leave closes, too; two closes at once would cross.
    this.#signaling.leaving.add(this);
  }

  #say(message: ServerMessage): void {
    this.#line.send(JSON.stringify(message));
  }

  #refuse(error: ErrorMessage, close: Close): void {
    this.#say(error);
    this.#close(close);
  }

  #close(close: Close): void {
    this.end();
    this.#line.close(close);
  }

  #release(): void {
    const promised = this.#promised;
    this.#promised = undefined;
    promised?.release();
  }
}
