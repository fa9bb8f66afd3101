import { assertEquals } from "@std/assert";
import { connectedRecovery as connect, watchRecovery as setUp } from "../fakes/recovery.ts";

Deno.test("Recovery.report() does not cut a restart short whose connection is still broken", () => {
  const { clock, done, recovery } = connect();
  recovery.report("failed");
  clock.advance(1_000);
  recovery.report("disconnected");
  clock.advance(6_999);
  assertEquals(done, [[0, "restart"]]);
  clock.advance(1);
  assertEquals(done, [[0, "restart"], [8_000, "restart"]]);
});

Deno.test("Recovery.report() says once that it has failed", () => {
  const { clock, states, recovery } = connect();
  recovery.report("failed");
  clock.advance(60_000);
  for (const state of ["failed", "silent"] as const) recovery.report(state);
  assertEquals(states, ["connected", "reconnecting", "failed"]);
});

Deno.test("Recovery.report() does nothing more once the connection is closed", () => {
  const { clock, done, recovery } = connect();
  recovery.report("disconnected");
  recovery.report("closed");
  assertEquals([done, clock.pending], [[], []]);
});

Deno.test("Recovery.mend() ends a hold", () => {
  const { clock, done, recovery } = connect();
  recovery.hold();
  recovery.mend();
  clock.advance(8_000);
  assertEquals(done, [[0, "restart"], [8_000, "restart"]]);
});

Deno.test("Recovery.wake() does not begin its count again while something is being done", () => {
  const { clock, done, recovery } = setUp();
  for (let second = 0; second < 120; second++) {
    clock.advance(1_000);
    recovery.wake();
  }
  const kinds = done.map(([, what]) => what);
  assertEquals(kinds.slice(0, 4), ["restart", "restart", "restart", "renew"]);
});

Deno.test("Recovery.report() has a path without a chat opened again once, and then begins anew", () => {
  const { clock, done, states, recovery } = connect();
  recovery.report("opening");
  clock.advance(2_999);
  assertEquals([done, states], [[], ["connected", "reconnecting"]]);
  clock.advance(60_000);
  assertEquals(done, [[3_000, "restart"], [6_000, "renew"]]);
  assertEquals([states.at(-1), clock.pending], ["failed", []]);
});

Deno.test("Recovery.report() forgets that it was opening once the connection begins anew", () => {
  const { clock, done, recovery } = connect();
  recovery.report("opening");
  clock.advance(3_000);
  recovery.report("connecting");
  clock.advance(15_000);
  clock.advance(8_000);
  assertEquals(done.slice(1), [[18_000, "restart"], [26_000, "restart"]]);
});
