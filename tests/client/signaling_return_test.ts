import { assertEquals } from "@std/assert";
import { SignalingChannel, type SignalingOptions } from "../../lib/client/signaling_channel.ts";
import { SteppedClock } from "../fakes/clock.ts";
import { FakeSocket } from "../fakes/socket.ts";

/** Milliseconds in which a new socket must bring its welcome. */
const PATIENCE = 10_000;

const WELCOME = {
  type: "welcome",
  peer: "me",
  room: "lobby",
  capacity: 2,
  peers: [],
  seat: 0,
  resume: "next",
  iceServers: [],
  heartbeat: { interval: 10_000, timeout: 5_000 },
  limits: {},
};

/** A channel whose server and clock are the test. */
function setUp(options: Partial<SignalingOptions> = {}) {
  const clock = new SteppedClock();
  const sockets: FakeSocket[] = [];
  const away: number[] = [];
  const channel = new SignalingChannel({
    url: "ws://tincan.test/ws/signal?room=lobby",
    clock,
    random: () => 0,
    openSocket() {
      const socket = new FakeSocket();
      sockets.push(socket);
      return socket;
    },
    onMessage: () => {},
    onAway: () => away.push(clock.now()),
    onStop: () => {},
    ...options,
  });
  const socket = () => sockets.at(-1)!;
  return { channel, clock, sockets, socket, away };
}

Deno.test("SignalingChannel takes the seat that its page had before, until it has another", () => {
  const { channel, clock, socket } = setUp({ resume: "before" });
  channel.open();
  socket().open();
  assertEquals(socket().sent, [{ type: "join", resume: "before" }]);
  socket().end(1006);
  clock.advance(0);
  socket().open();
  assertEquals(socket().sent, [{ type: "join", resume: "before" }]);
  socket().say(WELCOME);
  socket().end(1006);
  clock.advance(0);
  socket().open();
  assertEquals(socket().sent, [{ type: "join", resume: "next" }]);
  channel.close();
});

Deno.test("SignalingChannel joins anew where a server keeps no seats", () => {
  const { channel, clock, socket } = setUp({ resume: "before" });
  channel.open();
  socket().open();
  const { resume: _, ...welcome } = WELCOME;
  socket().say(welcome);
  socket().end(1006);
  clock.advance(0);
  socket().open();
  assertEquals(socket().sent, [{ type: "join" }]);
  channel.close();
});

Deno.test("SignalingChannel.wake() comes back now rather than later", () => {
  const { channel, clock, sockets, socket } = setUp();
  channel.open();
  for (const delay of [0, 300, 1_200]) {
    socket().end(1006);
    clock.advance(delay);
  }
  socket().end(1006);
  assertEquals([sockets.length, clock.pending], [4, [2_700]]);
  channel.wake();
  assertEquals([sockets.length, clock.pending], [5, [10_000]]);
  channel.wake();
  assertEquals(sockets.length, 5);
  channel.close();
});

Deno.test("SignalingChannel.wake() looks whether its socket is well", () => {
  const { channel, clock, sockets, socket } = setUp();
  channel.open();
  socket().open();
  socket().say(WELCOME);
  socket().say({ type: "pong", t: 0 });
  clock.advance(1_000);
  channel.wake();
  assertEquals(socket().sent.at(-1), { type: "ping", t: 1_000 });
  clock.advance(5_000);
  assertEquals(sockets.length, 2);
  channel.close();
});

Deno.test("SignalingChannel.wake() does nothing once it is closed", () => {
  const { channel, clock, sockets } = setUp();
  channel.open();
  channel.close();
  channel.wake();
  assertEquals([sockets.length, clock.pending], [1, []]);
});

Deno.test("SignalingChannel waits as long as the server asks for", () => {
  const { channel, clock, sockets, socket } = setUp();
  channel.open();
  socket().open();
  socket().say({ type: "error", code: "try-later", message: "Full", retryAfter: 5 });
  socket().end(1013);
  clock.advance(4_999);
  assertEquals(sockets.length, 1);
  clock.advance(1);
  assertEquals(sockets.length, 2);
  // That was said of the socket before.
  socket().end(1006);
  assertEquals(clock.pending, [300]);
  channel.close();
});

Deno.test("SignalingChannel answers the server's ping, and sends its own from the welcome on", () => {
  const { channel, clock, socket } = setUp();
  channel.open();
  socket().open();
  socket().say({ type: "ping", t: 7 });
  assertEquals(socket().sent, [{ type: "join" }, { type: "pong", t: 7 }]);
  socket().say(WELCOME);
  socket().say({ type: "pong", t: 0 });
  clock.advance(10_000);
  assertEquals(socket().sent.slice(2), [{ type: "ping", t: 0 }, { type: "ping", t: 10_000 }]);
  channel.close();
  assertEquals(clock.pending, []);
});

Deno.test("SignalingChannel gives a silent socket up, and does not wait for its close", () => {
  const { channel, clock, sockets, socket, away } = setUp();
  channel.open();
  socket().open();
  socket().say(WELCOME);
  socket().say({ type: "peer-joined", peer: "other", version: 2 });
  clock.advance(10_000);
  assertEquals([sockets.length, away], [1, []]);
  clock.advance(5_000);
  assertEquals([sockets.length, away, sockets[0]!.closes[0]?.code], [2, [15_000], undefined]);
  sockets[0]!.end(1006);
  assertEquals([sockets.length, away], [2, [15_000]]);
  channel.close();
});

Deno.test("SignalingChannel gives a socket up that brings no welcome, open or not", () => {
  for (const opens of [true, false]) {
    const { channel, clock, sockets, socket, away } = setUp();
    channel.open();
    if (opens) socket().open();
    clock.advance(PATIENCE - 1);
    assertEquals([sockets.length, away], [1, []]);
    clock.advance(1);
    assertEquals([sockets.length, away, sockets[0]!.closes[0]?.code], [2, [PATIENCE], 1000]);
    channel.close();
    assertEquals(clock.pending, []);
  }
});
