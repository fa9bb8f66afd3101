/** Milliseconds after which a test that waits in vain fails, and says for what. */
export const PATIENCE = 20_000;

/** Waits for `promise`, but not for ever. */
export async function patiently<T>(promise: Promise<T>, what: string): Promise<T> {
  const { promise: given, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`Waited in vain for ${what}`)), PATIENCE);
  try {
    return await Promise.race([promise, given]);
  } finally {
    clearTimeout(timer);
  }
}

/** Milliseconds between two looks. */
const PAUSE = 5;

/** Looks until what is seen is as it should be, for what another process tells only when asked. */
export async function until<T>(look: () => Promise<T>, isRight: (seen: T) => boolean): Promise<T> {
  const deadline = performance.now() + PATIENCE;
  for (;;) {
    const seen = await look();
    if (isRight(seen)) return seen;
    if (performance.now() > deadline) throw new Error(`Waited in vain: ${JSON.stringify(seen)}`);
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
}

/** Waits until `condition` holds, for what happens inside of a server and tells nobody of it. */
export async function eventually(condition: () => boolean): Promise<void> {
  await until(() => Promise.resolve(condition()), Boolean);
}
