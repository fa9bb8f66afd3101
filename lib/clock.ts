/**
 * Time as an argument: everything that waits takes a {@linkcode Clock}, so that a test can turn the
 * hands itself.
 *
 * @module
 */

/** Cancels what it was returned for; calling it again does nothing. */
export type Cancel = () => void;

/** A source of time. */
export interface Clock {
  /** Milliseconds since an arbitrary start; never runs backwards. */
  now(): number;
  /** Calls `callback` once after `delay` milliseconds. */
  after(delay: number, callback: () => void): Cancel;
  /** Calls `callback` every `interval` milliseconds. */
  every(interval: number, callback: () => void): Cancel;
}

/** The clock on the wall. */
export const systemClock: Clock = {
  now: () => performance.now(),
  after(delay, callback) {
    const timer = setTimeout(callback, delay);
    return () => clearTimeout(timer);
  },
  every(interval, callback) {
    const timer = setInterval(callback, interval);
    return () => clearInterval(timer);
  },
};
