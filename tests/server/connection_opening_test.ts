import { assert, assertEquals } from "@std/assert";
import { comesBack } from "../../lib/protocol/close_codes.ts";
import { CLOSE } from "../../lib/protocol/closes.ts";
import { SUBPROTOCOL } from "../../lib/protocol/messages.ts";
import type { Upgrade } from "../../lib/server/handshake.ts";
import { Exchange } from "../fakes/exchange.ts";

const OLD: Upgrade = { state: "accept", version: 1, room: "x", address: "a" };
const NEW: Upgrade = {
  state: "accept",
  version: 2,
  room: "x",
  address: "a",
  protocol: SUBPROTOCOL,
};

Deno.test("connect() seats version 1 when its socket opens, and promises it the seat before", () => {
  using exchange = new Exchange();
  const { registry } = exchange.signaling;
  exchange.join();
  const promised = exchange.connect(OLD);
  assertEquals([registry.isFull("x"), registry.find("x")?.seats.length], [true, 1]);
  const third = exchange.join();
  exchange.letClose();
  assertEquals([third.welcome.code, third.socket.closeCode], ["room-full", 4502]);
  promised.open();
  assertEquals([registry.isFull("x"), registry.find("x")?.seats.length], [true, 2]);
});

Deno.test("connect() takes a promise back from a socket that ends before it opens", () => {
  using exchange = new Exchange();
  const { registry } = exchange.signaling;
  const promised = exchange.connect(OLD);
  assertEquals(registry.size, 1);
  promised.end();
  promised.end();
  assertEquals([registry.size, promised.takeTexts()], [0, []]);
});

Deno.test("connect() waits five seconds for a handshake to complete, and gives its seat away", () => {
  for (const upgrade of [OLD, NEW]) {
    using exchange = new Exchange();
    const { registry, admission, sockets, opening } = exchange.signaling;
    const promised = exchange.connect(upgrade);
    exchange.clock.advance(4999);
    assertEquals([opening.size, registry.size], [1, upgrade.version === 1 ? 1 : 0]);
    exchange.clock.advance(1);
    assertEquals([opening.size, registry.size], [0, 0]);
    // The runtime still has it.
    assertEquals([admission.sockets, sockets.size], [1, 1]);
    promised.end();
    assertEquals([admission.sockets, sockets.size], [0, 0]);
  }
});

Deno.test("connect() sends whoever opens too late to try again", () => {
  for (const upgrade of [OLD, NEW]) {
    using exchange = new Exchange();
    const { registry, admission } = exchange.signaling;
    const late = exchange.connect(upgrade);
    exchange.clock.advance(5000);
    late.open();
    assertEquals(late.closes, [CLOSE.tryLater]);
    late.say({ type: "join" });
    late.say({ type: "offer", sdp: "" });
    assertEquals([late.takeTexts(), registry.size, admission.sockets], [[], 0, 1]);
    late.end();
    assertEquals(admission.sockets, 0);
  }
});

Deno.test("connect() counts a handshake no longer that failed, of which no close tells", () => {
  for (const upgrade of [OLD, NEW]) {
    using exchange = new Exchange();
    const { registry, admission, sockets, opening } = exchange.signaling;
    const failed = exchange.connect(upgrade);
    failed.fail();
    assertEquals([admission.sockets, sockets.size, opening.size, registry.size], [0, 0, 0, 0]);
    failed.end();
    assertEquals(admission.sockets, 0);
  }
});

Deno.test("connect() gives who joins its time from the opening on", () => {
  using exchange = new Exchange({ JOIN_TIMEOUT: "10" });
  const socket = exchange.connect(NEW);
  exchange.clock.advance(4000);
  socket.open();
  exchange.clock.advance(9999);
  assertEquals(socket.closes, []);
  exchange.clock.advance(1);
  assertEquals(socket.closes, [CLOSE.noJoin]);
});

Deno.test("connect() has an open socket wait for nothing any longer", () => {
  using exchange = new Exchange();
  const { opening } = exchange.signaling;
  const sockets = [exchange.connect(OLD), exchange.connect(NEW)];
  assertEquals(opening.size, 2);
  for (const socket of sockets) socket.open();
  assertEquals(opening.size, 0);
  exchange.clock.advance(9000);
  assertEquals(sockets.map(({ closes }) => closes), [[], []]);
});

Deno.test("connect() tells nobody to stop who was turned out before its socket was open", () => {
  for (const upgrade of [OLD, NEW]) {
    using exchange = new Exchange();
    const socket = exchange.connect(upgrade);
    exchange.signaling.sockets.turnOut(CLOSE.restarting);
    socket.open();
    exchange.clock.advance(30_000);
    assert(comesBack(socket.closeCode), `version ${upgrade.version}: ${socket.closeCode}`);
  }
});
