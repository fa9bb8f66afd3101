import { assertEquals } from "@std/assert";
import { Heartbeat } from "../../lib/client/heartbeat.ts";
import { SteppedClock } from "../fakes/clock.ts";

const TIMES = { interval: 10_000, timeout: 5_000 };

function setUp() {
  const clock = new SteppedClock();
  const asked: number[] = [];
  const silences: number[] = [];
  const heartbeat = new Heartbeat({
    clock,
    ask: (now) => void asked.push(now),
    onSilence: () => void silences.push(clock.now()),
  });
  return { clock, asked, silences, heartbeat };
}

Deno.test("Heartbeat asks at once and then again and again, as long as it is answered", () => {
  const { clock, asked, silences, heartbeat } = setUp();
  heartbeat.start(TIMES);
  for (let beat = 0; beat < 3; beat++) {
    clock.advance(4_999);
    heartbeat.heard();
    clock.advance(5_001);
  }
  assertEquals(asked, [0, 10_000, 20_000, 30_000]);
  assertEquals(silences, []);
  heartbeat.stop();
  heartbeat.stop();
  assertEquals(clock.pending, []);
});

Deno.test("Heartbeat notices silence after the timeout, once, and stops", () => {
  const { clock, asked, silences, heartbeat } = setUp();
  heartbeat.start(TIMES);
  heartbeat.heard();
  clock.advance(60_000);
  assertEquals(asked, [0, 10_000]);
  assertEquals(silences, [15_000]);
  assertEquals(clock.pending, []);
});

Deno.test("Heartbeat does not put its deadline off with the next question", () => {
  const { clock, silences, heartbeat } = setUp();
  heartbeat.start({ interval: 1_000, timeout: 5_000 });
  clock.advance(5_000);
  assertEquals(silences, [5_000]);
});

Deno.test("Heartbeat.start() begins anew with other times", () => {
  const { clock, asked, heartbeat } = setUp();
  heartbeat.start(TIMES);
  clock.advance(1_000);
  heartbeat.start({ interval: 2_000, timeout: 3_000 });
  assertEquals(asked, [0, 1_000]);
  assertEquals(clock.pending, [2_000, 3_000]);
  heartbeat.stop();
});

Deno.test("Heartbeat.check() asks now, if started, and does not put the deadline off", () => {
  const { clock, asked, silences, heartbeat } = setUp();
  heartbeat.check();
  assertEquals([asked, clock.pending], [[], []]);
  heartbeat.start(TIMES);
  clock.advance(3_000);
  heartbeat.check();
  assertEquals(asked, [0, 3_000]);
  clock.advance(2_000);
  assertEquals(silences, [5_000]);
  heartbeat.check();
  assertEquals([asked.length, clock.pending], [2, []]);
});

Deno.test("Heartbeat asks again after it was asleep, for it has not listened meanwhile", () => {
  // The machine sleeps: the timer is called late, and other timers after it.
  let asleep = 0;
  const clock = new SteppedClock();
  const asked: number[] = [];
  const silences: number[] = [];
  const heartbeat = new Heartbeat({
    clock: {
      now: () => clock.now() + asleep,
      after: (delay, callback) => clock.after(delay, callback),
      every: () => () => {},
    },
    ask: (now) => void asked.push(now),
    onSilence: () => void silences.push(clock.now() + asleep),
  });
  heartbeat.start(TIMES);
  asleep = 60_000;
  clock.advance(5_000);
  assertEquals([asked, silences], [[0, 65_000], []]);
  heartbeat.heard();
  heartbeat.check();
  clock.advance(5_000);
  assertEquals(silences, [70_000]);
});
