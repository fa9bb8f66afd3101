/**
 * What all signaling sockets of this process share.
 *
 * @module
 */

import type { Clock } from "../clock.ts";
import type { LimitName } from "../protocol/limits.ts";
import type { WelcomeMessage } from "../protocol/messages.ts";
import { Admission } from "./admission.ts";
import type { Rates } from "./allowance.ts";
import type { Config, Limits } from "./config.ts";
import { Deadlines } from "./deadlines.ts";
import { MemoryGuard } from "./memory_guard.ts";
import { Registry } from "./registry.ts";
import { Sockets } from "./sockets.ts";

/** Milliseconds in which what a peer has said already arrives, before its socket is closed. */
const CLOSING = 100;

/** Milliseconds that a peer has to answer the close of its socket. */
const ANSWER = 30_000;

/** Milliseconds that a peer has to close after its `leave`, until the server does. */
const LINGER = 1_000;

/** Milliseconds in which a handshake that was accepted completes, if it ever does. */
const OPENING = 5_000;

/** Milliseconds between a version 2 client's pings, and without an answer until it gives up. */
const HEARTBEAT = { interval: 10_000, timeout: 5_000 };

/** The limits that a client can heed; the others are nobody's business. */
const TOLD = [
  "MAX_MESSAGE_BYTES",
  "MESSAGES_PER_SECOND",
  "MESSAGE_BURST",
  "BYTES_PER_SECOND",
  "BYTE_BURST",
  "SEAT_GRACE",
] as const satisfies LimitName[];

/** What all signaling sockets share. */
export interface Signaling {
  /** What the operator set. */
  readonly config: Config;
  /** The time. */
  readonly clock: Clock;
  /** The rooms. */
  readonly registry: Registry;
  /** Who may open one more socket. */
  readonly admission: Admission;
  /** The open sockets. */
  readonly sockets: Sockets;
  /** The memory of the process. */
  readonly memory: MemoryGuard;
  /** How much one connection may send. */
  readonly rates: Rates;
  /** The part of a `welcome` that is the same for all. */
  readonly welcome: Pick<WelcomeMessage, "heartbeat" | "limits">;
  /** Sockets whose handshake is under way. */
  readonly opening: Deadlines;
  /** Version 2 sockets that have not joined yet. */
  readonly joining: Deadlines;
  /** Sockets that are closed as soon as what their peer has said meanwhile is in. */
  readonly closing: Deadlines;
  /** Sockets that were closed, and whose peer has not answered yet. */
  readonly answering: Deadlines;
  /** Sockets whose peer has left and closes by itself. */
  readonly leaving: Deadlines;
  /** Stops every timer. Calling it again does nothing. */
  close(): void;
}

/** Makes the services that `config` asks for. */
export function createSignaling(config: Config, clock: Clock): Signaling {
  const { limits } = config;
  const opening = new Deadlines(clock, OPENING);
  const joining = new Deadlines(clock, limits.JOIN_TIMEOUT * 1000);
  const closing = new Deadlines(clock, CLOSING);
  const answering = new Deadlines(clock, ANSWER);
  const leaving = new Deadlines(clock, LINGER);
  const memory = new MemoryGuard({ limit: limits.MAX_RSS, clock });
  const registry = new Registry({
    capacity: limits.ROOM_CAPACITY,
    maxRooms: limits.MAX_ROOMS,
    seatGrace: limits.SEAT_GRACE,
    clock,
  });
  const admission = new Admission({
    limits,
    clock,
    isShortOfMemory: () => memory.isShort(),
    onOverrun: () => memory.askRelief("Too many sockets answer no close"),
  });
  const sockets = new Sockets(clock, () => memory.check());
  return {
    config,
    clock,
    registry,
    admission,
    sockets,
    memory,
    opening,
    joining,
    closing,
    answering,
    leaving,
    rates: {
      messages: { perSecond: limits.MESSAGES_PER_SECOND, burst: limits.MESSAGE_BURST },
      bytes: { perSecond: limits.BYTES_PER_SECOND, burst: limits.BYTE_BURST },
    },
    welcome: { heartbeat: HEARTBEAT, limits: pickFinite(limits) },
    close() {
      for (
        const part of [registry, admission, sockets, opening, joining, closing, answering, leaving]
      ) {
        part.close();
      }
    },
  };
}

/** JSON has no infinity: where a limit is lifted, nothing is said of it. */
function pickFinite(limits: Limits): WelcomeMessage["limits"] {
  return Object.fromEntries(
    TOLD.map((name) => [name, limits[name]] as const).filter(([, value]) => Number.isFinite(value)),
  );
}
