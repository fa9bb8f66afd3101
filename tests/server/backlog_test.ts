import { assert, assertEquals } from "@std/assert";
import { Backlog } from "../../lib/server/backlog.ts";

const text = "x".repeat(1000);

Deno.test("Backlog.isStuck() after ten seconds in which nothing was read", () => {
  const backlog = new Backlog(0);
  assert(!backlog.isStuck(0, 0));
  backlog.add(text);
  assert(!backlog.isStuck(1000, 1000));
  assert(!backlog.isStuck(1000, 9999));
  assert(backlog.isStuck(1000, 10_000));
});

Deno.test("Backlog.isStuck() counts from the last look at which something had been read", () => {
  const backlog = new Backlog(0);
  for (let i = 0; i < 5; i++) backlog.add(text);
  const table: [number, number, boolean][] = [
    [5000, 1000, false],
    [4999, 9000, false],
    [4999, 18_999, false],
    [4000, 19_000, false],
    [4000, 28_999, false],
    [4000, 29_000, true],
  ];
  for (const [buffered, now, expected] of table) {
    assertEquals(backlog.isStuck(buffered, now), expected, `${buffered} at ${now}`);
  }
});

Deno.test("Backlog.isStuck() sees reading through what is sent meanwhile", () => {
  const backlog = new Backlog(0);
  backlog.add(text);
  let buffered = 1000;
  for (let now = 1000; now < 60_000; now += 1000) {
    // More comes than goes, but it goes.
    backlog.add(text);
    buffered += 1000 - 10;
    assert(!backlog.isStuck(buffered, now), `at ${now}`);
  }
});

Deno.test("Backlog.isStuck() is not deceived by what is sent to a peer that reads nothing", () => {
  const backlog = new Backlog(0);
  let stuckAt = 0;
  for (let now = 1000; stuckAt === 0 && now < 60_000; now += 1000) {
    backlog.add(text);
    if (backlog.isStuck(now, now)) stuckAt = now;
  }
  assertEquals(stuckAt, 10_000);
});

Deno.test("Backlog.isStuck() never where nothing waits, however long", () => {
  const backlog = new Backlog(0);
  assert(!backlog.isStuck(0, 1e6));
  backlog.add(text);
  assert(!backlog.isStuck(0, 2e6));
  backlog.add(text);
  // The time is counted from the last look at which nothing waited.
  assert(!backlog.isStuck(1000, 2e6 + 9999));
  assert(backlog.isStuck(1000, 2e6 + 10_000));
});

Deno.test("Backlog.isStuck() sees reading where characters are wider than a byte", () => {
  const backlog = new Backlog(0);
  for (let i = 0; i < 20; i++) backlog.add("€".repeat(1000));
  for (let read = 1; read < 20; read++) {
    assert(!backlog.isStuck((20 - read) * 3000, read * 1000), `${read * 3000} bytes were read`);
  }
});
