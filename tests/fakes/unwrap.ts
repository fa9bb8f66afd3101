import type { Result } from "../../lib/protocol/result.ts";

/** Takes the value out of a result; fails the test with the reason where there is none. */
export function valueOf<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(`There should be a value, but: ${result.reason}`);
}

/** Takes the reason out of a result; fails the test where it holds a value. */
export function reasonOf(result: Result<unknown>, context = ""): string {
  if (!result.ok) return result.reason;
  throw new Error(`There should be no value, but: ${JSON.stringify(result.value)} ${context}`);
}
