import { assertEquals } from "@std/assert";
import { Peer } from "../../lib/client/peer.ts";
import type { IceConfiguration, Version } from "../../lib/protocol/messages.ts";
import { parseObject } from "../../lib/protocol/parse.ts";
import { SteppedClock } from "../fakes/clock.ts";
import { FakeChannel, FakeNetwork, type FakeRtc } from "../fakes/rtc.ts";
import { valueOf } from "../fakes/unwrap.ts";

const HELLO = '{"t":"hello","app":"tincan","v":1,"tab":"alice","peer":"a"}';
const PONG = '{"t":"pong","at":0}';

const TURN: IceConfiguration = { iceServers: [{ urls: ["turn:x"], credential: "new" }] };

/** A peer whose connection and clock are the test, with what it told. */
function setUp(version: Version = 2) {
  const clock = new SteppedClock();
  const network = new FakeNetwork();
  const rtcs: FakeRtc[] = [];
  const told: string[] = [];
  const peer = new Peer({
    clock,
    id: "a",
    version,
    polite: false,
    identify: () => ({ tab: "our page" }),
    createRtc() {
      const rtc = network.createRtc();
      rtcs.push(rtc);
      return rtc;
    },
    refreshIce: () => Promise.resolve(TURN),
    onSignal: (_, { type }) => told.push(type),
    onChange: ({ state }) => told.push(state),
    attend: (peer) => ({
      onHello: ({ tab }) => {
        peer.tab = tab;
        told.push("hello");
      },
      onReady: () => told.push("ready"),
      onWords: ({ text }) => told.push(text),
      onPlain: (text) => told.push(text),
      onMark: (id, mark) => told.push(`${id} ${mark}`),
      onTyping: (isTyping) => told.push(isTyping ? "writes" : "stops"),
      onFile: ({ t }) => told.push(t),
      onChannel: ({ label }) => told.push(`channel ${label}`),
      onBye: () => told.push("bye"),
    }),
    onGone: () => told.push("gone"),
  });
  /** Opens the newest connection; answers with the peer's end. */
  const connect = () => {
    const channel = new FakeChannel("chat");
    rtcs.at(-1)!.offerChannel(channel);
    return channel;
  };
  return { peer, clock, rtcs, told, connect };
}

/** What was sent, by the type of the frame. */
function types({ sent }: FakeChannel): unknown[] {
  return sent.map((frame) => valueOf(parseObject(frame)).t);
}

/** Waits until every promise that can go on has done so. */
function settle(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

Deno.test("Peer says hello before it asks anything, and speaks once the peer was heard", () => {
  const { peer, told, connect } = setUp();
  const channel = connect();
  assertEquals([types(channel), told], [["hello", "ping"], ["connected"]]);
  channel.hear(HELLO);
  assertEquals(told, ["connected", "hello", "ready"]);
  assertEquals(types(channel), ["hello", "ping", "hello"]);
  peer.close();
});

Deno.test("Peer is patient with one that does not speak first, for two seconds", () => {
  const { peer, clock, told, connect } = setUp();
  connect();
  clock.advance(1_999);
  assertEquals(told, ["connected"]);
  clock.advance(1);
  assertEquals(told, ["connected", "ready"]);
  peer.close();
});

Deno.test("Peer.person is its page, or the name that it had first", () => {
  const { peer, connect } = setUp();
  assertEquals(peer.person, "peer:a");
  peer.rename("b", true);
  assertEquals([peer.id, peer.connection.polite, peer.person], ["b", true, "peer:a"]);
  connect().hear(HELLO);
  assertEquals(peer.person, "alice");
  peer.close();
});

Deno.test("Peer restarts ICE with new servers where it falls silent, and then begins anew", async () => {
  const { peer, clock, rtcs, told, connect } = setUp();
  const channel = connect();
  for (const frame of [HELLO, PONG]) channel.hear(frame);
  rtcs[0]!.signalingState = "stable";
  told.splice(0);
  clock.advance(10_000);
  await settle();
  assertEquals([told[0], peer.isDifficult], ["reconnecting", true]);
  assertEquals(rtcs[0]?.configurations.at(-1), TURN);
  for (let attempt = 0; attempt < 3; attempt++) {
    clock.advance(8_000);
    await settle();
  }
  assertEquals([rtcs.length, rtcs[0]?.calls.at(-1)], [2, "close"]);
  clock.advance(15_000);
  assertEquals(peer.state, "failed");
  peer.close();
  assertEquals(clock.pending, []);
});

Deno.test("Peer begins its chat anew with its connection, and says hello again", async () => {
  const { peer, rtcs, told, connect } = setUp();
  const before = connect();
  before.hear(HELLO);
  await peer.connection.renew();
  await settle();
  const after = connect();
  assertEquals(types(after), ["hello", "ping"]);
  assertEquals(peer.line.say({ id: "1", at: 1, text: "too early" }), "sending");
  before.hear('{"t":"say","id":"2","at":1,"text":"late"}');
  after.hear(HELLO);
  assertEquals([rtcs.length, told.filter((t) => t === "ready"), told.includes("late")], [
    2,
    ["ready", "ready"],
    false,
  ]);
  peer.close();
});

Deno.test("Peer is gone three seconds after it hung up, unless it begins another connection", async () => {
  for (const begins of [true, false]) {
    const { peer, clock, rtcs, told, connect } = setUp();
    const sdp = (name: string) => `${name} 0\r\na=fingerprint:fake ${name}\r\n`;
    await peer.connection.receive({ type: "offer", sdp: sdp("p1"), from: "a" });
    const channel = connect();
    channel.hear(HELLO);
    channel.end();
    assertEquals([peer.state, peer.isWaiting], ["reconnecting", true]);
    clock.advance(2_999);
    if (begins) await peer.connection.receive({ type: "offer", sdp: sdp("p2"), from: "a" });
    clock.advance(1);
    assertEquals([told.includes("gone"), rtcs.length], begins ? [false, 2] : [true, 1]);
    peer.close();
  }
});

Deno.test("Peer.suspect() takes one for gone that is silent for three seconds", () => {
  for (const isThere of [true, false]) {
    const { peer, clock, told, connect } = setUp();
    const channel = connect();
    for (const frame of [HELLO, PONG]) channel.hear(frame);
    peer.suspect();
    clock.advance(1_000);
    if (isThere) channel.hear(PONG);
    clock.advance(2_000);
    assertEquals(told.includes("gone"), !isThere);
    peer.close();
  }
});

Deno.test("Peer.goOn() renews what waits in vain, and mends what is under way", async () => {
  const waiting = setUp();
  waiting.peer.goOn();
  await settle();
  assertEquals([waiting.rtcs.length, waiting.told.includes("offer")], [2, true]);
  const underWay = setUp();
  underWay.peer.begin();
  await settle();
  underWay.peer.goOn();
  await settle();
  const offers = underWay.told.filter((type) => type === "offer");
  assertEquals([underWay.rtcs.length, offers.length], [1, 2]);
  const well = setUp();
  well.connect();
  well.peer.goOn();
  await settle();
  assertEquals([well.rtcs.length, well.told], [1, ["connected"]]);
  for (const { peer } of [waiting, underWay, well]) peer.close();
});

Deno.test("Peer.wake() lets a peer be that is to offer, and mends one that is not", async () => {
  const waiting = setUp();
  waiting.connect().end();
  waiting.told.splice(0);
  waiting.peer.wake();
  await settle();
  assertEquals([waiting.told, waiting.peer.isDifficult], [[], false]);
  const broken = setUp();
  const channel = broken.connect();
  broken.rtcs[0]!.become("disconnected");
  broken.peer.wake();
  assertEquals(types(channel).at(-1), "ping");
  assertEquals([broken.peer.state, broken.peer.isDifficult], ["reconnecting", true]);
  for (const { peer } of [waiting, broken]) peer.close();
});

Deno.test("Peer.close() ends everything, and may be called twice", async () => {
  for (const version of [1, 2] as const) {
    const { peer, clock, told, connect } = setUp(version);
    peer.begin();
    const channel = connect();
    told.splice(0);
    peer.close();
    peer.close();
    channel.hear(HELLO);
    await settle();
    assertEquals([told, clock.pending], [[], []]);
  }
});

Deno.test("Peer tells that it has become difficult", async () => {
  const { peer, clock, told } = setUp();
  clock.advance(14_999);
  assertEquals([told, peer.isDifficult], [[], false]);
  clock.advance(1);
  assertEquals([told, peer.isDifficult], [["connecting"], true]);
  await settle();
  peer.close();
});
