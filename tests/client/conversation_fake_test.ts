import { assertEquals } from "@std/assert";
import { Conversation } from "../../lib/client/conversation.ts";
import { SteppedClock } from "../fakes/clock.ts";
import { FakeChannel, FakeNetwork, type FakeRtc } from "../fakes/rtc.ts";
import { FakeSocket } from "../fakes/socket.ts";
import { parseObject } from "../../lib/protocol/parse.ts";
import { valueOf } from "../fakes/unwrap.ts";

const HELLO = '{"t":"hello","app":"other","v":1}';
const SAY = '{"t":"say","id":"01J00000000000000000000000","at":1,"text":"hi"}';

/** The timers of the heartbeat that a welcome begins: until an answer, and until the next question. */
const HEARTBEAT = [5_000, 10_000];

/** A conversation whose server, peer and clock are the test. */
function setUp() {
  const clock = new SteppedClock();
  const network = new FakeNetwork();
  const rtcs: FakeRtc[] = [];
  const sockets: FakeSocket[] = [];
  const conversation = new Conversation({
    url: "ws://tincan.test/ws/signal?room=lobby",
    clock,
    isVisible: () => true,
    createConnection() {
      const rtc = network.createRtc();
      rtcs.push(rtc);
      return rtc;
    },
    openSocket() {
      const socket = new FakeSocket();
      sockets.push(socket);
      return socket;
    },
  });
  conversation.start();
  return { conversation, clock, rtcs, sockets };
}

/** The server lets us in; `peer` is there already. */
function welcome(socket: FakeSocket, version: 1 | 2 = 2): void {
  socket.open();
  socket.say({
    type: "welcome",
    peer: "me",
    room: "lobby",
    capacity: 2,
    peers: [{ peer: "peer", version, state: "present" }],
    iceServers: [],
    heartbeat: { interval: 10_000, timeout: 5_000 },
    limits: {},
  });
}

/** The newest connection opens, with the peer's end of the chat in the test's hand. */
function connect(rtcs: FakeRtc[]): FakeChannel {
  const channel = new FakeChannel("chat");
  rtcs.at(-1)!.offerChannel(channel);
  return channel;
}

/** What the conversation sent, by the type of the frame. */
function types({ sent }: FakeChannel): unknown[] {
  return sent.map((frame) => valueOf(parseObject(frame)).t);
}

Deno.test("Conversation shows a message once, and acks it as often as it comes", () => {
  const { conversation, rtcs, sockets } = setUp();
  welcome(sockets[0]!);
  const channel = connect(rtcs);
  for (const frame of [HELLO, SAY, SAY]) channel.hear(frame);
  conversation.look();
  assertEquals(types(channel), ["hello", "hello", "ack", "seen", "ack"]);
  // The peer comes back without having heard the acks.
  sockets[0]?.say({ type: "peer-left", peer: "peer", reason: "lost" });
  sockets[0]?.say({ type: "peer-joined", peer: "peer2", version: 2 });
  const again = connect(rtcs);
  for (const frame of [HELLO, SAY]) again.hear(frame);
  assertEquals(types(again), ["hello", "hello", "ack"]);
  assertEquals(conversation.messages.value.map(({ text }) => text), ["hi"]);
  conversation.close();
});

Deno.test("Conversation says again what was not acked, under the same id", () => {
  const { conversation, rtcs, sockets } = setUp();
  welcome(sockets[0]!);
  const first = connect(rtcs);
  first.hear(HELLO);
  const [lost, acked] = ["lost", "acked"].map((text) => valueOf(conversation.say(text)));
  first.hear(JSON.stringify({ t: "ack", id: acked?.id }));
  sockets[0]?.say({ type: "peer-left", peer: "peer", reason: "lost" });
  sockets[0]?.say({ type: "peer-joined", peer: "peer2", version: 2 });
  const second = connect(rtcs);
  assertEquals(types(second), ["hello"]);
  second.hear(HELLO);
  assertEquals(types(second), ["hello", "hello", "say"]);
  assertEquals(valueOf(parseObject(second.sent[2])).id, lost?.id);
  assertEquals(conversation.messages.value.map(({ delivery }) => delivery), ["sent", "delivered"]);
  conversation.close();
});

Deno.test("Conversation says again what may be lost, for the peer's channel opened later", () => {
  const { conversation, rtcs, sockets } = setUp();
  welcome(sockets[0]!);
  const channel = connect(rtcs);
  const early = ["one", "two"].map((text) => valueOf(conversation.say(text)));
  assertEquals(types(channel), ["hello", "say", "say"]);
  channel.hear(JSON.stringify({ t: "ack", id: early[1]?.id }));
  assertEquals(types(channel), ["hello", "say", "say", "say"]);
  assertEquals(channel.sent[3], channel.sent[1]);
  conversation.close();
});

Deno.test("Conversation never takes a mark back", () => {
  const { conversation, rtcs, sockets } = setUp();
  welcome(sockets[0]!);
  const channel = connect(rtcs);
  channel.hear(HELLO);
  const { id } = valueOf(conversation.say("hi"));
  for (const t of ["seen", "ack"]) channel.hear(JSON.stringify({ t, id }));
  channel.hear('{"t":"ack","id":"nothing of ours"}');
  assertEquals(conversation.messages.value.map(({ delivery }) => delivery), ["seen"]);
  conversation.close();
});

Deno.test("Conversation ends by the peer's bye, before the server knows", () => {
  const { conversation, rtcs, sockets } = setUp();
  welcome(sockets[0]!);
  const channel = connect(rtcs);
  channel.hear(HELLO);
  channel.hear('{"t":"bye"}');
  assertEquals(conversation.status.value, { state: "ended", by: "them" });
  sockets[0]?.say({ type: "peer-left", peer: "peer", reason: "left" });
  assertEquals(conversation.status.value, { state: "ended", by: "them" });
  assertEquals(conversation.present.value, 0);
  conversation.close();
});

Deno.test("Conversation.leave() tells the peer and the server, once", () => {
  const { conversation, clock, rtcs, sockets } = setUp();
  welcome(sockets[0]!);
  const channel = connect(rtcs);
  conversation.leave();
  conversation.leave();
  assertEquals(types(channel), ["hello", "bye"]);
  assertEquals(sockets[0]?.sent, [{ type: "join" }, { type: "ping", t: 0 }, { type: "leave" }]);
  assertEquals([sockets[0]?.closes.length, rtcs[0]?.calls, clock.pending], [1, ["close"], []]);
});

Deno.test("Conversation looks at the path again and again while connected", async () => {
  const { conversation, clock, rtcs, sockets } = setUp();
  welcome(sockets[0]!);
  connect(rtcs);
  assertEquals(clock.pending, [2000, ...HEARTBEAT]);
  const pair = { id: "pair", type: "candidate-pair", selected: true, remoteCandidateId: "r" };
  rtcs[0]?.stats.set("pair", pair);
  rtcs[0]?.stats.set("r", { id: "r", type: "remote-candidate", candidateType: "relay" });
  clock.advance(2000);
  await new Promise((resolve) => setTimeout(resolve));
  assertEquals(conversation.status.value, {
    state: "connected",
    path: { kind: "relay", roundTrip: undefined },
  });
  rtcs[0]?.become("disconnected");
  assertEquals(clock.pending, HEARTBEAT.map((due) => due - 2000));
  conversation.close();
});

Deno.test("Conversation offers to a peer of version 1 that does not do so itself", async () => {
  for (const itself of [true, false]) {
    const { conversation, clock, rtcs, sockets } = setUp();
    welcome(sockets[0]!, 1);
    assertEquals([rtcs[0]?.channels.length, clock.pending], [0, [500, ...HEARTBEAT]]);
    if (itself) sockets[0]?.say({ type: "offer", sdp: "their offer", from: "peer" });
    clock.advance(500);
    assertEquals(rtcs[0]?.channels.length, itself ? 0 : 1);
    await new Promise((resolve) => setTimeout(resolve));
    conversation.close();
  }
});

Deno.test("Conversation begins anew with a peer whose offer names another certificate", async () => {
  const { conversation, rtcs, sockets } = setUp();
  welcome(sockets[0]!);
  const offer = (fingerprint: string) => {
    sockets[0]!.say({
      type: "offer",
      sdp: `a=fingerprint:sha-256 ${fingerprint}\r\n`,
      from: "peer",
    });
    return rtcs.length;
  };
  assertEquals([offer("AA"), offer("AA"), offer("BB"), offer("BB")], [1, 1, 2, 2]);
  assertEquals([rtcs[0]?.calls.at(-1), conversation.present.value], ["close", 1]);
  await new Promise((resolve) => setTimeout(resolve));
  conversation.close();
});

Deno.test("Conversation tells why the server refused", () => {
  const { conversation, sockets, clock } = setUp();
  sockets[0]?.open();
  sockets[0]?.say({ type: "error", code: "wrong-key", message: "That is not the key" });
  sockets[0]?.end(4503);
  const detail = "That is not the key";
  assertEquals(conversation.status.value, { state: "failed", cause: "refused", detail });
  assertEquals(clock.pending, []);
});

Deno.test("Conversation.close() may be called twice, and leaves nothing behind", () => {
  for (const state of ["opening", "connected", "plain", "away"] as const) {
    const { conversation, clock, rtcs, sockets } = setUp();
    if (state !== "opening") welcome(sockets[0]!, state === "plain" ? 1 : 2);
    if (state === "connected") connect(rtcs);
    if (state === "away") sockets[0]?.end(1006);
    conversation.close();
    conversation.close();
    conversation.start();
    assertEquals({ state, pending: clock.pending, sockets: sockets.length }, {
      state,
      pending: [],
      sockets: 1,
    });
    for (const rtc of rtcs) assertEquals(rtc.calls, ["close"]);
    assertEquals(sockets[0]?.closes.length, state === "away" ? 0 : 1);
  }
});
