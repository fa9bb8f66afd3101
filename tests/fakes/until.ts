import { effect } from "@preact/signals";

/** Milliseconds after which a test that waits in vain fails, and says for what. */
const PATIENCE = 20_000;

/**
 * Waits until `condition` holds for a value that is made of signals, and answers with the value.
 * It is looked at whenever one of the signals that `read` used changes.
 */
export async function until<T>(read: () => T, condition: (value: T) => boolean): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  let last: T;
  const timer = setTimeout(
    () => reject(new Error(`Waited in vain; the last value was ${JSON.stringify(last)}`)),
    PATIENCE,
  );
  const stop = effect(() => {
    last = read();
    if (condition(last)) resolve(last);
  });
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    stop();
  }
}
