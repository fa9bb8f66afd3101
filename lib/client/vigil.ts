/**
 * Watching over the line to one peer: what the browser says of the connection, and whether anybody
 * answers at its other end.
 *
 * @module
 */

import type { Clock } from "../clock.ts";
import { Heartbeat } from "./heartbeat.ts";
import type { ConnectionState } from "./connection_state.ts";
import { type LineState, Recovery, type RecoveryOptions } from "./recovery.ts";

/** What a {@linkcode Vigil} needs. */
export interface VigilOptions extends RecoveryOptions {
  /** The time. */
  clock: Clock;
  /** Asks the peer whether it is there; `now` is in the clock's milliseconds. */
  onAsk: (now: number) => void;
  /** Tells whether the peer is known to answer that. */
  answers: () => boolean;
}

/** Milliseconds between two questions whether the peer is there, and to wait for the answer. */
const HEARTBEAT = { interval: 5_000, timeout: 5_000 };

/** Milliseconds that a peer whom the server lost has to show that it is there. */
const SUSPICION = 3_000;

/** Watches over one line, and has it mended. */
export class Vigil {
  #options: VigilOptions;
  #heartbeat: Heartbeat;
  #recovery: Recovery;
  #last: ConnectionState = "connecting";
  #isSilent = false;
  #isSuspect = false;

  /** Begins with a connection that is on its way. */
  constructor(options: VigilOptions) {
    this.#options = options;
    this.#heartbeat = new Heartbeat({
      clock: options.clock,
      ask: options.onAsk,
      onSilence: () => this.#fallSilent(),
    });
    this.#recovery = new Recovery(options);
  }

  /** How the line is doing. */
  get state(): LineState {
    return this.#recovery.state;
  }

  /** Whether something had to be done since words last crossed. */
  get isDifficult(): boolean {
    return this.#recovery.attempts > 0;
  }

  /** The connection is in another state. */
  follow(state: ConnectionState): void {
    this.#last = state;
    this.#isSilent = this.#isSuspect = false;
    if (state === "connected") this.#heartbeat.start(HEARTBEAT);
    else if (state !== "disconnected") this.#heartbeat.stop();
    this.#recovery.report(state);
  }

  /** The peer was heard. */
  hear(): void {
    this.#heartbeat.heard();
    // From now on it has as long as anybody to answer.
    if (this.#isSuspect) this.#heartbeat.start(HEARTBEAT);
    this.#isSuspect = false;
    if (this.#isSilent) this.follow(this.#last);
  }

  /** The server has lost the peer: it may be gone, or just its way to the server. */
  suspect(): void {
    this.hold();
    this.challenge();
  }

  /** Gives the peer a short time to show that it is there. */
  challenge(): void {
    if (this.state !== "connected" || !this.#options.answers()) return;
    this.#isSuspect = true;
    this.#heartbeat.start({ ...HEARTBEAT, timeout: SUSPICION });
  }

  /** No signal reaches the peer for now. */
  hold(): void {
    this.#recovery.hold();
  }

  /** Signals reach it again; whoever comes back begins, so that this side waits for it. */
  release(): void {
    this.#recovery.release();
  }

  /** Mends the line now, with all attempts left. */
  mend(): void {
    this.#recovery.mend();
  }

  /** Asks now whether the peer is there. */
  check(): void {
    this.#heartbeat.check();
  }

  /** Mends the line now where it is known to be broken. */
  wake(): void {
    this.#recovery.wake();
  }

  /** Watches no more. Calling it again does nothing. */
  close(): void {
    this.#heartbeat.stop();
    this.#recovery.stop();
  }

  #fallSilent(): void {
    // Somebody else's client need not know the question.
    if (!this.#options.answers()) return this.#heartbeat.start(HEARTBEAT);
    if (this.#isSuspect) return this.#options.onGone();
    const isNews = !this.#isSilent;
    this.#isSilent = true;
    // Asked on, or nobody would notice that it answers again.
    this.#heartbeat.start(HEARTBEAT);
    if (isNews && this.#isSilent) this.#recovery.report("silent");
  }
}
