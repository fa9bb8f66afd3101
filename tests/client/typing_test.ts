import { assertEquals } from "@std/assert";
import { Typing } from "../../lib/client/typing.ts";
import { SteppedClock } from "../fakes/clock.ts";

function setUp() {
  const clock = new SteppedClock();
  const seen: (readonly string[])[] = [];
  const typing: Typing = new Typing(clock, () => seen.push(typing.people));
  return { clock, typing, seen };
}

Deno.test("Typing tells who writes, and of each change once", () => {
  const { typing, seen } = setUp();
  typing.hear("a", true);
  typing.hear("a", true);
  typing.hear("b", true);
  typing.hear("a", false);
  typing.hear("a", false);
  assertEquals(seen, [["a"], ["a", "b"], ["b"]]);
  typing.close();
});

Deno.test("Typing believes for a while only, counted from the last word", () => {
  const { clock, typing } = setUp();
  typing.hear("a", true);
  clock.advance(5_000);
  typing.hear("a", true);
  clock.advance(5_000);
  assertEquals(typing.people, ["a"]);
  clock.advance(1_000);
  assertEquals(typing.people, []);
});

Deno.test("Typing.keep() drops who is gone, and close() leaves no timer", () => {
  const { clock, typing } = setUp();
  typing.hear("a", true);
  typing.hear("b", true);
  typing.keep(["b"]);
  assertEquals(typing.people, ["b"]);
  typing.close();
  typing.close();
  assertEquals(clock.pending, []);
});
