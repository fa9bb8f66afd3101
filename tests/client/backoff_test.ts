import { assert, assertEquals } from "@std/assert";
import { backoffDelay } from "../../lib/client/backoff.ts";
import { seededRandom } from "../fakes/random.ts";

Deno.test("backoffDelay() grows with the square of the attempt, up to 30 s", () => {
  const delays = Array.from({ length: 13 }, (_, attempt) => backoffDelay(attempt, 0));
  assertEquals(delays, [
    0,
    300,
    1200,
    2700,
    4800,
    7500,
    10_800,
    14_700,
    19_200,
    24_300,
    30_000,
    30_000,
    30_000,
  ]);
  assertEquals(backoffDelay(1_000_000, 0), 30_000);
});

Deno.test("backoffDelay() takes up to a quarter off, by chance", () => {
  assertEquals(backoffDelay(2, 1), 900);
  assertEquals(backoffDelay(20, 0.5), 26_250);
  const random = seededRandom(1);
  const drawn = new Set<number>();
  for (let i = 0; i < 200; i++) {
    const delay = backoffDelay(20, random());
    assert(Number.isInteger(delay) && delay >= 22_500 && delay <= 30_000, `It is ${delay}`);
    drawn.add(delay);
  }
  assert(drawn.size > 150, `Only ${drawn.size} of 200 clients chose moments of their own`);
});
