import { assertEquals } from "@std/assert";
import { connectedRecovery as connect, watchRecovery as setUp } from "../fakes/recovery.ts";

/** What follows one failure, and after how long. */
const LADDER: [number, string][] = [[0, "restart"], [8_000, "restart"], [16_000, "restart"]];
const LAST: [number, string] = [24_000, "renew"];

Deno.test("Recovery waits three seconds for a connection that may mend by itself", () => {
  const { clock, done, states, recovery } = connect();
  recovery.report("disconnected");
  clock.advance(2_999);
  assertEquals([done, states], [[], ["connected"]]);
  recovery.report("connected");
  clock.advance(60_000);
  assertEquals([done, states, clock.pending], [[], ["connected"], []]);
  recovery.report("disconnected");
  recovery.report("disconnected");
  clock.advance(3_000);
  assertEquals([done, states], [[[65_999, "restart"]], ["connected", "reconnecting"]]);
});

Deno.test("Recovery restarts at once what failed: three times, then begins anew, then says so", () => {
  for (const what of ["failed", "silent"] as const) {
    const { clock, done, states, recovery } = connect();
    recovery.report(what);
    clock.advance(60_000);
    assertEquals(done, [...LADDER, LAST]);
    assertEquals(states, ["connected", "reconnecting", "failed"]);
    assertEquals([recovery.attempts, clock.pending], [5, []]);
    recovery.report("failed");
    assertEquals([done.length, recovery.state], [4, "failed"]);
  }
});

Deno.test("Recovery does not wait out a restart that has failed already", () => {
  const { clock, done, recovery } = connect();
  for (let attempt = 0; attempt < 4; attempt++) {
    recovery.report("failed");
    clock.advance(1_000);
  }
  assertEquals(done, [[0, "restart"], [1_000, "restart"], [2_000, "restart"], [3_000, "renew"]]);
});

Deno.test("Recovery gives a first connection fifteen seconds, and calls it connecting all along", () => {
  const { clock, done, states, recovery } = setUp();
  clock.advance(14_999);
  assertEquals([done, recovery.attempts], [[], 0]);
  clock.advance(60_000);
  assertEquals(done.map(([, what]) => what), ["restart", "restart", "restart", "renew"]);
  assertEquals(done[0]?.[0], 15_000);
  assertEquals(states, ["failed"]);
});

Deno.test("Recovery begins its count again once words cross", () => {
  const { clock, done, recovery } = connect();
  recovery.report("failed");
  clock.advance(8_000);
  recovery.report("connected");
  assertEquals([recovery.attempts, clock.pending], [0, []]);
  recovery.report("failed");
  clock.advance(24_000);
  assertEquals(done.slice(2).map(([, what]) => what), ["restart", "restart", "restart", "renew"]);
});

Deno.test("Recovery lets a connection that begins anew come about", () => {
  const { clock, done, states, recovery } = connect();
  recovery.report("connecting");
  clock.advance(14_999);
  assertEquals([done, states], [[], ["connected", "reconnecting"]]);
  clock.advance(1);
  assertEquals(done, [[15_000, "restart"]]);
});

Deno.test("Recovery takes a peer that hung up, and began no other connection, for gone", () => {
  const { clock, done, states, recovery } = connect();
  recovery.report("hung-up");
  clock.advance(2_999);
  assertEquals([done, states], [[], ["connected", "reconnecting"]]);
  clock.advance(1);
  assertEquals(done, [[3_000, "gone"]]);
  const { clock: other, done: nothing, recovery: renewed } = connect();
  renewed.report("hung-up");
  renewed.report("connecting");
  other.advance(14_000);
  assertEquals(nothing, []);
});

Deno.test("Recovery.hold() makes no attempts, and counts none", () => {
  const { clock, done, recovery } = connect();
  recovery.hold();
  recovery.report("failed");
  clock.advance(120_000);
  assertEquals([done, recovery.attempts, recovery.state], [[], 0, "reconnecting"]);
  recovery.release();
  clock.advance(14_999);
  assertEquals(done, []);
  clock.advance(1);
  assertEquals(done.map(([, what]) => what), ["restart"]);
});

Deno.test("Recovery.release() leaves alone what is well", () => {
  const { clock, done, recovery } = connect();
  recovery.hold();
  recovery.release();
  assertEquals([done, clock.pending], [[], []]);
});

Deno.test("Recovery.release() has nothing to wait for once it has given up", () => {
  const { clock, states, recovery } = connect();
  recovery.report("failed");
  clock.advance(60_000);
  recovery.release();
  clock.advance(60_000);
  assertEquals([states, clock.pending], [["connected", "reconnecting", "failed"], []]);
});

Deno.test("Recovery.mend() acts now, with all attempts left, even after it gave up", () => {
  const { clock, done, recovery } = connect();
  recovery.report("failed");
  clock.advance(60_000);
  assertEquals(recovery.state, "failed");
  recovery.mend();
  assertEquals([recovery.state, recovery.attempts], ["reconnecting", 1]);
  clock.advance(60_000);
  assertEquals(done.slice(4).map(([at, what]) => [at - 60_000, what]), [...LADDER, LAST]);
});

Deno.test("Recovery.wake() mends what is broken, and nothing else", () => {
  const table: [name: string, expected: number, go: (all: ReturnType<typeof setUp>) => void][] = [
    ["well", 0, ({ recovery }) => recovery.report("connected")],
    ["on its way", 0, () => {}],
    ["held", 0, ({ recovery }) => recovery.hold()],
    ["in its grace", 1, ({ recovery }) => {
      recovery.report("connected");
      recovery.report("disconnected");
    }],
    ["given up", 1, ({ recovery, clock, done }) => {
      recovery.report("failed");
      clock.advance(60_000);
      done.splice(0);
    }],
  ];
  for (const [name, expected, go] of table) {
    const all = setUp();
    go(all);
    all.recovery.wake();
    assertEquals([name, all.done.length], [name, expected]);
  }
});

Deno.test("Recovery.stop() does nothing more, and may be called twice", () => {
  const { clock, done, recovery } = connect();
  recovery.report("disconnected");
  recovery.stop();
  recovery.stop();
  recovery.report("closed");
  assertEquals([done, clock.pending], [[], []]);
});
