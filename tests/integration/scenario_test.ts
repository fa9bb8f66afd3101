import { assert } from "@std/assert";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { World } from "./scenario.ts";

const MIB = 1024 * 1024;

/** Rooms of each size, and how often each of them acts. */
const ROOMS = 15;
const ROUNDS = 16;

async function live(seed: number, rooms: number): Promise<void> {
  await Promise.all([2, 3, 5, 8].map(async (capacity) => {
    await using world = new World(seed + capacity, capacity);
    await world.live(rooms, ROUNDS);
  }));
}

/** What is in use, once all that is not was collected. */
function usedMemory(): number {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
  const { heapUsed, external } = Deno.memoryUsage();
  return heapUsed + external;
}

for (const seed of [1, 20_000, 987_654_321]) {
  Deno.test(`hundreds of honest peers among attackers hear all they should, in order: seed ${seed}`, async () => {
    await live(seed, ROOMS);
  });
}

Deno.test("no memory is left behind by rooms that are gone", async () => {
  await live(7, ROOMS);
  const before = usedMemory();
  await live(8, 2 * ROOMS);
  const grown = usedMemory() - before;
  assert(grown < 16 * MIB, `${Math.round(grown / MIB)} MiB are left`);
});
