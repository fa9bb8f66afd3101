import { assertEquals, assertMatch, assertNotEquals } from "@std/assert";
import { checkWebSocket } from "../../lib/client/check/websocket_step.ts";
import { SteppedClock } from "../fakes/clock.ts";
import { settle } from "../fakes/settle.ts";
import { FakeSocket } from "../fakes/socket.ts";
import { inEnglish } from "./check_english.ts";

const WELCOME = {
  type: "welcome",
  peer: "me",
  room: "fresh",
  capacity: 2,
  peers: [],
  iceServers: [{ urls: ["stun:a.example"] }],
  heartbeat: { interval: 10_000, timeout: 5_000 },
  limits: {},
};

/** A step that has begun, with its socket in the test's hand. */
function begin(answersHttp: boolean | Promise<boolean> = false) {
  const clock = new SteppedClock();
  const sockets: FakeSocket[] = [];
  const asked: [url: string, protocol: string][] = [];
  const done = checkWebSocket({
    clock,
    signalUrl: (room) => `ws://tincan.test/ws/signal?room=${room}`,
    answersHttp: () => Promise.resolve(answersHttp),
    openSocket(...args) {
      asked.push(args);
      sockets.push(new FakeSocket());
      return sockets.at(-1)!;
    },
  });
  /** Answers the pings so far. */
  const pong = () => {
    for (const { type, t } of sockets[0]!.sent) {
      if (type === "ping") sockets[0]!.say({ type: "pong", t });
    }
  };
  return { clock, sockets, socket: sockets[0]!, asked, done, pong };
}

Deno.test("checkWebSocket() joins a room of its own, measures a round trip, and leaves", async () => {
  const { clock, socket, asked, done, pong } = begin();
  assertMatch(asked[0]?.[0] ?? "", /\?room=[\w-]{22}$/);
  assertEquals(asked[0]?.[1], "mcp.v2");
  socket.open();
  socket.say(WELCOME);
  await settle();
  clock.advance(12);
  pong();
  const { outcome, ice } = await done;
  assertEquals([outcome.state, outcome.next], ["ok", undefined]);
  assertMatch(inEnglish(outcome).sentence, / 12 ms\.$/);
  assertEquals(ice, { iceServers: WELCOME.iceServers });
  assertEquals(socket.sent.at(-1), { type: "leave" });
  assertEquals([socket.closes.length, clock.pending], [1, []]);
  assertNotEquals(begin().asked[0]?.[0], asked[0]?.[0]);
});

Deno.test("checkWebSocket() takes over that only relays are allowed", async () => {
  const { socket, done, pong } = begin();
  socket.open();
  socket.say({ ...WELCOME, iceTransportPolicy: "relay" });
  await settle();
  pong();
  assertEquals((await done).ice?.iceTransportPolicy, "relay");
});

Deno.test("checkWebSocket() is warned by a ping without an answer, but has the servers", async () => {
  const { clock, socket, done } = begin();
  socket.open();
  socket.say(WELCOME);
  await settle();
  // What the heartbeat asked is not what is measured.
  socket.say({ type: "pong", t: clock.now() });
  await settle();
  clock.advance(5_000);
  const { outcome, ice } = await done;
  assertEquals([outcome.state, ice?.iceServers.length], ["warning", 1]);
});

Deno.test("checkWebSocket() does not wait for a pong on a socket that broke", async () => {
  const { socket, done, sockets, clock } = begin();
  socket.open();
  socket.say(WELCOME);
  await settle();
  socket.end(1006);
  assertEquals((await done).outcome.state, "warning");
  clock.advance(60_000);
  assertEquals(sockets.length, 1);
});

Deno.test("checkWebSocket() tells a refusal in the server's words", async () => {
  const message = "The origin may not connect";
  // One that says to stop, and one that says to come back.
  for (const [code, close] of [["refused", 4506], ["try-later", 1013]] as const) {
    const { clock, sockets, socket, done } = begin(true);
    socket.open();
    socket.say({ type: "error", code, message });
    socket.end(close);
    const { outcome, ice } = await done;
    assertEquals([outcome.state, ice], ["failed", undefined]);
    assertMatch(inEnglish(outcome).sentence, new RegExp(message));
    clock.advance(60_000);
    assertEquals(sockets.length, 1);
  }
});

Deno.test("checkWebSocket() names the code of a refusal without words", async () => {
  const { socket, done } = begin();
  socket.open();
  socket.end(4506);
  assertMatch(inEnglish((await done).outcome).sentence, /4506/);
});

Deno.test("checkWebSocket() tells a server out of reach from one without WebSocket", async () => {
  for (const [answersHttp, words] of [[false, /cannot be reached/], [true, /over HTTP/]] as const) {
    const { clock, sockets, socket, done } = begin(answersHttp);
    socket.end(1006);
    const { outcome } = await done;
    assertEquals(outcome.state, "failed");
    assertMatch(inEnglish(outcome).sentence, words);
    clock.advance(60_000);
    assertEquals(sockets.length, 1);
  }
});

Deno.test("checkWebSocket() does not wait for ever for a server that says nothing", async () => {
  const { clock, done } = begin(new Promise(() => {}));
  clock.advance(60_000);
  await settle();
  clock.advance(5_000);
  assertMatch(inEnglish((await done).outcome).sentence, /cannot be reached/);
});
