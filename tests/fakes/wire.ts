import { setImmediate } from "node:timers";
import type { ConnectionState } from "../../lib/client/connection_state.ts";
import { PeerConnection } from "../../lib/client/peer_connection.ts";
import type { LocalSignal } from "../../lib/client/negotiator.ts";
import type { RtcPort } from "../../lib/client/rtc.ts";
import { seededRandom } from "./random.ts";

/** One side of a wire, with everything that it was told. */
export interface Side {
  readonly connection: PeerConnection;
  readonly states: ConnectionState[];
  readonly frames: unknown[];
  /** Every signal that it sent. */
  readonly signals: LocalSignal[];
  /** How often it began anew. */
  renewals: number;
  /** Resolves as soon as `condition` holds; it is looked at after every event of this side. */
  until(condition: (side: Side) => boolean): Promise<void>;
}

/** Two sides; `await using` closes them and waits for the signals under way. */
export interface Wire extends AsyncDisposable {
  readonly impolite: Side;
  readonly polite: Side;
}

/**
 * Makes two connections that carry their signals to each other: in order, but each after a number
 * of turns of the event loop that is drawn from `seed`. The impolite side is made first.
 */
export function wireUp(createRtc: () => RtcPort, seed: number): Wire {
  const random = seededRandom(seed);
  const toPolite = new Line<LocalSignal>(random, (signal) => deliver(polite, signal));
  const toImpolite = new Line<LocalSignal>(random, (signal) => deliver(impolite, signal));
  const impolite = makeSide(createRtc, false, (signal) => toPolite.carry(signal));
  const polite = makeSide(createRtc, true, (signal) => toImpolite.carry(signal));
  return {
    impolite,
    polite,
    async [Symbol.asyncDispose]() {
      for (const { connection } of [impolite, polite]) connection.close();
      await Promise.all([toPolite.idle, toImpolite.idle]);
    },
  };
}

function deliver({ connection }: Side, signal: LocalSignal): void {
  void connection.receive({ ...signal, from: "peer" });
}

function makeSide(
  createRtc: () => RtcPort,
  polite: boolean,
  onSignal: (signal: LocalSignal) => void,
): Side {
  const waiting = new Set<() => void>();
  const changed = () => waiting.forEach((check) => check());
  const side: Side = {
    states: [],
    signals: [],
    renewals: 0,
    frames: [],
    connection: new PeerConnection({
      createRtc,
      polite,
      onChannel: () => {},
      onRenew: () => side.renewals++,
      onSignal(signal) {
        side.signals.push(signal);
        onSignal(signal);
        changed();
      },
      onState(state) {
        side.states.push(state);
        changed();
      },
      onFrame(frame) {
        side.frames.push(frame);
        changed();
      },
    }),
    until: (condition) =>
      new Promise((resolve) => {
        const check = () => {
          if (!condition(side)) return;
          waiting.delete(check);
          resolve();
        };
        waiting.add(check);
        check();
      }),
  };
  return side;
}

/** Hands values on in their order, each after up to eight micro- or macrotasks. */
class Line<T> {
  /** Resolves when everything has been handed on. */
  idle: Promise<void> = Promise.resolve();

  constructor(private random: () => number, private deliver: (value: T) => void) {}

  carry(value: T): void {
    const turns = Math.floor(this.random() * 9);
    const wait = this.random() < 0.5 ? () => Promise.resolve() : macrotask;
    this.idle = this.idle.then(async () => {
      for (let i = 0; i < turns; i++) await wait();
      this.deliver(value);
    });
  }
}

function macrotask(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
