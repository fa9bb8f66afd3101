import { assertEquals, assertMatch, assertNotEquals } from "@std/assert";
import { CLOSE } from "../../lib/protocol/closes.ts";
import { Exchange } from "../fakes/exchange.ts";

const OFFER = { type: "offer", sdp: "v=0" };

Deno.test("connect() welcomes a version 2 peer with everything that it needs", () => {
  using exchange = new Exchange({ STUN_URLS: "stun:stun.example", ROOM_CAPACITY: "3" });
  const { socket, welcome } = exchange.join({ room: "lobby" });
  assertMatch(String(welcome.peer), /^[A-Za-z0-9_-]{16}$/);
  assertMatch(String(welcome.resume), /^[A-Za-z0-9_-]{22}$/);
  assertEquals({ ...welcome, peer: "", resume: "" }, {
    type: "welcome",
    peer: "",
    room: "lobby",
    capacity: 3,
    peers: [],
    seat: 0,
    resume: "",
    iceServers: [{ urls: ["stun:stun.example"] }],
    heartbeat: { interval: 10_000, timeout: 5_000 },
    limits: {
      MAX_MESSAGE_BYTES: 16_384,
      MESSAGES_PER_SECOND: 10,
      MESSAGE_BURST: 60,
      BYTES_PER_SECOND: 32_768,
      BYTE_BURST: 262_144,
      SEAT_GRACE: 30,
    },
  });
  assertEquals(socket.binaryType, "arraybuffer");
});

Deno.test("connect() tells of no limit that is lifted", () => {
  using exchange = new Exchange({ MESSAGES_PER_SECOND: "0", BYTE_BURST: "0", SEAT_GRACE: "0" });
  const { limits } = exchange.join().welcome;
  assertEquals(limits, {
    MAX_MESSAGE_BYTES: 16_384,
    MESSAGE_BURST: 60,
    BYTES_PER_SECOND: 32_768,
    SEAT_GRACE: 300,
  });
});

Deno.test("connect() tells a newcomer who is here, and those here of the newcomer", () => {
  using exchange = new Exchange({ ROOM_CAPACITY: "3" });
  const one = exchange.join();
  const old = exchange.dial({ version: 1 });
  const [joined] = one.socket.take();
  assertEquals(joined, { type: "peer-joined", peer: joined!.peer, version: 1 });
  const two = exchange.join();
  assertEquals(two.welcome.peers, [
    { peer: one.welcome.peer, version: 2, state: "present" },
    { peer: joined!.peer, version: 1, state: "present" },
  ]);
  assertEquals(one.socket.take(), [
    { type: "peer-joined", peer: two.welcome.peer, version: 2 },
  ]);
  assertEquals(old.takeTexts(), []);
  assertNotEquals(one.welcome.resume, two.welcome.resume);
});

Deno.test("connect() hands what a lone peer said to the one that joins, after its welcome", () => {
  using exchange = new Exchange();
  const old = exchange.dial({ version: 1 });
  old.say(OFFER);
  const socket = exchange.dial();
  socket.say({ type: "join" });
  const [welcome, offer, ...rest] = socket.take();
  assertEquals([welcome?.type, offer?.type, rest], ["welcome", "offer", []]);
  assertEquals([offer?.from], (welcome?.peers as { peer: string }[]).map(({ peer }) => peer));
});

Deno.test("connect() gives a version 2 peer the time of JOIN_TIMEOUT to join", () => {
  using exchange = new Exchange({ JOIN_TIMEOUT: "3" });
  const mute = exchange.dial();
  const late = exchange.dial();
  exchange.clock.advance(2999);
  assertEquals([mute.closeCode, mute.takeTexts()], [0, []]);
  late.say({ type: "join" });
  assertEquals(late.take()[0]?.type, "welcome");
  exchange.clock.advance(1);
  const [error] = mute.take();
  assertEquals([error?.type, error?.code], ["error", "join-timeout"]);
  assertEquals(mute.closes, [CLOSE.noJoin]);
  exchange.clock.advance(60_000);
  assertEquals([late.closes, late.takeTexts()], [[], []]);
});

Deno.test("connect() answers a ping before the join, which is no join", () => {
  using exchange = new Exchange();
  const socket = exchange.dial();
  socket.say({ type: "ping", t: 7.5 });
  socket.say({ type: "pong", t: 1 });
  assertEquals(socket.take(), [{ type: "pong", t: 7.5 }]);
  exchange.clock.advance(10_000);
  assertEquals(socket.closeCode, 4402);
});

Deno.test("connect() wants no join of version 1, and gives it no time", () => {
  using exchange = new Exchange();
  const old = exchange.dial({ version: 1 });
  exchange.clock.advance(3_600_000);
  assertEquals([old.closes, old.takeTexts()], [[], []]);
});

Deno.test("connect() turns away with an error and its close code, and hears nothing", () => {
  using exchange = new Exchange();
  const error = { type: "error", code: "bad-room", message: "No" } as const;
  const socket = exchange.connect({
    state: "turn-away",
    version: 2,
    protocol: "mcp.v2",
    error,
    close: CLOSE.badRoom,
    address: "a",
  });
  assertEquals([socket.closes, exchange.signaling.admission.sockets], [[], 1]);
  socket.open();
  socket.say({ type: "join" });
  socket.say("junk");
  assertEquals([socket.take(), socket.closes], [[error], [CLOSE.badRoom]]);
  assertEquals(exchange.signaling.registry.size, 0);
});

Deno.test("connect() refuses a third peer on its socket, and nobody is disturbed", () => {
  using exchange = new Exchange();
  const [a, b] = exchange.joinAll(2);
  const { socket, welcome } = exchange.join();
  exchange.letClose();
  assertEquals([welcome.type, welcome.code, socket.closes], ["error", "room-full", [
    CLOSE.roomFull,
  ]]);
  socket.say({ type: "join" });
  socket.say(OFFER);
  assertEquals([...a!.socket.take(), ...b!.socket.take(), ...socket.take()], []);
});

Deno.test("connect() refuses a room too many with 1013 and a time to come back", () => {
  using exchange = new Exchange({ MAX_ROOMS: "1" });
  exchange.join({ room: "x" });
  const { socket, welcome } = exchange.join({ room: "y" });
  exchange.letClose();
  assertEquals([welcome.code, welcome.retryAfter, socket.closes], ["try-later", 5, [
    CLOSE.tryLater,
  ]]);
  assertEquals(exchange.join({ room: "x" }).welcome.type, "welcome");
});
