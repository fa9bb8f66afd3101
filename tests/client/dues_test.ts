import { assertEquals } from "@std/assert";
import { Dues } from "../../lib/client/dues.ts";
import { SteppedClock } from "../fakes/clock.ts";

function setUp() {
  const clock = new SteppedClock();
  const done: string[] = [];
  return { clock, done, dues: new Dues(clock), note: (what: string) => () => void done.push(what) };
}

Deno.test("Dues.set() has one thing happen for each, in its time", () => {
  const { clock, done, dues, note } = setUp();
  dues.set("alice", 200, note("late"));
  dues.set("bob", 100, note("early"));
  clock.advance(100);
  assertEquals(done, ["early"]);
  clock.advance(100);
  assertEquals([done, clock.pending], [["early", "late"], []]);
});

Deno.test("Dues.set() calls off what was due to the same one before", () => {
  const { clock, done, dues, note } = setUp();
  dues.set("alice", 100, note("first"));
  dues.set("alice", 100, note("second"));
  clock.advance(100);
  assertEquals(done, ["second"]);
});

Deno.test("Dues.cancel() and clear() call off, and may be called twice", () => {
  const { clock, done, dues, note } = setUp();
  for (const id of ["alice", "bob", "carol"]) dues.set(id, 100, note(id));
  dues.cancel("alice");
  dues.cancel("alice");
  dues.cancel("nobody");
  assertEquals(clock.pending.length, 2);
  dues.clear();
  dues.clear();
  clock.advance(100);
  assertEquals([done, clock.pending], [[], []]);
});
