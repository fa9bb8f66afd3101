/** Milliseconds after which a test that waits in vain fails. */
const PATIENCE = 20_000;

/** Milliseconds between two looks. */
const LOOK = 5;

/** Waits until `condition` holds, for what happens inside of a server and tells nobody of it. */
export async function eventually(condition: () => boolean): Promise<void> {
  for (let looks = 0; !condition(); looks++) {
    if (looks * LOOK > PATIENCE) throw new Error(`Waited in vain for ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK));
  }
}
