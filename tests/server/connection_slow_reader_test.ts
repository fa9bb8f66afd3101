import { assertEquals } from "@std/assert";
import { CLOSE } from "../../lib/protocol/closes.ts";
import { Exchange } from "../fakes/exchange.ts";

/** An offer of 1000 characters. */
function offer(character = "x") {
  return { type: "offer", sdp: character.repeat(1000) };
}

const LIFTED = { MESSAGE_BURST: "0", BYTE_BURST: "0" };

Deno.test("connect() evicts a slow reader with 4401 at the frame that is too much", () => {
  using exchange = new Exchange({ ...LIFTED, MAX_BUFFERED_BYTES: "5000" });
  const [a, b] = exchange.joinAll(2);
  b!.socket.reads = false;
  for (let i = 0; i < 4; i++) a!.socket.say(offer());
  exchange.letEvict();
  assertEquals([b!.socket.closes, a!.socket.takeTexts()], [[], []]);
  a!.socket.say(offer());
  exchange.letEvict();
  assertEquals(b!.socket.closes, [CLOSE.slowReader]);
  assertEquals(a!.socket.take(), [{ type: "peer-left", peer: b!.peer, reason: "lost" }]);
  // It is gone: what comes now is for nobody, and kept.
  const sent = b!.socket.take().length;
  a!.socket.say(offer());
  assertEquals([sent, b!.socket.takeTexts(), a!.socket.takeTexts()], [5, [], []]);
});

Deno.test("connect() sends a slow reader nothing more, however much comes at once", () => {
  using exchange = new Exchange({ ...LIFTED, MAX_BUFFERED_BYTES: "5000" });
  const [a, b] = exchange.joinAll(2);
  b!.socket.reads = false;
  for (let i = 0; i < 1000; i++) a!.socket.say(offer());
  const most = 16 * 5000;
  assertEquals([b!.socket.bufferedAmount > most, b!.socket.bufferedAmount < most + 2000], [
    true,
    true,
  ]);
  exchange.letEvict();
  assertEquals(b!.socket.closes, [CLOSE.slowReader]);
});

Deno.test("connect() bears whoever has read in the next moment what was too much in this one", () => {
  using exchange = new Exchange({ ...LIFTED, MAX_BUFFERED_BYTES: "5000" });
  const [a, b] = exchange.joinAll(2);
  b!.socket.reads = false;
  for (let i = 0; i < 20; i++) a!.socket.say(offer());
  b!.socket.read();
  exchange.letEvict();
  assertEquals([b!.socket.take().length, b!.socket.closes], [20, []]);
});

Deno.test("connect() gives the seat of a slow reader away before its socket is closed", () => {
  using exchange = new Exchange({ MAX_BUFFERED_BYTES: "500" });
  const [a, b] = exchange.joinAll(2);
  b!.socket.reads = false;
  a!.socket.say(offer());
  exchange.letEvict();
  const { registry, admission } = exchange.signaling;
  assertEquals([registry.isFull("x"), registry.away, admission.sockets], [false, 0, 2]);
  const c = exchange.join({ resume: b!.welcome.resume });
  assertEquals([c.welcome.type, c.welcome.peer === b!.peer], ["welcome", false]);
  // The close comes late, or never.
  b!.socket.end();
  assertEquals([registry.isFull("x"), admission.sockets, c.socket.takeTexts()], [true, 2, []]);
  assertEquals(a!.socket.takeTypes(), ["peer-left", "peer-joined"]);
});

Deno.test("connect() evicts several slow readers by one frame, and the others hear of all", () => {
  using exchange = new Exchange({ ROOM_CAPACITY: "5", MAX_BUFFERED_BYTES: "900" });
  const old = exchange.dial({ version: 1 });
  const [a, b, c, d] = exchange.joinAll(4);
  for (const { socket } of [b!, d!]) socket.reads = false;
  old.takeTexts();
  a!.socket.say(offer());
  exchange.letEvict();
  assertEquals([b!.socket.closeCode, d!.socket.closeCode], [4401, 4401]);
  const gone = [b!.peer, d!.peer].map((peer) => ({ type: "peer-left", peer, reason: "lost" }));
  assertEquals(a!.socket.take(), gone);
  const heard = c!.socket.take();
  assertEquals(heard.filter(({ type }) => type === "peer-left"), gone);
  assertEquals(heard.filter(({ type }) => type === "offer").length, 1);
  assertEquals(old.takeTypes().toSorted(), ["leave", "leave", "offer"]);
});

Deno.test("connect() evicts whoever reads nothing for ten seconds, however little waits", () => {
  for (const version of [1, 2] as const) {
    using exchange = new Exchange();
    const a = exchange.join();
    const slow = version === 1 ? exchange.dial({ version }) : exchange.join().socket;
    a.socket.takeTexts();
    slow.reads = false;
    a.socket.say({ type: "offer", sdp: "" });
    exchange.clock.advance(9000);
    assertEquals(slow.closes, []);
    exchange.clock.advance(2000);
    assertEquals(slow.closes, [CLOSE.slowReader]);
    assertEquals(a.socket.takeTypes(), ["peer-left"]);
  }
});

Deno.test("connect() bears a slow reader that reads a little every ten seconds", () => {
  using exchange = new Exchange(LIFTED);
  const [a, b] = exchange.joinAll(2);
  b!.socket.reads = false;
  for (let i = 0; i < 20; i++) a!.socket.say(offer());
  for (let i = 0; i < 30; i++) {
    exchange.clock.advance(8000);
    b!.socket.read(1);
  }
  assertEquals([b!.socket.closes, b!.socket.bufferedAmount > 0], [[], true]);
  exchange.clock.advance(20_000);
  assertEquals(b!.socket.closes, [CLOSE.slowReader]);
});

Deno.test("connect() bears a slow reader whatever it is sent: bytes are counted on both sides", () => {
  using exchange = new Exchange(LIFTED);
  const [a, b] = exchange.joinAll(2);
  b!.socket.reads = false;
  for (let i = 0; i < 20; i++) a!.socket.say(offer("€"));
  for (let i = 0; i < 19; i++) {
    exchange.clock.advance(1000);
    b!.socket.read(3000);
  }
  assertEquals([b!.socket.closes, b!.socket.bufferedAmount > 0], [[], true]);
});

Deno.test("connect() lifts the bound of the buffer, and still evicts who reads nothing", () => {
  using exchange = new Exchange({ ...LIFTED, MAX_BUFFERED_BYTES: "0" });
  const [a, b] = exchange.joinAll(2);
  b!.socket.reads = false;
  for (let i = 0; i < 1000; i++) a!.socket.say(offer());
  exchange.letEvict();
  assertEquals([b!.socket.take().length, b!.socket.closes], [1000, []]);
  exchange.clock.advance(11_000);
  assertEquals(b!.socket.closes, [CLOSE.slowReader]);
});

Deno.test("connect() evicts a slow reader by its own pongs, too", () => {
  using exchange = new Exchange({ ...LIFTED, MAX_BUFFERED_BYTES: "1000" });
  const { socket } = exchange.join();
  socket.reads = false;
  for (let t = 0; t < 100; t++) socket.say({ type: "ping", t });
  exchange.letEvict();
  assertEquals(socket.closes, [CLOSE.slowReader]);
  assertEquals(exchange.signaling.registry.size, 0);
});

Deno.test("connect() gives a slow reader that ends by itself no second end", () => {
  using exchange = new Exchange({ MAX_BUFFERED_BYTES: "500" });
  const [a, b] = exchange.joinAll(2);
  b!.socket.reads = false;
  a!.socket.say(offer());
  b!.socket.end();
  exchange.letEvict();
  assertEquals(b!.socket.closes, []);
  assertEquals(a!.socket.takeTypes().length, 1);
  exchange.clock.advance(30_000);
  assertEquals(exchange.signaling.registry.find("x")?.seats.length, 1);
});
