import { assertEquals } from "@std/assert";
import { greeting, HELLO, layLine, SAY, WORDS } from "../fakes/chat_line.ts";

Deno.test("ChatLine.open() says hello once, however often the channel opens", () => {
  const { line, sent } = layLine(2);
  line.open();
  line.open();
  assertEquals(sent, [greeting]);
});

Deno.test("ChatLine.open() says hello again where the first one did not go out", () => {
  const { line, sent, channel } = layLine(2);
  channel.isOpen = false;
  line.open();
  channel.isOpen = true;
  line.open();
  assertEquals(sent, [greeting]);
});

Deno.test("ChatLine answers the first greeting, though it said its own before", () => {
  const { line, sent } = layLine(2);
  line.open();
  line.receive(HELLO);
  line.receive(HELLO);
  assertEquals(sent, [greeting, greeting]);
});

Deno.test("ChatLine is ready when it hears the first frame, and whenever it opens after that", () => {
  const { line, ready } = layLine(2);
  line.open();
  assertEquals(ready, []);
  line.receive(HELLO);
  line.receive(SAY);
  assertEquals(ready, [2]);
  line.open();
  assertEquals(ready, [2, 3]);
});

Deno.test("ChatLine knows a peer of version 2 by any frame, for its hello may be lost", () => {
  const { line, sent, told } = layLine(2);
  line.open();
  line.receive(SAY);
  line.say(WORDS);
  assertEquals(sent, [greeting, greeting, { t: "ack", id: WORDS.id }, { t: "say", ...WORDS }]);
  assertEquals(told, [WORDS]);
});

Deno.test("ChatLine greets a peer again whose hello was lost, and is told who it is", () => {
  const [one, other] = [layLine(2), layLine(2)];
  // Each opened before the other listened.
  for (const { line } of [one, other]) line.open();
  one.line.receive('{"t":"ping","at":1}');
  other.line.receive(JSON.stringify(one.sent[1]));
  one.line.receive(JSON.stringify(other.sent[1]));
  for (const { identities } of [one, other]) {
    assertEquals(identities.map(({ tab }) => tab), ["page"]);
  }
});

Deno.test("ChatLine.say() tells whether the words went out", () => {
  for (const version of [1, 2] as const) {
    const { line, channel } = layLine(version);
    line.open();
    line.receive(HELLO);
    assertEquals(line.say(WORDS), "sent");
    channel.isOpen = false;
    assertEquals(line.say(WORDS), "sending");
    line.close();
  }
});

Deno.test("ChatLine.say() keeps back what would be said before the peer was heard", () => {
  const { line, sent } = layLine(2);
  line.open();
  assertEquals([line.isReady, line.say(WORDS)], [false, "sending"]);
  line.receive(HELLO);
  assertEquals([line.isReady, line.say(WORDS)], [true, "sent"]);
  assertEquals(sent, [greeting, greeting, { t: "say", ...WORDS }]);
});

Deno.test("ChatLine waits two seconds for a peer to speak first, and no longer", () => {
  const { line, clock, ready } = layLine(2);
  line.open();
  clock.advance(1_999);
  assertEquals(ready, []);
  clock.advance(1);
  assertEquals([ready, line.say(WORDS)], [[1], "sent"]);
  const patient = layLine(2);
  patient.line.open();
  patient.line.open();
  patient.line.close();
  patient.line.close();
  assertEquals(patient.clock.pending, []);
});

Deno.test("ChatLine acks every say, known or not", () => {
  const { line, sent, told } = layLine(2);
  line.receive(HELLO);
  line.receive(SAY);
  line.receive(SAY);
  const ack = { t: "ack", id: WORDS.id };
  assertEquals(sent, [greeting, ack, ack]);
  assertEquals(told, [WORDS, WORDS]);
});

Deno.test("ChatLine.open() acks what was heard before the channel was open", () => {
  const { line, sent, channel } = layLine(2);
  channel.isOpen = false;
  line.receive(HELLO);
  line.receive(SAY);
  line.open();
  assertEquals(sent, []);
  channel.isOpen = true;
  line.open();
  line.open();
  assertEquals(sent, [greeting, { t: "ack", id: WORDS.id }]);
});

Deno.test("ChatLine.seen() tells whether that went out; a plain peer has no use for it", () => {
  const { line, channel } = layLine(2);
  line.open();
  assertEquals(line.seen("a"), true);
  channel.isOpen = false;
  assertEquals(line.seen("a"), false);
  line.close();
  const plain = layLine(1);
  plain.channel.isOpen = false;
  assertEquals(plain.line.seen("a"), true);
});

Deno.test("ChatLine tells who the peer says it is, each time it does", () => {
  const { line, identities } = layLine(2);
  line.receive('{"t":"hello","app":"other","v":1,"tab":"theirs","peer":"b1"}');
  line.receive('{"t":"hello","app":"other","v":1,"tab":"theirs","peer":"b2"}');
  line.receive(HELLO);
  assertEquals(identities.map(({ tab, peer }) => [tab, peer]), [
    ["theirs", "b1"],
    ["theirs", "b2"],
    [undefined, undefined],
  ]);
});

Deno.test("ChatLine.ping() asks, and a ping is answered with its own time", () => {
  const { line, sent } = layLine(2);
  line.open();
  line.ping(7);
  assertEquals(line.answersPings, false);
  line.receive('{"t":"ping","at":9}');
  assertEquals(sent, [greeting, { t: "ping", at: 7 }, greeting, { t: "pong", at: 9 }]);
  assertEquals(line.answersPings, true);
});

Deno.test("ChatLine.answersPings from the first pong on", () => {
  const { line } = layLine(2);
  line.receive(HELLO);
  assertEquals(line.answersPings, false);
  line.receive('{"t":"pong","at":7}');
  assertEquals(line.answersPings, true);
});

Deno.test("ChatLine tells of ack, seen, bye, and of who is writing", () => {
  const { line, told } = layLine(2);
  line.receive(HELLO);
  line.receive('{"t":"ack","id":"a"}');
  line.receive('{"t":"typing","on":true}');
  line.receive('{"t":"seen","id":"a"}');
  line.receive('{"t":"bye"}');
  assertEquals(told, [["a", "delivered"], "writes", ["a", "seen"], "bye"]);
});

Deno.test("ChatLine.typing() is for a peer that can be spoken to, and understands it", () => {
  const { line, sent } = layLine(2);
  line.typing(true);
  line.open();
  line.typing(true);
  assertEquals(sent, [greeting]);
  line.receive(HELLO);
  line.typing(true);
  line.typing(false);
  assertEquals(sent.slice(-2), [{ t: "typing", on: true }, { t: "typing", on: false }]);
  const plain = layLine(1);
  plain.line.open();
  plain.line.receive("hi");
  plain.line.typing(true);
  assertEquals(plain.sent, []);
});

Deno.test("ChatLine says and hears what answers a message, and what offers a file", () => {
  const { line, sent, told } = layLine(2);
  line.open();
  line.receive(HELLO);
  const answer = { ...WORDS, re: "01J00000000000000000000001" };
  const file = { name: "a.txt", size: 3, type: "text/plain" };
  line.say(answer);
  line.say({ ...WORDS, text: "", file });
  const { id, at } = WORDS;
  const frames = [{ t: "say", ...answer }, { t: "file-offer", id, at, ...file }];
  assertEquals<unknown>(sent.slice(-2), frames);
  for (const frame of frames) line.receive(JSON.stringify(frame));
  assertEquals(told, [answer, { id, at, text: "", file }]);
  assertEquals(sent.slice(-2), [{ t: "ack", id }, { t: "ack", id }]);
});

Deno.test("ChatLine tells a plain client the name of a file, and of frames about files nothing", () => {
  const { line, sent } = layLine(1);
  line.open();
  line.receive("hi");
  line.say({ ...WORDS, text: "", file: { name: "a.txt", size: 3, type: "text/plain" } });
  assertEquals(line.sayOfFile({ t: "file-reject", id: "a" }), false);
  assertEquals(sent, ["a.txt"]);
});

Deno.test("ChatLine.seen() and bye() send their frames", () => {
  const { line, sent } = layLine(2);
  line.open();
  line.seen("a");
  line.bye();
  assertEquals(sent, [greeting, { t: "seen", id: "a" }, { t: "bye" }]);
});

Deno.test("ChatLine drops frames that it does not know", () => {
  const { line, sent, told } = layLine(2);
  line.receive(HELLO);
  for (const frame of ["", "hi", "[]", '{"t":"dance"}', '{"t":"say","id":""}']) line.receive(frame);
  assertEquals([sent, told], [[greeting], []]);
});

Deno.test("ChatLine ignores binary frames, even as the first", () => {
  const { line, told } = layLine(2);
  line.receive(new Uint8Array([1, 2]).buffer);
  line.receive(new Blob(["hi"]));
  line.receive(HELLO);
  line.receive(SAY);
  assertEquals(told, [WORDS]);
});
