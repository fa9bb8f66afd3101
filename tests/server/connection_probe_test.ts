import { assertEquals } from "@std/assert";
import { CLOSE } from "../../lib/protocol/closes.ts";
import { Exchange } from "../fakes/exchange.ts";
import type { FakeServerSocket } from "../fakes/server_socket.ts";
import { settle } from "../fakes/settle.ts";

/** A full room of two who keep the heartbeat, and have been quiet for two seconds. */
function quietPair(exchange: Exchange) {
  const [a, b] = exchange.joinAll(2);
  for (const { socket } of [a!, b!]) {
    socket.say({ type: "ping", t: 1 });
    socket.takeTexts();
  }
  exchange.clock.advance(2000);
  return { a: a!, b: b! };
}

/** A newcomer that has asked for a seat. */
function newcomer(exchange: Exchange): FakeServerSocket {
  const socket = exchange.dial();
  socket.say({ type: "join" });
  return socket;
}

Deno.test("connect() asks the quiet peers of a full room, and gives away the seat of the silent", async () => {
  using exchange = new Exchange();
  const { a, b } = quietPair(exchange);
  const socket = newcomer(exchange);
  for (const each of [a, b]) {
    const [ping, ...rest] = each.socket.take();
    assertEquals([ping?.type, typeof ping?.t, rest], ["ping", "number", []]);
  }
  assertEquals(socket.takeTexts(), []);
  a.socket.say({ type: "pong", t: 1 });
  exchange.clock.advance(1999);
  await settle();
  assertEquals([socket.takeTexts(), b.socket.closes], [[], []]);
  exchange.clock.advance(1);
  await settle();
  assertEquals([b.socket.closes, socket.takeTypes()], [[CLOSE.seatLost], ["welcome"]]);
  const heard = a.socket.take();
  assertEquals(heard.map(({ type }) => type), ["peer-left", "peer-joined"]);
  assertEquals([heard[0]?.peer, heard[0]?.reason], [b.peer, "lost"]);
});

Deno.test("connect() refuses a newcomer as soon as all have given a sign of life, of any kind", async () => {
  const signs = [
    { type: "pong", t: 5 },
    { type: "ping", t: 1 },
    { type: "offer", sdp: "" },
    "junk",
  ];
  for (const sign of signs) {
    using exchange = new Exchange();
    const { a, b } = quietPair(exchange);
    const socket = newcomer(exchange);
    a.socket.say(sign);
    await settle();
    assertEquals(socket.takeTexts(), []);
    b.socket.say({ type: "pong", t: 1 });
    await settle();
    assertEquals([socket.takeTypes(), socket.closes], [["room-full"], [CLOSE.roomFull]]);
    exchange.clock.advance(10_000);
    assertEquals([a.socket.closes, b.socket.closes], [[], []]);
  }
});

Deno.test("connect() asks nobody who was heard lately, or never kept the heartbeat", () => {
  using exchange = new Exchange({ ROOM_CAPACITY: "3" });
  const [lately] = exchange.joinAll(2);
  const old = exchange.dial({ version: 1 });
  lately!.socket.say({ type: "ping", t: 1 });
  exchange.clock.advance(1999);
  for (const socket of exchange.sockets) socket.takeTexts();
  const socket = newcomer(exchange);
  assertEquals(socket.takeTypes(), ["room-full"]);
  exchange.clock.advance(600_000);
  for (const each of [lately!.socket, old]) assertEquals([each.takeTexts(), each.closes], [[], []]);
});

Deno.test("connect() asks once for several newcomers, and seats them in the order in which they came", async () => {
  using exchange = new Exchange();
  const { a, b } = quietPair(exchange);
  const first = newcomer(exchange);
  exchange.clock.advance(1000);
  const second = newcomer(exchange);
  const third = newcomer(exchange);
  assertEquals([a.socket.takeTypes(), b.socket.takeTypes()], [["ping"], ["ping"]]);
  exchange.clock.advance(1000);
  await settle();
  assertEquals([a.socket.closeCode, b.socket.closeCode], [4400, 4400]);
  assertEquals(first.takeTypes(), ["welcome", "peer-joined"]);
  assertEquals(second.takeTypes(), ["welcome"]);
  assertEquals([third.takeTypes(), third.closes], [["room-full"], [CLOSE.roomFull]]);
});

Deno.test("connect() forgets a newcomer that goes while others are asked", async () => {
  const goings: ((socket: FakeServerSocket) => void)[] = [
    (socket) => socket.end(),
    (socket) => socket.say({ type: "leave" }),
    (socket) => socket.say(new ArrayBuffer(1)),
  ];
  for (const goes of goings) {
    using exchange = new Exchange();
    quietPair(exchange);
    const socket = newcomer(exchange);
    goes(socket);
    socket.takeTexts();
    exchange.clock.advance(2000);
    await settle();
    // The silent have lost their seats all the same; nobody has taken them.
    assertEquals([socket.takeTexts(), exchange.signaling.registry.size], [[], 0]);
  }
});

Deno.test("connect() lets a newcomer that waits say no signal, and lets it ping", async () => {
  using exchange = new Exchange();
  quietPair(exchange);
  const socket = newcomer(exchange);
  socket.say({ type: "ping", t: 1 });
  socket.say({ type: "offer", sdp: "" });
  socket.say({ type: "join" });
  assertEquals(socket.takeTypes(), ["pong", "bad-message", "bad-message"]);
  exchange.clock.advance(2000);
  await settle();
  assertEquals(socket.takeTypes(), ["welcome"]);
});

Deno.test("connect() does not hurry a newcomer that waits by the time of its join", async () => {
  using exchange = new Exchange({ JOIN_TIMEOUT: "1" });
  quietPair(exchange);
  const socket = newcomer(exchange);
  exchange.clock.advance(2000);
  await settle();
  assertEquals([socket.takeTypes(), socket.closes], [["welcome"], []]);
});

Deno.test("connect() gives a newcomer the seat of one that leaves while it is asked", async () => {
  using exchange = new Exchange();
  const { a, b } = quietPair(exchange);
  const socket = newcomer(exchange);
  b.socket.say({ type: "leave" });
  a.socket.say({ type: "pong", t: 1 });
  await settle();
  assertEquals(socket.takeTypes(), ["welcome"]);
});

Deno.test("connect() lets a peer that is asked come back by its token instead", async () => {
  using exchange = new Exchange();
  const { a, b } = quietPair(exchange);
  const socket = newcomer(exchange);
  const back = exchange.join({ resume: b.welcome.resume });
  assertEquals([back.welcome.peer, b.socket.closes], [b.peer, [CLOSE.replaced]]);
  a.socket.say({ type: "pong", t: 1 });
  await settle();
  assertEquals(socket.takeTypes(), ["room-full"]);
  exchange.clock.advance(10_000);
  assertEquals([a.socket.closes, back.socket.closes], [[], []]);
});

Deno.test("connect() keeps the seat of a peer whose socket ends while it is asked", async () => {
  using exchange = new Exchange();
  const { a, b } = quietPair(exchange);
  const socket = newcomer(exchange);
  b.socket.end();
  a.socket.say({ type: "pong", t: 1 });
  await settle();
  assertEquals(socket.takeTypes(), ["room-full"]);
  assertEquals(exchange.join({ resume: b.welcome.resume }).welcome.peer, b.peer);
});

Deno.test("connect() seats a newcomer at once where the question itself ends a slow reader", async () => {
  using exchange = new Exchange({ MAX_BUFFERED_BYTES: "1000" });
  const { a, b } = quietPair(exchange);
  b.socket.reads = false;
  b.socket.bufferedAmount = 1000;
  const socket = newcomer(exchange);
  exchange.letEvict();
  assertEquals(b.socket.closes, [CLOSE.slowReader]);
  a.socket.say({ type: "pong", t: 1 });
  await settle();
  assertEquals(socket.takeTypes(), ["welcome"]);
});
