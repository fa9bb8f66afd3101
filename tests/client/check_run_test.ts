import { assertEquals, assertMatch } from "@std/assert";
import { runCheck } from "../../lib/client/check/run.ts";
import type { Step } from "../../lib/client/check/step.ts";
import type { Surroundings } from "../../lib/client/check/surroundings.ts";
import type { IceConfiguration } from "../../lib/protocol/messages.ts";
import { makeGatherer, makeLooper } from "../fakes/check_rtc.ts";
import { SteppedClock } from "../fakes/clock.ts";
import { FakeSocket } from "../fakes/socket.ts";
import { inEnglish } from "./check_english.ts";

const HOST = "candidate:1 1 udp 2113937151 192.0.2.7 50000 typ host";
const ABLE = { isSecure: true, hasWebRtc: true, hasWebSocket: true, canStore: true };

/** A server that takes part in every step, as far as a welcome goes. */
class WillingSocket extends FakeSocket {
  constructor(private ice: IceConfiguration | undefined) {
    super();
    queueMicrotask(() => ice === undefined ? this.end(1006) : this.open());
  }

  override send(data: Parameters<FakeSocket["send"]>[0]): void {
    super.send(data);
    const message = this.sent.at(-1);
    if (message?.type === "join") this.say(welcome(this.ice));
    if (message?.type === "ping") this.say({ type: "pong", t: message.t });
  }
}

function welcome(ice: IceConfiguration | undefined) {
  const heartbeat = { interval: 10_000, timeout: 5_000 };
  return { type: "welcome", peer: "me", room: "r", peers: [], heartbeat, limits: {}, ...ice };
}

/** Runs a check; without `ice`, its server is out of reach. */
async function run(ice?: IceConfiguration, changes: Partial<Surroundings> = {}) {
  const shown: (readonly Step[])[] = [];
  const asked: IceConfiguration[] = [];
  const gatherer = makeGatherer(() => ({ lines: [HOST] }));
  const looper = makeLooper();
  const steps = await runCheck({
    browser: ABLE,
    clock: new SteppedClock(),
    signalUrl: (room) => `ws://tincan.test/ws/signal?room=${room}`,
    answersHttp: () => Promise.resolve(false),
    openSocket: () => new WillingSocket(ice),
    createRtc(configuration) {
      asked.push(configuration);
      // The last step is the only one that is not about gathering.
      const isLoop = shown.at(-1)?.at(-1)?.state === "running";
      return isLoop ? looper.createRtc() : gatherer.createRtc(configuration);
    },
    ...changes,
  }, (steps) => shown.push(steps));
  return { steps, shown, asked, states: steps.map(({ state }) => state) };
}

Deno.test("runCheck() runs one step after the other, and shows each change", async () => {
  const { steps, shown } = await run({ iceServers: [] });
  const states = shown.map((steps) => steps.map(({ state }) => state));
  assertEquals(steps.map(({ id }) => id), [
    "browser",
    "websocket",
    "direct",
    "stun",
    "turn",
    "loopback",
  ]);
  assertEquals(states.map((row) => row.indexOf("running")), [
    ...[0, -1, 1, -1, 2, -1, 3, -1, 4, -1, 5, -1],
  ]);
  assertEquals(states.at(-1), ["ok", "ok", "ok", "skipped", "skipped", "ok"]);
  assertEquals(shown.at(-1), steps);
});

Deno.test("runCheck() uses the servers of the welcome, and all of them at last", async () => {
  const ice = { iceServers: [{ urls: ["stun:a", "stun:b"] }] };
  const { asked } = await run(ice);
  assertEquals(asked, [
    { iceServers: [] },
    { iceServers: [{ urls: ["stun:a"] }] },
    { iceServers: [{ urls: ["stun:b"] }] },
    ice,
    ice,
  ]);
});

Deno.test("runCheck() asks for nothing that a server of relays does not allow", async () => {
  const ice: IceConfiguration = { iceServers: [{ urls: ["stun:a"] }], iceTransportPolicy: "relay" };
  const { asked, states } = await run(ice);
  assertEquals(states, ["ok", "ok", "skipped", "skipped", "skipped", "ok"]);
  assertEquals(asked, [ice, ice]);
});

Deno.test("runCheck() goes on without a server, as far as that goes", async () => {
  const { states, steps, asked } = await run();
  assertEquals(states, ["ok", "failed", "ok", "skipped", "skipped", "ok"]);
  const stun = steps.find(({ id }) => id === "stun");
  assertMatch(inEnglish(stun!).sentence, /once the WebSocket opens/);
  assertEquals(asked, Array(3).fill({ iceServers: [] }));
});

Deno.test("runCheck() tries nothing that the browser has not", async () => {
  const noRtc = await run({ iceServers: [] }, { browser: { ...ABLE, hasWebRtc: false } });
  assertEquals(noRtc.states, ["failed", "ok", "skipped", "skipped", "skipped", "skipped"]);
  assertEquals(noRtc.asked, []);

  const openSocket = () => {
    throw new Error("There is none");
  };
  const browser = { ...ABLE, hasWebSocket: false };
  const noSocket = await run({ iceServers: [] }, { browser, openSocket });
  assertEquals(noSocket.states, ["failed", "skipped", "ok", "skipped", "skipped", "ok"]);
});

Deno.test("runCheck() makes a failed step of what is thrown, and goes on", async () => {
  const { steps, states } = await run({ iceServers: [] }, {
    createRtc() {
      throw new DOMException("no more of them", "UnknownError");
    },
  });
  assertEquals(states, ["ok", "ok", "failed", "skipped", "skipped", "failed"]);
  const direct = steps.find(({ id }) => id === "direct");
  assertMatch(inEnglish(direct!).sentence, /UnknownError: no more of/);
});
