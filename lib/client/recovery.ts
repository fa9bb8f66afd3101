/**
 * What to do about a connection that broke, and when: a moment of patience, three restarts of ICE, one
 * fresh connection, and then the truth.
 *
 * @module
 */

import type { Cancel, Clock } from "../clock.ts";
import type { ConnectionState } from "./connection_state.ts";

/** How the line to one peer is doing; `connected` means that words cross. */
export type LineState = "connecting" | "connected" | "reconnecting" | "failed";

/** What a {@linkcode Recovery} needs. */
export interface RecoveryOptions {
  /** The time. */
  clock: Clock;
  /** Look for another path. */
  onRestart: () => void;
  /** Begin anew. */
  onRenew: () => void;
  /** The peer closed its end, and nothing came after it. */
  onGone: () => void;
  /** Hears of every change of the state. */
  onState: (state: LineState) => void;
}

/** Milliseconds in which a connection that was just begun comes about, or something is done. */
const CONNECTING = 15_000;

/** Milliseconds for which a broken connection may mend by itself. */
const GRACE = 3_000;

/** Milliseconds that a restart is given. */
const RESTARTING = 8_000;

/** How often ICE is restarted before the connection is begun anew. */
const RESTARTS = 3;

/** Watches one connection, and mends it. */
export class Recovery {
  #options: RecoveryOptions;
  #state: LineState = "connecting";
  #wasConnected = false;
  #attempts = 0;
  #isHeld = false;
  /** There is a path, and no channel: no other path would help. */
  #isOpening = false;
  #timer: Cancel | undefined;

  /** Begins with a connection that is on its way. */
  constructor(options: RecoveryOptions) {
    this.#options = options;
    this.#wait(CONNECTING);
  }

  /** How the line is doing. */
  get state(): LineState {
    return this.#state;
  }

  /** How often something was done since words last crossed. */
  get attempts(): number {
    return this.#attempts;
  }

  /** The connection is in another state; `silent` is one that seems well, and brings no answer. */
  report(state: ConnectionState | "silent"): void {
    this.#isOpening = false;
    switch (state) {
      case "connected":
        this.#stopWaiting();
        this.#attempts = 0;
        this.#wasConnected = true;
        return this.#become("connected");
      case "disconnected":
        if (this.#state === "connected") this.#wait(GRACE);
        return;
      case "failed":
      case "silent":
        if (this.#state === "failed") return;
        this.#becomeBroken();
        return this.#attempt();
      case "opening":
        this.#isOpening = true;
        this.#becomeBroken();
        return this.#wait(GRACE);
      case "connecting":
        // It began anew, be it at the other end.
        this.#becomeBroken();
        return this.#wait(CONNECTING);
      case "hung-up":
        this.#becomeBroken();
        return this.#set(GRACE, () => this.#options.onGone());
      case "closed":
        return this.stop();
      default:
        state satisfies never;
    }
  }

  /** Nobody can be told of an attempt for now: none is made, and none is counted. */
  hold(): void {
    this.#isHeld = true;
  }

  /** An attempt can be made again; what waits for the peer goes on waiting. */
  release(): void {
    this.#isHeld = false;
    const isOver = this.#state === "connected" || this.#state === "failed";
    if (!isOver) this.#wait(CONNECTING);
  }

  /** What is not well is mended now, with all attempts left. */
  mend(): void {
    this.#isHeld = false;
    this.#attempts = 0;
    this.#becomeBroken();
    this.#attempt();
  }

  /** Something changed, perhaps for the better: what has failed, or is about to, is mended now. */
  wake(): void {
    const isAboutTo = this.#state === "connected" && this.#timer !== undefined;
    if (!this.#isHeld && (isAboutTo || this.#state === "failed")) this.mend();
  }

  /** Does nothing more. Calling it again does nothing. */
  stop(): void {
    this.#stopWaiting();
  }

  #attempt(): void {
    // Looked for again when it is over.
    if (this.#isHeld) return this.#stopWaiting();
    this.#attempts++;
    if (this.#isOpening && this.#attempts > 1) {
      this.#attempts = Math.max(this.#attempts, RESTARTS + 1);
    }
    if (this.#attempts <= RESTARTS) {
      this.#wait(this.#isOpening ? GRACE : RESTARTING);
      this.#options.onRestart();
    } else if (this.#attempts === RESTARTS + 1) {
      this.#wait(CONNECTING);
      this.#options.onRenew();
    } else {
      this.#stopWaiting();
      this.#become("failed");
    }
  }

  #wait(delay: number): void {
    this.#set(delay, () => {
      this.#becomeBroken();
      this.#attempt();
    });
  }

  #set(delay: number, callback: () => void): void {
    this.#stopWaiting();
    this.#timer = this.#options.clock.after(delay, () => {
      this.#timer = undefined;
      callback();
    });
  }

  #stopWaiting(): void {
    this.#timer?.();
    this.#timer = undefined;
  }

  #becomeBroken(): void {
    this.#become(this.#wasConnected ? "reconnecting" : "connecting");
  }

  #become(state: LineState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#options.onState(state);
  }
}
