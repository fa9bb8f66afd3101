import { assertEquals } from "@std/assert";
import { parseObject } from "../../lib/protocol/parse.ts";
import { connect, openPage, replacePeer, types, welcome } from "../fakes/page.ts";
import { valueOf } from "../fakes/unwrap.ts";

const HELLO = '{"t":"hello","app":"other","v":1}';
const SAY = '{"t":"say","id":"01J00000000000000000000000","at":1,"text":"hi"}';

/** Waits until every promise that can go on has done so. */
function settle(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

Deno.test("Conversation shows a message once, and acks it as often as it comes", () => {
  const { conversation, rtcs, sockets } = openPage();
  welcome(sockets[0]!);
  const channel = connect(rtcs);
  for (const frame of [HELLO, SAY, SAY]) channel.hear(frame);
  conversation.look();
  assertEquals(types(channel), ["hello", "hello", "ack", "ack", "seen"]);
  // The peer comes back without having heard the acks.
  replacePeer(sockets[0]!);
  const again = connect(rtcs);
  for (const frame of [HELLO, SAY]) again.hear(frame);
  assertEquals(types(again), ["hello", "hello", "ack"]);
  assertEquals(conversation.messages.value.map(({ text }) => text), ["hi"]);
  conversation.close();
});

Deno.test("Conversation says again what was not acked, under the same id", () => {
  const { conversation, rtcs, sockets } = openPage();
  welcome(sockets[0]!);
  const first = connect(rtcs);
  first.hear(HELLO);
  const [lost, acked] = ["lost", "acked"].map((text) => valueOf(conversation.say(text)));
  first.hear(JSON.stringify({ t: "ack", id: acked?.id }));
  replacePeer(sockets[0]!);
  const second = connect(rtcs);
  assertEquals(types(second), ["hello"]);
  second.hear(HELLO);
  assertEquals(types(second), ["hello", "hello", "say"]);
  assertEquals(valueOf(parseObject(second.sent.at(-1))).id, lost?.id);
  assertEquals(conversation.messages.value.map(({ delivery }) => delivery), ["sent", "delivered"]);
  conversation.close();
});

Deno.test("Conversation says nothing before the peer was heard, and then all of it", () => {
  const { conversation, rtcs, sockets } = openPage();
  welcome(sockets[0]!);
  const channel = connect(rtcs);
  const marks = ["one", "two"].map((text) => valueOf(conversation.say(text)).delivery);
  assertEquals([types(channel), marks], [["hello"], ["sending", "sending"]]);
  channel.hear(HELLO);
  assertEquals(types(channel), ["hello", "hello", "say", "say"]);
  assertEquals(conversation.messages.value.map(({ delivery }) => delivery), ["sent", "sent"]);
  conversation.close();
});

Deno.test("Conversation speaks to a peer that keeps silent, and again once it is heard", () => {
  const { conversation, clock, rtcs, sockets } = openPage();
  welcome(sockets[0]!);
  const channel = connect(rtcs);
  const early = ["one", "two"].map((text) => valueOf(conversation.say(text)));
  clock.advance(2_000);
  assertEquals(types(channel), ["hello", "say", "say"]);
  // Its channel opened later: what was said before that is lost.
  channel.hear(JSON.stringify({ t: "ack", id: early[1]?.id }));
  assertEquals(types(channel), ["hello", "say", "say", "hello", "say"]);
  assertEquals(valueOf(parseObject(channel.sent.at(-1))).id, early[0]?.id);
  conversation.close();
});

Deno.test("Conversation never takes a mark back", () => {
  const { conversation, rtcs, sockets } = openPage();
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
  const { conversation, rtcs, sockets } = openPage();
  welcome(sockets[0]!);
  const channel = connect(rtcs);
  channel.hear(HELLO);
  channel.hear('{"t":"bye"}');
  assertEquals(conversation.status.value, { state: "ended", by: "them" });
  sockets[0]?.say({ type: "peer-left", peer: "peer", reason: "left" });
  assertEquals(conversation.status.value, { state: "ended", by: "them" });
  assertEquals(conversation.peers.value.length, 0);
  conversation.close();
});

Deno.test("Conversation offers to a peer of version 1 that does not do so itself", async () => {
  for (const itself of [true, false]) {
    const { conversation, clock, rtcs, sockets } = openPage();
    welcome(sockets[0]!, 1);
    assertEquals([rtcs[0]?.channels.length, clock.pending[0]], [0, 500]);
    if (itself) sockets[0]?.say({ type: "offer", sdp: "their offer", from: "peer" });
    clock.advance(500);
    await settle();
    assertEquals(rtcs[0]?.channels.length, itself ? 0 : 1);
    conversation.close();
  }
});

Deno.test("Conversation begins anew with a peer whose offer names another certificate", async () => {
  const { conversation, rtcs, sockets } = openPage();
  welcome(sockets[0]!);
  const offer = async (fingerprint: string) => {
    const sdp = `a=fingerprint:sha-256 ${fingerprint}\r\n`;
    sockets[0]!.say({ type: "offer", sdp, from: "peer" });
    await settle();
    return rtcs.length;
  };
  const made: number[] = [];
  for (const fingerprint of ["AA", "AA", "BB", "BB"]) made.push(await offer(fingerprint));
  assertEquals(made, [1, 1, 2, 2]);
  assertEquals([rtcs[0]?.calls.at(-1), conversation.peers.value.length], ["close", 1]);
  conversation.close();
});
