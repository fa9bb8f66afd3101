/** Waits until every chain of promises that is under way here has run; none waits for anything. */
export async function settle(): Promise<void> {
  for (let link = 0; link < 20; link++) await null;
}
