import { assertEquals } from "@std/assert";
import { Pacer } from "../../lib/client/pacer.ts";
import { SteppedClock } from "../fakes/clock.ts";

/** A pacer whose clock the test moves, and what it has sent. */
function setUp() {
  const clock = new SteppedClock();
  const sent: string[] = [];
  const pacer = new Pacer(clock, (text) => sent.push(text));
  const say = (count: number) => {
    for (let i = 0; i < count; i++) pacer.send(`${i}`);
  };
  return { clock, sent, pacer, say };
}

Deno.test("Pacer sends everything at once where nothing was said of a measure", () => {
  const { clock, sent, say } = setUp();
  say(1_000);
  assertEquals([sent.length, clock.pending], [1_000, []]);
});

Deno.test("Pacer lets what is over the measure wait, and keeps the order", () => {
  const { clock, sent, pacer, say } = setUp();
  pacer.start({ perSecond: 10, burst: 60 });
  say(80);
  // Ten are left for what cannot wait.
  assertEquals([sent.length, clock.pending], [50, [100]]);
  clock.advance(1_000);
  assertEquals(sent.length, 60);
  pacer.send("last");
  clock.advance(60_000);
  assertEquals(sent, [...Array.from({ length: 80 }, (_, i) => `${i}`), "last"]);
  assertEquals(clock.pending, []);
});

Deno.test("Pacer saves up no more than a burst", () => {
  const { clock, sent, pacer, say } = setUp();
  pacer.start({ perSecond: 10, burst: 20 });
  clock.advance(60_000);
  say(20);
  assertEquals(sent.length, 10);
  pacer.stop();
});

Deno.test("Pacer forgets what waits when a new count begins, and when it stops", () => {
  const { clock, sent, pacer, say } = setUp();
  for (const end of [() => pacer.start({ perSecond: 1, burst: 11 }), () => pacer.stop()]) {
    pacer.start({ perSecond: 1, burst: 11 });
    sent.length = 0;
    say(3);
    assertEquals(sent, ["0"]);
    end();
    end();
    clock.advance(60_000);
    assertEquals([sent, clock.pending], [["0"], []]);
  }
});
