import { assertEquals, assertMatch } from "@std/assert";
import { loopBack } from "../../lib/client/check/loopback.ts";
import { judgeLoopback } from "../../lib/client/check/loopback_step.ts";
import { systemClock } from "../../lib/clock.ts";
import { makeLooper } from "../fakes/check_rtc.ts";
import { SteppedClock } from "../fakes/clock.ts";
import { settle } from "../fakes/settle.ts";
import { createWeriftRtc } from "../fakes/werift.ts";
import { inEnglish } from "./check_english.ts";

const NO_SERVERS = { iceServers: [] };

/** Milliseconds after which no connection is waited for any more. */
const PATIENCE = 15_000;

Deno.test("loopBack() measures a message there and back, and closes both ends", async () => {
  const clock = new SteppedClock();
  const { createRtc, made } = makeLooper();
  const loop = await loopBack(NO_SERVERS, { clock, createRtc });
  assertEquals(loop, { roundTrip: 0, path: undefined, maxMessageSize: 262_144 });
  // Neither gets a candidate before the description that it belongs to.
  for (const { calls } of made) {
    const taken = calls.filter((call) => /^(setRemoteDescription|addIceCandidate)/.test(call));
    assertEquals(taken.map((call) => call.split(" ")[0]), [
      "setRemoteDescription",
      "addIceCandidate",
    ]);
  }
  const [near] = made;
  assertEquals(near?.channels.map(({ label }) => label), ["chat"]);
  assertEquals(made.map(({ connectionState }) => connectionState), ["closed", "closed"]);
  assertEquals(clock.pending, []);
});

Deno.test("loopBack() tries another channel where one is not taken for open", async () => {
  const clock = new SteppedClock();
  const { createRtc, made } = makeLooper();
  const looping = loopBack(NO_SERVERS, { clock, createRtc });
  const [near, far] = made;
  // As if the far end had gone back to where it began.
  near!.channels[0]!.send = function (data) {
    this.other!.readyState = "connecting";
    this.other!.hear(data);
  };
  await settleAll();
  clock.advance(2_000);
  assertEquals(near!.channels.map(({ label }) => label), ["chat", "chat"]);
  far!.offerChannel(near!.channels[1]!.connect());
  assertEquals((await looping)?.roundTrip, 0);
});

Deno.test("loopBack() gives up when nothing comes back, and closes both ends", async () => {
  const clock = new SteppedClock();
  const { createRtc, made } = makeLooper();
  const looping = loopBack(NO_SERVERS, { clock, createRtc });
  made[0]!.channels[0]!.send = () => {};
  await settleAll();
  clock.advance(PATIENCE);
  assertEquals(await looping, undefined);
  assertEquals(made.map(({ connectionState }) => connectionState), ["closed", "closed"]);
  assertEquals(clock.pending, []);
});

Deno.test("loopBack() closes the one end where the other cannot be made", async () => {
  const { createRtc, made } = makeLooper();
  const failing = () => {
    if (made.length === 1) throw new DOMException("too many", "UnknownError");
    return createRtc();
  };
  const error = await loopBack(NO_SERVERS, { clock: new SteppedClock(), createRtc: failing })
    .catch(String);
  assertEquals(error, "UnknownError: too many");
  assertEquals(made.map(({ connectionState }) => connectionState), ["closed"]);
});

// werift leaves timers of its DTLS and ICE behind.
const LEAKS = { sanitizeOps: false, sanitizeResources: false };

Deno.test("loopBack() connects real peers", LEAKS, async () => {
  const loop = await loopBack(NO_SERVERS, {
    clock: systemClock,
    createRtc: createWeriftRtc,
  });
  assertEquals(typeof loop?.roundTrip, "number");
});

Deno.test("judgeLoopback() tells the way, the time and the limit, as far as they are known", () => {
  const table = [
    [{ roundTrip: 3, path: "direct", maxMessageSize: 262_144 }, "directly", "up to 256 KiB"],
    [{ roundTrip: 3, path: "relayed", maxMessageSize: Infinity }, "through a relay", "of any size"],
    [{ roundTrip: 3, path: undefined, maxMessageSize: undefined }, "there", "does not tell"],
  ] as const;
  for (const [loop, way, limit] of table) {
    const { state, sentence } = inEnglish(judgeLoopback(loop, {}));
    assertEquals(state, "ok");
    assertMatch(sentence, new RegExp(`went ${way}.* 3 ms; .*${limit}\\.$`));
  }
});

Deno.test("judgeLoopback() blames the relay where no other way is allowed", () => {
  const { state, next } = inEnglish(judgeLoopback(undefined, { iceTransportPolicy: "relay" }));
  assertEquals(state, "failed");
  assertMatch(next ?? "", /relay must work first/);
  assertMatch(inEnglish(judgeLoopback(undefined, {})).next ?? "", /blocks WebRTC/);
});

/** The fake's negotiation takes several rounds of promises. */
async function settleAll(): Promise<void> {
  for (let round = 0; round < 5; round++) await settle();
}
