/**
 * Waiting with an end: what never comes must not hold up what is next.
 *
 * @module
 */

import type { Clock } from "../clock.ts";

/** Answers with what `promise` brings, or `undefined` after `milliseconds`. */
export function atMost<T>(
  promise: Promise<T>,
  { clock, milliseconds }: { clock: Clock; milliseconds: number },
): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(milliseconds, () => resolve(undefined));
    promise.then(resolve, reject).finally(cancel);
  });
}
