import { assertEquals } from "@std/assert";
import { Writing } from "../../lib/client/writing.ts";
import { SteppedClock } from "../fakes/clock.ts";

function begin() {
  const clock = new SteppedClock();
  const said: boolean[] = [];
  const writing = new Writing({ clock, onTyping: (isTyping) => said.push(isTyping) });
  return { clock, said, writing };
}

Deno.test("Writing.go() is said at once, and again after three seconds at the earliest", () => {
  const { clock, said, writing } = begin();
  for (let elapsed = 0; elapsed <= 6_000; elapsed += 100) {
    writing.go();
    clock.advance(100);
  }
  assertEquals(said, [true, true, true]);
});

Deno.test("Writing is taken back after five seconds without a key", () => {
  const { clock, said, writing } = begin();
  writing.go();
  clock.advance(4_000);
  writing.go();
  clock.advance(4_999);
  assertEquals(said, [true, true]);
  clock.advance(1);
  assertEquals([said, clock.pending], [[true, true, false], []]);
});

Deno.test("Writing.rest() takes it back once, and leaves no timer", () => {
  const { clock, said, writing } = begin();
  writing.rest();
  assertEquals(said, []);
  writing.go();
  writing.rest();
  writing.rest();
  assertEquals([said, clock.pending], [[true, false], []]);
  writing.go();
  assertEquals(said, [true, false, true]);
});
