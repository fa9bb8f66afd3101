import { assertEquals, assertNotEquals } from "@std/assert";
import { CLOSE } from "../../lib/protocol/closes.ts";
import { Exchange } from "../fakes/exchange.ts";

const OFFER = { type: "offer", sdp: "v=0" };
const LEAVE = '{"type":"leave"}';

/** A room of two peers of version 2 and one of version 1. */
function trio(exchange: Exchange) {
  const [a, b] = exchange.joinAll(2);
  const old = exchange.dial({ version: 1 });
  for (const { socket } of [a!, b!]) socket.takeTexts();
  return { a: a!, b: b!, old };
}

Deno.test("connect() keeps the seat of a version 2 peer whose socket ended without leave", () => {
  for (const code of [1000, 1001, 1005, 1006, 4000]) {
    using exchange = new Exchange({ ROOM_CAPACITY: "3" });
    const { a, b, old } = trio(exchange);
    b.socket.end(code);
    assertEquals(a.socket.take(), [{ type: "peer-away", peer: b.peer }], `${code}`);
    assertEquals(old.takeTexts(), [LEAVE]);
    const { registry, admission } = exchange.signaling;
    assertEquals([registry.away, registry.isFull("x"), admission.sockets], [1, true, 2]);
    a.socket.say({ ...OFFER, to: b.peer });
    assertEquals(a.socket.takeTypes(), ["peer-away"]);

    exchange.clock.advance(29_999);
    assertEquals([a.socket.takeTexts(), registry.away], [[], 1]);
    exchange.clock.advance(1);
    assertEquals(a.socket.take(), [{ type: "peer-left", peer: b.peer, reason: "lost" }]);
    assertEquals([old.takeTexts(), registry.away], [[], 0]);
  }
});

Deno.test("connect() keeps the seat of a socket that breaks off with an error", () => {
  using exchange = new Exchange({ ROOM_CAPACITY: "3" });
  const { a, b, old } = trio(exchange);
  b.socket.breakOff();
  assertEquals([a.socket.takeTypes(), old.takeTexts()], [["peer-away"], [LEAVE]]);
  assertEquals(exchange.join({ resume: b.welcome.resume }).welcome.peer, b.peer);
});

Deno.test("connect() frees the seat of a version 1 peer at once", () => {
  using exchange = new Exchange({ ROOM_CAPACITY: "3" });
  const { a, b, old } = trio(exchange);
  const [, { peer }] = exchange.signaling.registry.find("x")!.roster(
    exchange.signaling.registry.find("x")!.seats[0],
  ) as [unknown, { peer: string }];
  old.end();
  const gone = [{ type: "peer-left", peer, reason: "lost" }];
  assertEquals([a.socket.take(), b.socket.take()], [gone, gone]);
  assertEquals([exchange.signaling.registry.away, exchange.clock.pending.length], [0, 2]);
});

Deno.test("connect() gives a peer its seat back by its token, with the same id", () => {
  using exchange = new Exchange({ ROOM_CAPACITY: "3" });
  const { a, b, old } = trio(exchange);
  b.socket.end();
  a.socket.takeTexts();
  old.takeTexts();
  exchange.clock.advance(29_999);
  const back = exchange.join({ resume: b.welcome.resume });
  assertEquals([back.welcome.peer, back.welcome.resume], [b.peer, b.welcome.resume]);
  assertEquals((back.welcome.peers as unknown[]).length, 2);
  assertEquals(a.socket.take(), [{ type: "peer-back", peer: b.peer }]);
  assertEquals(old.takeTexts(), []);
  exchange.clock.advance(60_000);
  assertEquals([a.socket.takeTexts(), back.socket.closes], [[], []]);
  back.socket.say(OFFER);
  assertEquals(a.socket.take(), [{ ...OFFER, from: b.peer }]);
});

Deno.test("connect() replaces a socket that is still there, and closes it with 4504", () => {
  using exchange = new Exchange({ ROOM_CAPACITY: "3" });
  const { a, b, old } = trio(exchange);
  const back = exchange.join({ resume: b.welcome.resume });
  assertEquals([back.welcome.peer, b.socket.closes], [b.peer, [CLOSE.replaced]]);
  assertEquals(a.socket.take(), [
    { type: "peer-away", peer: b.peer },
    { type: "peer-back", peer: b.peer },
  ]);
  assertEquals(old.takeTexts(), [LEAVE]);
  // What the old socket still brings is not heard.
  b.socket.say(OFFER);
  b.socket.say({ type: "leave" });
  assertEquals([a.socket.takeTexts(), b.socket.takeTexts()], [[], []]);
});

Deno.test("connect() takes nothing from the newer socket by a late close of the older", () => {
  using exchange = new Exchange();
  const [a, b] = exchange.joinAll(2);
  const back = exchange.join({ resume: b!.welcome.resume });
  a!.socket.takeTexts();
  b!.socket.end(4504);
  b!.socket.end(1005);
  exchange.clock.advance(60_000);
  assertEquals([a!.socket.takeTexts(), back.socket.closes], [[], []]);
  a!.socket.say({ ...OFFER, to: b!.peer });
  assertEquals([back.socket.takeTypes(), a!.socket.takeTexts()], [["offer"], []]);
  assertEquals(exchange.signaling.admission.sockets, 2);
});

Deno.test("connect() lets a seat change hands many times, and its token stays the same", () => {
  using exchange = new Exchange();
  const [a, b] = exchange.joinAll(2);
  let last = b!.socket;
  for (let round = 0; round < 10; round++) {
    if (round % 3 === 0) last.end();
    const { socket, welcome } = exchange.join({ resume: b!.welcome.resume });
    assertEquals([welcome.peer, welcome.resume], [b!.peer, b!.welcome.resume]);
    assertEquals(a!.socket.takeTypes(), ["peer-away", "peer-back"]);
    last = socket;
  }
});

Deno.test("connect() seats an unknown token as a newcomer with an id and a token of its own", () => {
  using exchange = new Exchange({ ROOM_CAPACITY: "8" });
  const { a, b } = trio(exchange);
  const elsewhere = exchange.join({ room: "y" });
  const resumes = ["unknown", b.peer, elsewhere.welcome.resume, "__proto__"];
  for (const resume of resumes) {
    const { welcome } = exchange.join({ resume });
    assertEquals([welcome.type, a.socket.takeTypes()], ["welcome", ["peer-joined"]]);
    assertNotEquals(welcome.peer, b.peer);
    assertNotEquals(welcome.resume, resume);
  }
  assertEquals([elsewhere.socket.closes, b.socket.closes], [[], []]);
});

Deno.test("connect() takes no token as a bad message leaves it", () => {
  using exchange = new Exchange();
  for (const resume of ["", "x".repeat(129), 7, null, {}, ["x"]]) {
    const socket = exchange.dial();
    socket.say({ type: "join", resume });
    assertEquals(socket.takeTypes(), ["bad-message"], JSON.stringify(resume));
    socket.say({ type: "join" });
    assertEquals(socket.takeTypes(), ["welcome"]);
    socket.say({ type: "leave" });
  }
});

Deno.test("connect() does not make the rejected third of a peer that comes back to a full room", () => {
  using exchange = new Exchange();
  const [a, b] = exchange.joinAll(2);
  b!.socket.end();
  const stranger = exchange.join();
  assertEquals(stranger.welcome.code, "room-full");
  const back = exchange.join({ resume: b!.welcome.resume });
  assertEquals(back.welcome.peer, b!.peer);
  assertEquals(a!.socket.takeTypes(), ["peer-away", "peer-back"]);
});

Deno.test("connect() knows a token no more once the seat is given up", () => {
  const ends: [string, (exchange: Exchange, socket: Exchange["sockets"][0]) => void][] = [
    ["left", (_, socket) => socket.say({ type: "leave" })],
    ["evicted", (_, socket) => socket.say(new ArrayBuffer(1))],
    ["over", (exchange, socket) => {
      socket.end();
      exchange.clock.advance(30_000);
    }],
  ];
  for (const [name, end] of ends) {
    using exchange = new Exchange();
    const [a, b] = exchange.joinAll(2);
    end(exchange, b!.socket);
    assertEquals(a!.socket.takeTypes().at(-1), "peer-left", name);
    const { welcome } = exchange.join({ resume: b!.welcome.resume });
    assertNotEquals(welcome.peer, b!.peer);
    assertEquals(a!.socket.takeTypes(), ["peer-joined"]);
  }
});

Deno.test("connect() keeps the order of seats over a resume", () => {
  using exchange = new Exchange({ ROOM_CAPACITY: "3" });
  const [a, b] = exchange.joinAll(2);
  a!.socket.end();
  exchange.join({ resume: a!.welcome.resume });
  const c = exchange.join();
  assertEquals((c.welcome.peers as { peer: string }[]).map(({ peer }) => peer), [a!.peer, b!.peer]);
});

Deno.test("connect() welcomes a newcomer to a room where all are away", () => {
  using exchange = new Exchange();
  const one = exchange.join();
  one.socket.end();
  const two = exchange.join();
  assertEquals(two.welcome.peers, [{ peer: one.welcome.peer, version: 2, state: "away" }]);
  two.socket.say(OFFER);
  assertEquals(two.socket.takeTexts(), []);
  // What was said to nobody is kept for whoever is there next: the one that comes back.
  const back = exchange.dial();
  back.say({ type: "join", resume: one.welcome.resume });
  assertEquals(back.takeTypes(), ["welcome", "offer"]);
  assertEquals(two.socket.take(), [{ type: "peer-back", peer: one.welcome.peer }]);
});
