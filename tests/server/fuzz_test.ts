import { assert, assertEquals } from "@std/assert";
import { watchConsole } from "../fakes/console.ts";
import { Game, type Tally } from "./fuzz_game.ts";

const SEEDS = 300;
const STEPS = 250;

/** What must have happened somewhere, or else the dice have lost their aim. */
const SEEN = [
  "join",
  "signal",
  "ice-servers",
  "open",
  "drop",
  "turn out",
  "bad-message",
  "heard by 7",
  "open too late",
  "room-full",
  "try-later",
  "peer-gone",
  "peer-away",
  "rate-limited",
  "join-timeout",
  ...[1000, 1003, 1009, 1012, 1013, 4400, 4401, 4402, 4403, 4500, 4502, 4504].map((code) =>
    `closed ${code}`
  ),
];

Deno.test("a crowd that does anything in any order meets a server that does what it says", async () => {
  using console = watchConsole();
  const tally: Tally = new Map();
  for (let seed = 1; seed <= SEEDS; seed++) {
    const game = new Game(seed, tally);
    let step = 0;
    try {
      for (; step < STEPS; step++) await game.step();
      await game.end();
    } catch (cause) {
      throw new Error(`seed ${seed}, step ${step}: ${cause}`, { cause });
    }
    assertEquals(console.lines, [], `seed ${seed} wrote to the console`);
  }
  for (const what of SEEN) assert((tally.get(what) ?? 0) > 0, `it never came to "${what}"`);
});
