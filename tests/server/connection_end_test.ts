import { assertEquals } from "@std/assert";
import { CLOSE } from "../../lib/protocol/closes.ts";
import { watchConsole } from "../fakes/console.ts";
import { Exchange } from "../fakes/exchange.ts";

const OFFER = { type: "offer", sdp: "v=0" };

Deno.test("connect() leaves the closing to whoever said leave, for a second", () => {
  for (const version of [1, 2] as const) {
    using exchange = new Exchange();
    const socket = version === 1 ? exchange.dial({ version }) : exchange.join().socket;
    socket.say({ type: "leave" });
    assertEquals([socket.closes, exchange.signaling.registry.size], [[], 0]);
    exchange.clock.advance(999);
    assertEquals(socket.closes, []);
    exchange.clock.advance(1);
    assertEquals(socket.closes, [CLOSE.left]);
  }
});

Deno.test("connect() closes nothing after a leave where the client has closed", () => {
  using exchange = new Exchange();
  const { socket } = exchange.join();
  socket.say({ type: "leave" });
  socket.end(1000);
  exchange.clock.advance(5000);
  assertEquals([socket.closes, exchange.signaling.leaving.size], [[], 0]);
});

Deno.test("connect() hears nothing after a leave", () => {
  using exchange = new Exchange();
  const [a, b] = exchange.joinAll(2);
  b!.socket.say({ type: "leave", why: "tea" });
  assertEquals(a!.socket.take(), [
    { type: "leave", why: "tea", from: b!.peer },
    { type: "peer-left", peer: b!.peer, reason: "left" },
  ]);
  for (
    const message of [OFFER, { type: "join" }, { type: "ping", t: 1 }, "junk", { type: "leave" }]
  ) {
    b!.socket.say(message);
  }
  for (let i = 0; i < 1000; i++) b!.socket.say("junk");
  assertEquals([a!.socket.takeTexts(), b!.socket.takeTexts(), b!.socket.closes], [[], [], []]);
  // Gone for good: the end of the socket is no news.
  b!.socket.end();
  assertEquals([a!.socket.takeTexts(), exchange.signaling.registry.away], [[], 0]);
});

Deno.test("connect() frees the seat of a peer that left while its socket lingers", () => {
  using exchange = new Exchange();
  const [a, b] = exchange.joinAll(2);
  b!.socket.say({ type: "leave" });
  const c = exchange.join();
  assertEquals(c.welcome.type, "welcome");
  exchange.clock.advance(1000);
  b!.socket.end();
  assertEquals(a!.socket.takeTypes(), ["leave", "peer-left", "peer-joined"]);
  assertEquals(c.socket.takeTexts(), []);
});

Deno.test("connect() lets a peer leave before it has joined", () => {
  using exchange = new Exchange();
  const socket = exchange.dial();
  socket.say({ type: "leave" });
  exchange.clock.advance(1000);
  assertEquals([socket.takeTexts(), socket.closes], [[], [CLOSE.left]]);
  exchange.clock.advance(30_000);
  assertEquals(socket.closes.length, 1);
});

Deno.test("connect() stands a close that the runtime tells of twice", () => {
  for (const version of [1, 2] as const) {
    using exchange = new Exchange();
    const mate = exchange.join();
    const socket = version === 1 ? exchange.dial({ version }) : exchange.join().socket;
    mate.socket.takeTexts();
    socket.end(1001);
    const heard = mate.socket.takeTexts().length;
    socket.end(1005);
    const { admission, sockets } = exchange.signaling;
    assertEquals([heard, mate.socket.takeTexts(), socket.closes], [1, [], []]);
    assertEquals([admission.sockets, sockets.size], [1, 1]);
  }
});

Deno.test("connect() counts two sockets of an address after one of three closed twice", () => {
  using exchange = new Exchange({ MAX_SOCKETS_PER_ADDRESS: "3" });
  const { admission } = exchange.signaling;
  const [first] = [exchange.dial(), exchange.dial(), exchange.dial()];
  assertEquals(admission.knock("192.0.2.1")?.status, 429);
  first!.end();
  first!.end();
  assertEquals([admission.sockets, admission.knock("192.0.2.1")], [2, undefined]);
  exchange.dial();
  assertEquals(admission.knock("192.0.2.1")?.status, 429);
});

Deno.test("connect() counts a socket until it is really closed, whoever began", () => {
  using exchange = new Exchange();
  const { admission, sockets } = exchange.signaling;
  const { socket } = exchange.join();
  socket.say(new ArrayBuffer(1));
  exchange.letClose();
  assertEquals([socket.closeCode, admission.sockets, sockets.size], [1003, 1, 1]);
  socket.end();
  assertEquals([admission.sockets, sockets.size], [0, 0]);
});

Deno.test("connect() takes in what was said already before it closes, and hears nothing of it", () => {
  using exchange = new Exchange();
  const [a, b] = exchange.joinAll(2);
  b!.socket.say(new ArrayBuffer(1));
  // The seat is free at once; the close waits for what is on its way.
  assertEquals([a!.socket.takeTypes(), b!.socket.takeTypes()], [["peer-left"], ["bad-message"]]);
  assertEquals(exchange.join().welcome.type, "welcome");
  a!.socket.takeTexts();
  for (const message of [OFFER, { type: "leave" }, "junk", { type: "ping", t: 1 }]) {
    b!.socket.say(message);
  }
  assertEquals([a!.socket.takeTexts(), b!.socket.takeTexts(), b!.socket.closes], [[], [], []]);
  exchange.letClose();
  exchange.clock.advance(60_000);
  assertEquals(b!.socket.closes, [CLOSE.binary]);
});

Deno.test("connect() closes nothing later where the client has closed meanwhile", () => {
  using exchange = new Exchange();
  const { socket } = exchange.join();
  socket.say(new ArrayBuffer(1));
  socket.end();
  assertEquals([exchange.signaling.closing.size, exchange.clock.pending.length], [0, 1]);
  exchange.clock.advance(1000);
  assertEquals(socket.closes, []);
});

Deno.test("connect() sends nothing to a socket that is closing, and closes it once", () => {
  using exchange = new Exchange();
  const [a, b] = exchange.joinAll(2);
  b!.socket.readyState = WebSocket.CLOSING;
  // The fake throws as the runtime does where something is sent too late.
  a!.socket.say(OFFER);
  b!.socket.say({ type: "ping", t: 1 });
  b!.socket.say(new ArrayBuffer(1));
  assertEquals([b!.socket.takeTexts(), b!.socket.closes, a!.socket.closes], [[], [], []]);
});

Deno.test("connect() closes with 1011 where the server fails, frees the seat, and writes it down", () => {
  using console = watchConsole();
  using exchange = new Exchange();
  const [a, b] = exchange.joinAll(2);
  const { send } = b!.socket;
  b!.socket.send = () => {
    b!.socket.send = send;
    throw new Error("a fault of the server");
  };
  a!.socket.say(OFFER);
  exchange.letClose();
  assertEquals([a!.socket.closes, a!.socket.takeTexts()], [[CLOSE.serverFault], []]);
  assertEquals(b!.socket.take(), [{ type: "peer-left", peer: a!.peer, reason: "lost" }]);
  assertEquals(console.lines.length, 1);
});

Deno.test("connect() turned out says why, keeps the seat of version 2, and closes with 1012", () => {
  using exchange = new Exchange({ ROOM_CAPACITY: "3" });
  const [a, b] = exchange.joinAll(2);
  const old = exchange.dial({ version: 1 });
  const joining = exchange.dial();
  const left = exchange.join({ room: "y" });
  left.socket.say({ type: "leave" });
  for (const socket of exchange.sockets) socket.takeTexts();
  const { sockets, registry } = exchange.signaling;
  sockets.turnOut(CLOSE.restarting);
  for (const socket of [a!.socket, b!.socket, old, joining]) {
    const words = socket.takeTypes();
    assertEquals(words.filter((word) => word === "restarting").length, 1);
    assertEquals(socket.closes, [CLOSE.restarting]);
  }
  assertEquals([registry.away, sockets.size, registry.size], [2, 5, 1]);
  exchange.clock.advance(20_000);
  const back = exchange.join({ resume: b!.welcome.resume });
  assertEquals([back.welcome.peer, back.welcome.peers], [b!.peer, [
    { peer: a!.peer, version: 2, state: "away" },
  ]]);
});

Deno.test("connect() keeps one timer for all sockets, and those of what is under way", () => {
  using exchange = new Exchange({ ROOM_CAPACITY: "8" });
  const { clock } = exchange;
  for (let i = 0; i < 50; i++) exchange.join({ room: `room-${i}` });
  // The watch over all sockets, and the addresses that are remembered for a while.
  assertEquals(clock.pending.length, 2);
  for (let i = 0; i < 50; i++) exchange.dial();
  assertEquals(clock.pending.length, 3);
  for (const socket of exchange.sockets.slice(0, 25)) socket.end();
  assertEquals(clock.pending.length, 4);
  for (const socket of exchange.sockets.slice(25, 50)) socket.say({ type: "leave" });
  assertEquals(clock.pending.length, 5);
});
