import { assertEquals } from "@std/assert";
import { SignalingChannel, type Stop } from "../../lib/client/signaling_channel.ts";
import type { ServerMessage } from "../../lib/protocol/messages.ts";
import { SteppedClock } from "../fakes/clock.ts";
import { FakeSocket } from "../fakes/socket.ts";

/** Milliseconds in which a new socket must bring its welcome. */
const PATIENCE = 10_000;

const URL = "ws://tincan.test/ws/signal?room=lobby";

const WELCOME = {
  type: "welcome",
  peer: "me",
  room: "lobby",
  capacity: 2,
  peers: [],
  iceServers: [],
  heartbeat: { interval: 10_000, timeout: 5_000 },
  limits: {},
};

/** A channel with everything around it in the test's hand. */
function setUp() {
  const clock = new SteppedClock();
  const sockets: FakeSocket[] = [];
  const asked: [url: string, protocol: string][] = [];
  const messages: ServerMessage[] = [];
  const stops: Stop[] = [];
  const away: number[] = [];
  const channel = new SignalingChannel({
    url: URL,
    clock,
    random: () => 0,
    openSocket(...args) {
      asked.push(args);
      const socket = new FakeSocket();
      sockets.push(socket);
      return socket;
    },
    onMessage: (message) => messages.push(message),
    onAway: () => away.push(clock.now()),
    onStop: (stop) => stops.push(stop),
  });
  /** The newest socket. */
  const socket = () => sockets.at(-1)!;
  return { channel, clock, sockets, socket, asked, messages, stops, away };
}

Deno.test("SignalingChannel.open() asks for version 2, and joins once the socket is open", () => {
  const { channel, socket, asked } = setUp();
  channel.open();
  assertEquals(asked, [[URL, "mcp.v2"]]);
  assertEquals(socket().sent, []);
  socket().open();
  assertEquals(socket().sent, [{ type: "join" }]);
});

Deno.test("SignalingChannel.open() opens one socket, however often it is called", () => {
  const { channel, sockets, socket } = setUp();
  channel.open();
  channel.open();
  socket().open();
  channel.open();
  assertEquals(sockets.length, 1);
});

Deno.test("SignalingChannel comes back after each code that means so", () => {
  for (const code of [1001, 1005, 1006, 1011, 1012, 1013, 4400, 4401, 4402, 4403, 4404]) {
    const { channel, clock, sockets, socket, stops } = setUp();
    channel.open();
    socket().open();
    socket().end(code);
    clock.advance(0);
    assertEquals({ code, sockets: sockets.length, stops }, { code, sockets: 2, stops: [] });
    socket().open();
    assertEquals(socket().sent, [{ type: "join" }]);
  }
});

Deno.test("SignalingChannel waits longer each time the server stays away", () => {
  const { channel, clock, sockets, socket, away } = setUp();
  channel.open();
  for (const [code, wait] of [[1006, 0], [1012, 300], [4401, 1200], [1006, 2700]] as const) {
    const before = sockets.length;
    socket().end(code);
    assertEquals(clock.pending, [wait]);
    if (wait > 0) clock.advance(wait - 1);
    assertEquals(sockets.length, before);
    clock.advance(1);
    assertEquals(sockets.length, before + 1);
  }
  assertEquals(away.length, 4);
});

Deno.test("SignalingChannel starts over with short waits after a welcome", () => {
  const { channel, clock, sockets, socket } = setUp();
  channel.open();
  for (const delay of [0, 300]) {
    socket().end(1006);
    clock.advance(delay);
  }
  // An open socket alone proves little: a full server opens and closes, too.
  socket().open();
  socket().end(1006);
  clock.advance(1199);
  assertEquals(sockets.length, 3);
  clock.advance(1);
  assertEquals(sockets.length, 4);
  socket().open();
  socket().say(WELCOME);
  socket().end(1006);
  assertEquals(clock.pending, [0]);
});

Deno.test("SignalingChannel stops where the server says so, with its last error", () => {
  for (const code of [1000, 4502, 4503]) {
    const { channel, clock, sockets, socket, stops, away } = setUp();
    const error = { type: "error", code: "room-full", message: "Every seat is taken" } as const;
    channel.open();
    socket().open();
    socket().say({ type: "error", code: "bad-message", message: "An earlier one" });
    socket().say(error);
    socket().end(code);
    assertEquals(stops, [{ code, error }]);
    clock.advance(60_000);
    channel.open();
    assertEquals([sockets.length, clock.pending, away], [1, [], []]);
  }
});

Deno.test("SignalingChannel forgets the error of a socket before", () => {
  const { channel, clock, socket, stops } = setUp();
  channel.open();
  socket().open();
  socket().say({ type: "error", code: "restarting", message: "Back soon" });
  socket().end(1012);
  clock.advance(0);
  socket().end(4503);
  assertEquals(stops, [{ code: 4503, error: undefined }]);
});

Deno.test("SignalingChannel takes its seat back with the token of the last welcome", () => {
  const { channel, clock, socket } = setUp();
  channel.open();
  socket().open();
  assertEquals(socket().sent, [{ type: "join" }]);
  socket().say({ ...WELCOME, resume: "first" });
  socket().end(1012);
  clock.advance(0);
  socket().open();
  assertEquals(socket().sent, [{ type: "join", resume: "first" }]);
  socket().say({ ...WELCOME, resume: "second" });
  socket().end(1006);
  clock.advance(0);
  socket().open();
  assertEquals(socket().sent, [{ type: "join", resume: "second" }]);
  channel.close();
});

Deno.test("SignalingChannel.send() drops signals for which it has no seat", () => {
  const { channel, clock, socket } = setUp();
  const signal = { type: "offer", sdp: "v=0" } as const;
  channel.send(signal);
  channel.open();
  channel.send(signal);
  socket().open();
  channel.send(signal);
  assertEquals(socket().sent, [{ type: "join" }]);
  socket().say(WELCOME);
  channel.send(signal);
  assertEquals(socket().sent, [{ type: "join" }, { type: "ping", t: 0 }, signal]);
  socket().end(1006);
  channel.send(signal);
  clock.advance(0);
  socket().open();
  channel.send(signal);
  assertEquals(socket().sent, [{ type: "join" }]);
  channel.close();
});

Deno.test("SignalingChannel.leave() says leave, then closes with 1000", () => {
  const { channel, socket, stops, clock } = setUp();
  channel.open();
  socket().open();
  channel.leave();
  channel.leave();
  assertEquals(socket().sent, [{ type: "join" }, { type: "leave" }]);
  assertEquals(socket().closes, [{ code: 1000, reason: "left" }]);
  socket().end(1000);
  assertEquals([stops, clock.pending], [[], []]);
});

Deno.test("SignalingChannel.close() cancels the return, and may be called twice", () => {
  const { channel, clock, sockets, socket, away } = setUp();
  channel.open();
  socket().end(1006);
  clock.advance(0);
  socket().end(1006);
  assertEquals(clock.pending, [300]);
  channel.close();
  channel.close();
  assertEquals(clock.pending, []);
  channel.open();
  assertEquals([sockets.length, away.length], [2, 2]);
});

Deno.test("SignalingChannel.close() before the socket opened says nothing later", () => {
  const { channel, socket, messages } = setUp();
  channel.open();
  channel.close();
  socket().open();
  socket().say(WELCOME);
  assertEquals([socket().sent, socket().closes.length, messages], [[], 1, []]);
});

Deno.test("SignalingChannel drops what is no message of a server", () => {
  const { channel, socket, messages } = setUp();
  channel.open();
  socket().open();
  for (const frame of ["", "{", "[]", { type: "weather" }, { type: "offer" }, new Blob([])]) {
    socket().say(frame);
  }
  assertEquals(messages, []);
  socket().say({ type: "pong", t: 1 });
  assertEquals(messages, [{ type: "pong", t: 1 }]);
});

Deno.test("SignalingChannel ignores the events of an old socket", () => {
  const { channel, clock, sockets, socket, messages, stops, away } = setUp();
  channel.open();
  socket().open();
  const old = socket();
  old.end(1001);
  clock.advance(0);
  socket().open();
  // Deno's idle timeout ends a socket twice.
  old.end(1005);
  old.end(4503);
  old.open();
  old.say(WELCOME);
  assertEquals(
    { sockets: sockets.length, messages, stops, away: away.length, pending: clock.pending },
    { sockets: 2, messages: [], stops: [], away: 1, pending: [PATIENCE] },
  );
  assertEquals(socket().sent, [{ type: "join" }]);
});
