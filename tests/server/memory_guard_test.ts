import { assert, assertEquals } from "@std/assert";
import { MemoryGuard } from "../../lib/server/memory_guard.ts";
import { SteppedClock } from "../fakes/clock.ts";
import { settle } from "../fakes/settle.ts";

/** A guard, the memory that it sees, and when it asked for relief. */
function watch(limit = 1000) {
  const clock = new SteppedClock();
  const memory = { used: 0, looks: 0 };
  const relieved: number[] = [];
  const measure = () => (memory.looks++, memory.used);
  const guard = new MemoryGuard({ limit, clock, measure });
  guard.relieve = () => {
    relieved.push(clock.now());
    return Promise.resolve();
  };
  /** Looks, and lets the relief be over that it may have asked for. */
  const check = async () => {
    guard.check();
    await settle();
  };
  return { guard, clock, memory, relieved, check };
}

Deno.test("MemoryGuard.isShort() from the limit on", () => {
  const { guard, memory } = watch();
  const table = [[0, false], [999, false], [1000, true], [1e9, true]] as const;
  for (const [used, expected] of table) {
    memory.used = used;
    assertEquals(guard.isShort(), expected, `${used}`);
  }
});

Deno.test("MemoryGuard.check() asks for relief a quarter above the limit", async () => {
  const { memory, relieved, check } = watch();
  for (memory.used of [0, 1000, 1249]) await check();
  assertEquals(relieved, []);
  memory.used = 1250;
  await check();
  assertEquals(relieved, [0]);
});

Deno.test("MemoryGuard.check() gives a relief five seconds to show before it asks for another", async () => {
  const { clock, memory, relieved, check } = watch();
  memory.used = 2000;
  for (let i = 0; i < 120; i++) {
    await check();
    clock.advance(100);
  }
  assertEquals(relieved, [0, 5000, 10_000]);
});

Deno.test("MemoryGuard.check() asks for nothing while a relief is under way, however long", async () => {
  const { guard, clock, memory, relieved, check } = watch();
  const { promise, resolve } = Promise.withResolvers<void>();
  guard.relieve = () => (relieved.push(clock.now()), promise);
  memory.used = 2000;
  await check();
  clock.advance(60_000);
  await check();
  assertEquals(relieved, [0]);
  resolve();
  await settle();
  // The time to show is counted from its end.
  clock.advance(4999);
  await check();
  assertEquals(relieved, [0]);
  clock.advance(1);
  await check();
  assertEquals(relieved, [0, 65_000]);
});

Deno.test("MemoryGuard.check() asks at once where memory fills anew after it had fallen", async () => {
  const { clock, memory, relieved, check } = watch();
  memory.used = 2000;
  await check();
  memory.used = 100;
  clock.advance(100);
  await check();
  memory.used = 2000;
  clock.advance(100);
  await check();
  assertEquals(relieved, [0, 200]);
});

Deno.test("MemoryGuard.check() inside a relief asks for no other", async () => {
  const { guard, memory, relieved } = watch();
  memory.used = 2000;
  const { relieve } = guard;
  guard.relieve = () => {
    guard.check();
    return relieve("");
  };
  guard.check();
  await settle();
  assertEquals(relieved, [0]);
});

Deno.test("MemoryGuard without a limit measures nothing and is never short", () => {
  const { guard, memory, relieved } = watch(Infinity);
  memory.used = Number.MAX_SAFE_INTEGER;
  guard.check();
  assertEquals([guard.isShort(), relieved, memory.looks], [false, [], 0]);
});

Deno.test("MemoryGuard measures this process unless it is told otherwise", async () => {
  const clock = new SteppedClock();
  assert(new MemoryGuard({ limit: 1, clock }).isShort());
  assert(!new MemoryGuard({ limit: Number.MAX_SAFE_INTEGER, clock }).isShort());
  // Nobody is there to relieve it yet: nothing happens.
  new MemoryGuard({ limit: 1, clock }).check();
  await settle();
  assertEquals(clock.pending, []);
});
