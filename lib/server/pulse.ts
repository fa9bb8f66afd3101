/**
 * Whether a peer gives signs of life, and whether it would if it were asked.
 *
 * @module
 */

/** Milliseconds without a word after which a peer may be asked for a sign of life. */
const QUIET = 2_000;

/** What is known of a peer's life. */
export class Pulse {
  #heardAt = -Infinity;
  #keepsHeartbeat = false;
  #onSign: (() => void) | undefined;

  /** The peer sent something at `now`, in milliseconds. */
  heard(now: number): void {
    this.#heardAt = now;
    this.answer();
  }

  /** The peer has sent a `ping` or answered one, so that its silence will mean something. */
  keepsHeartbeat(): void {
    this.#keepsHeartbeat = true;
  }

  /** Tells whether asking makes sense; if it does, `onSign` is called once something is heard. */
  expect(now: number, onSign: () => void): boolean {
    if (!this.#keepsHeartbeat || now - this.#heardAt < QUIET) return false;
    this.#onSign = onSign;
    return true;
  }

  /** Tells whoever waits for a sign of life that there is nothing to wait for any more. */
  answer(): void {
    const onSign = this.#onSign;
    this.#onSign = undefined;
    onSign?.();
  }
}
