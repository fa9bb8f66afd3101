import { assertEquals } from "@std/assert";
import { gather } from "../../lib/client/check/gather.ts";
import { describeError } from "../../lib/client/ice_error.ts";
import { makeGatherer } from "../fakes/check_rtc.ts";
import { SteppedClock } from "../fakes/clock.ts";
import { settle } from "../fakes/settle.ts";

const HOST = "candidate:1 1 udp 2113937151 192.0.2.7 50000 typ host";
const PUBLIC = "candidate:2 1 udp 1677729535 198.51.100.7 50000 typ srflx raddr 0.0.0.0 rport 0";
const ICE = { iceServers: [{ urls: ["stun:a.example"] }] };

Deno.test("gather() lists what a browser finds until it is done, and closes", async () => {
  const clock = new SteppedClock();
  const { createRtc, made } = makeGatherer(() => ({ lines: ["", HOST, PUBLIC] }));
  assertEquals(await gather(ICE, { clock, createRtc }), {
    kinds: [{ type: "host", family: "IPv4" }, { type: "srflx", family: "IPv4" }],
    errors: [],
    ended: true,
  });
  assertEquals(made.map(({ ice, rtc }) => [ice, rtc.isClosed]), [[ICE, true]]);
  assertEquals(clock.pending, []);
});

Deno.test("gather() waits for no more than what is wanted", async () => {
  const clock = new SteppedClock();
  const { createRtc, made } = makeGatherer(() => ({ lines: [HOST, PUBLIC], isEndless: true }));
  const { ended, kinds } = await gather(ICE, { clock, createRtc, wanted: "srflx" });
  assertEquals([ended, kinds.length], [true, 2]);
  assertEquals([made[0]?.rtc.isClosed, clock.pending], [true, []]);
});

Deno.test("gather() ends when nothing comes for long, and tells so", async () => {
  const clock = new SteppedClock();
  const { createRtc, made } = makeGatherer(() => ({ lines: [HOST], isEndless: true }));
  const gathered = gather(ICE, { clock, createRtc, wanted: "srflx" });
  await settle();
  assertEquals(made[0]?.rtc.isClosed, false);
  clock.advance(12_000);
  assertEquals((await gathered).ended, false);
  assertEquals(made[0]?.rtc.isClosed, true);
});

Deno.test("describeError() writes the code, and the words where there are some", () => {
  const text = "STUN binding request timed out.";
  assertEquals(describeError({ code: 701, text }), " (701 STUN binding request timed out)");
  assertEquals([describeError({ code: 701, text: "" }), describeError(undefined)], [" (701)", ""]);
});

Deno.test("gather() tells each error of the servers once", async () => {
  const timedOut = { errorCode: 701, errorText: "STUN binding request timed out." };
  const { createRtc } = makeGatherer(() => ({
    errors: [timedOut, { errorCode: 401, errorText: "Unauthorized" }, timedOut],
  }));
  const { errors } = await gather(ICE, { clock: new SteppedClock(), createRtc });
  assertEquals(errors, [
    { code: 701, text: "STUN binding request timed out." },
    { code: 401, text: "Unauthorized" },
  ]);
});
