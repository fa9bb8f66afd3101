import { assertEquals } from "@std/assert";
import { CLOSE } from "../../lib/protocol/closes.ts";
import type { Version } from "../../lib/protocol/messages.ts";
import { Exchange } from "../fakes/exchange.ts";

const OFFER = { type: "offer", sdp: "v=0" };

const VERSIONS: Version[] = [1, 2];

/** A peer, and another in its room who hears what becomes of it. */
function pair(exchange: Exchange, version: Version) {
  const mate = exchange.join();
  const socket = version === 1 ? exchange.dial({ version }) : exchange.join().socket;
  mate.socket.takeTexts();
  return { socket, mate: mate.socket };
}

/** An offer of so many bytes. */
function offerOf(bytes: number, character = "x"): string {
  const empty = '{"type":"offer","sdp":""}';
  const width = new TextEncoder().encode(character).length;
  return empty.replace('""', `"${character.repeat((bytes - empty.length) / width)}"`);
}

Deno.test("connect() warns twice over the rate, and closes with 4403 at the third", () => {
  for (const version of VERSIONS) {
    using exchange = new Exchange({ MESSAGES_PER_SECOND: "1", MESSAGE_BURST: "5" });
    const { socket, mate } = pair(exchange, version);
    exchange.clock.advance(10_000);
    for (let i = 0; i < 5; i++) socket.say(OFFER);
    assertEquals([mate.take().length, socket.takeTexts()], [5, []], `version ${version}`);
    socket.say(OFFER);
    const [warning] = socket.take();
    assertEquals([warning?.type, warning?.code, warning?.retryAfter], ["error", "rate-limited", 1]);
    socket.say("junk");
    assertEquals([socket.takeTypes(), socket.closes], [["rate-limited"], []]);
    socket.say(OFFER);
    exchange.letClose();
    assertEquals([socket.takeTypes(), socket.closes], [["rate-limited"], [CLOSE.rateLimited]]);
    // The seat is free at once; none of the three was forwarded.
    assertEquals(mate.takeTypes(), ["peer-left"]);
    socket.say(OFFER);
    assertEquals([socket.takeTexts(), mate.takeTexts()], [[], []]);
  }
});

Deno.test("connect() forgets its warnings once the peer was calm for long enough", () => {
  using exchange = new Exchange({ MESSAGES_PER_SECOND: "1", MESSAGE_BURST: "5" });
  const { socket } = exchange.join();
  exchange.clock.advance(5000);
  for (let round = 0; round < 10; round++) {
    for (let i = 0; i < 7; i++) socket.say({ type: "ping", t: i });
    assertEquals(socket.takeTypes().slice(5), ["rate-limited", "rate-limited"], `round ${round}`);
    exchange.clock.advance(5000);
  }
  assertEquals(socket.closes, []);
});

Deno.test("connect() says how long to wait, and hears what comes after that", () => {
  using exchange = new Exchange({ MESSAGES_PER_SECOND: "1", MESSAGE_BURST: "2" });
  const { socket } = exchange.join();
  socket.say({ type: "ping", t: 1 });
  socket.say({ type: "ping", t: 2 });
  assertEquals(socket.takeTypes(), ["pong", "rate-limited"]);
  exchange.clock.advance(1000);
  socket.say({ type: "ping", t: 3 });
  assertEquals(socket.take(), [{ type: "pong", t: 3 }]);
});

Deno.test("connect() closes with 4403 at once over the bytes, whatever they are", () => {
  for (const version of VERSIONS) {
    for (const data of [offerOf(600), "x".repeat(600), new ArrayBuffer(600), "é".repeat(300)]) {
      using exchange = new Exchange({ BYTES_PER_SECOND: "1", BYTE_BURST: "599" });
      const socket = version === 1 ? exchange.dial({ version }) : exchange.dial();
      socket.say(data);
      exchange.letClose();
      assertEquals([socket.takeTypes(), socket.closes], [["rate-limited"], [CLOSE.rateLimited]]);
    }
  }
});

Deno.test("connect() counts bytes over several messages, and lets them flow with the time", () => {
  using exchange = new Exchange({ BYTES_PER_SECOND: "100", BYTE_BURST: "1000" });
  const { socket, mate } = pair(exchange, 1);
  for (let i = 0; i < 10; i++) socket.say(offerOf(100));
  exchange.clock.advance(1000);
  socket.say(offerOf(100));
  assertEquals([mate.take().length, socket.closes], [11, []]);
  socket.say(offerOf(100));
  exchange.letClose();
  assertEquals([socket.closes, mate.takeTypes()], [[CLOSE.rateLimited], ["peer-left"]]);
});

Deno.test("connect() tells whom it closes for too many bytes when they would have been taken", () => {
  using exchange = new Exchange({
    MESSAGES_PER_SECOND: "0",
    MAX_MESSAGE_BYTES: "100",
    BYTE_BURST: "100",
    BYTES_PER_SECOND: "10",
  });
  const socket = exchange.dial();
  socket.say("x".repeat(100));
  socket.say("x".repeat(25));
  const [, error] = socket.take();
  assertEquals([error?.code, error?.retryAfter], ["rate-limited", 3]);
});

Deno.test("connect() limits nothing where the rates are lifted", () => {
  using exchange = new Exchange({ MESSAGE_BURST: "0", BYTES_PER_SECOND: "0" });
  const { socket } = exchange.join();
  for (let t = 0; t < 2000; t++) socket.say({ type: "ping", t });
  assertEquals([socket.take().length, socket.closes], [2000, []]);
});

Deno.test("connect() closes version 2 with 1009 over the size, and strikes version 1", () => {
  for (const character of ["x", "é", "€", "😀"]) {
    using exchange = new Exchange({ MAX_MESSAGE_BYTES: "1225" });
    const old = pair(exchange, 1);
    old.socket.say(offerOf(1225, character));
    assertEquals([old.mate.take().length, old.socket.takeTexts()], [1, []], character);
    old.socket.say(`${offerOf(1225, character)} `);
    assertEquals([old.mate.take(), old.socket.takeTypes()], [[], ["bad-message"]]);
    assertEquals(old.socket.closes, []);

    const { socket } = exchange.join({ room: "y" });
    socket.say(offerOf(1225, character));
    assertEquals(socket.takeTexts(), []);
    socket.say(`${offerOf(1225, character)} `);
    exchange.letClose();
    assertEquals([socket.takeTypes(), socket.closes], [["bad-message"], [CLOSE.tooBig]]);
    assertEquals(exchange.signaling.registry.find("y"), undefined);
  }
});

Deno.test("connect() closes version 2 with 1003 for binary, and strikes version 1", () => {
  using exchange = new Exchange();
  const { socket, mate } = pair(exchange, 1);
  socket.say(new TextEncoder().encode('{"type":"offer","sdp":"x"}').buffer);
  assertEquals([socket.takeTypes(), socket.closes, mate.take()], [["bad-message"], [], []]);
  mate.say(new ArrayBuffer(0));
  exchange.letClose();
  assertEquals([mate.takeTypes(), mate.closes], [["bad-message"], [CLOSE.binary]]);
  assertEquals(socket.takeTexts(), ['{"type":"leave"}']);
});

Deno.test("connect() survives ten bad messages and closes with 4500 at the eleventh", () => {
  for (const version of VERSIONS) {
    using exchange = new Exchange();
    const { socket, mate } = pair(exchange, version);
    const bad = ["junk", "{}", "[]", '{"type":"offer"}', "null"];
    for (let i = 0; i < 10; i++) {
      socket.say(bad[i % bad.length]!);
      assertEquals(socket.takeTypes(), ["bad-message"]);
    }
    socket.say(OFFER);
    assertEquals([mate.takeTypes(), socket.closes], [["offer"], []]);
    socket.say("junk");
    exchange.letClose();
    assertEquals([socket.takeTypes(), socket.closes], [["bad-message"], [CLOSE.badMessage]]);
    assertEquals(mate.takeTypes(), ["peer-left"]);
  }
});

Deno.test("connect() counts strikes from before the join, too", () => {
  using exchange = new Exchange();
  const socket = exchange.dial();
  for (let i = 0; i < 10; i++) socket.say(OFFER);
  assertEquals(socket.takeTypes(), Array(10).fill("bad-message"));
  socket.say({ type: "join" });
  assertEquals(socket.takeTypes(), ["welcome"]);
  socket.say({ type: "join" });
  exchange.letClose();
  assertEquals([socket.takeTypes(), socket.closes], [["bad-message"], [CLOSE.badMessage]]);
});
