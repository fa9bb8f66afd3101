/**
 * Whether we are writing, in as few words as the others need: said again while it goes on, and taken
 * back after a rest.
 *
 * @module
 */

import type { Cancel, Clock } from "../clock.ts";

/** Milliseconds between two times that it is said. */
const INTERVAL = 3_000;

/** Milliseconds without a key after which nobody writes any more. */
const IDLE = 5_000;

/** What a {@linkcode Writing} needs. */
export interface WritingOptions {
  /** The time. */
  clock: Clock;
  /** We are writing, or not any more. */
  onTyping: (isTyping: boolean) => void;
}

/** Whether we are writing. */
export class Writing {
  #options: WritingOptions;
  #said: number | undefined;
  #cancel: Cancel = () => {};

  /** Begins with nothing written. */
  constructor(options: WritingOptions) {
    this.#options = options;
  }

  /** A key was pressed, and something is written now. */
  go(): void {
    const { clock, onTyping } = this.#options;
    this.#cancel();
    this.#cancel = clock.after(IDLE, () => this.rest());
    const now = clock.now();
    if (this.#said !== undefined && now - this.#said < INTERVAL) return;
    this.#said = now;
    onTyping(true);
  }

  /** Nothing is written, or nobody goes on with it. Calling it again does nothing. */
  rest(): void {
    this.#cancel();
    if (this.#said === undefined) return;
    this.#said = undefined;
    this.#options.onTyping(false);
  }
}
