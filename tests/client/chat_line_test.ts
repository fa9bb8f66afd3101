import { assertEquals } from "@std/assert";
import { ChatLine, type Words } from "../../lib/client/chat_line.ts";
import type { Version } from "../../lib/protocol/messages.ts";
import { type JsonObject, parseObject } from "../../lib/protocol/parse.ts";

const HELLO = '{"t":"hello","app":"tincan","v":1}';
const WORDS: Words = { id: "01J00000000000000000000000", at: 1, text: "hi there" };
const SAY = JSON.stringify({ t: "say", ...WORDS });

/** A line whose frames, and what it tells, are written down. */
function setUp(version: Version) {
  const sent: (JsonObject | string)[] = [];
  const told: unknown[] = [];
  /** How many frames had been sent each time the line was ready. */
  const ready: number[] = [];
  const channel = { isOpen: true };
  const line = new ChatLine({
    version,
    send(text) {
      const parsed = parseObject(text);
      if (channel.isOpen) sent.push(parsed.ok ? parsed.value : text);
      return channel.isOpen;
    },
    onWords: (words) => told.push(words),
    onPlain: (text) => told.push(text),
    onMark: (id, mark) => told.push([id, mark]),
    onReady: () => ready.push(sent.length),
    onBye: () => told.push("bye"),
  });
  return { line, sent, told, ready, channel };
}

const hello = { t: "hello", app: "tincan", v: 1 };

Deno.test("ChatLine.open() says hello once, however often the channel opens", () => {
  const { line, sent } = setUp(2);
  line.open();
  line.open();
  assertEquals(sent, [hello]);
});

Deno.test("ChatLine.open() says hello again where the first one did not go out", () => {
  const { line, sent, channel } = setUp(2);
  channel.isOpen = false;
  line.open();
  channel.isOpen = true;
  line.open();
  assertEquals(sent, [hello]);
});

Deno.test("ChatLine answers the first hello, though it said its own before", () => {
  const { line, sent } = setUp(2);
  line.open();
  line.receive(HELLO);
  line.receive(HELLO);
  assertEquals(sent, [hello, hello]);
});

Deno.test("ChatLine is ready when it hears the first frame, and whenever it opens after that", () => {
  const { line, ready } = setUp(2);
  line.open();
  assertEquals(ready, []);
  line.receive(HELLO);
  line.receive(SAY);
  assertEquals(ready, [2]);
  line.open();
  assertEquals(ready, [2, 3]);
});

Deno.test("ChatLine is ready as soon as it opens where the peer is of version 1", () => {
  const { line, ready } = setUp(1);
  line.open();
  assertEquals(ready, [0]);
});

Deno.test("ChatLine knows a peer of version 2 by any frame, for its hello may be lost", () => {
  const { line, sent, told } = setUp(2);
  line.open();
  line.receive(SAY);
  line.say(WORDS);
  assertEquals(sent, [hello, { t: "ack", id: WORDS.id }, { t: "say", ...WORDS }]);
  assertEquals(told, [WORDS]);
});

Deno.test("ChatLine.say() tells whether the words went out", () => {
  for (const version of [1, 2] as const) {
    const { line, channel } = setUp(version);
    assertEquals(line.say(WORDS), "sent");
    channel.isOpen = false;
    assertEquals(line.say(WORDS), "sending");
  }
});

Deno.test("ChatLine acks every say, known or not", () => {
  const { line, sent, told } = setUp(2);
  line.receive(HELLO);
  line.receive(SAY);
  line.receive(SAY);
  const ack = { t: "ack", id: WORDS.id };
  assertEquals(sent, [hello, ack, ack]);
  assertEquals(told, [WORDS, WORDS]);
});

Deno.test("ChatLine.open() sends what was heard or seen before the channel was open", () => {
  const { line, sent, channel } = setUp(2);
  channel.isOpen = false;
  line.receive(HELLO);
  line.receive(SAY);
  line.seen(WORDS.id);
  line.open();
  assertEquals(sent, []);
  channel.isOpen = true;
  line.open();
  line.open();
  assertEquals(sent, [hello, { t: "ack", id: WORDS.id }, { t: "seen", id: WORDS.id }]);
});

Deno.test("ChatLine tells of ack, seen and bye, and keeps typing to itself", () => {
  const { line, told } = setUp(2);
  line.receive(HELLO);
  line.receive('{"t":"ack","id":"a"}');
  line.receive('{"t":"typing","on":true}');
  line.receive('{"t":"seen","id":"a"}');
  line.receive('{"t":"bye"}');
  assertEquals(told, [["a", "delivered"], ["a", "seen"], "bye"]);
});

Deno.test("ChatLine.seen() and bye() send their frames", () => {
  const { line, sent } = setUp(2);
  line.open();
  line.seen("a");
  line.bye();
  assertEquals(sent, [hello, { t: "seen", id: "a" }, { t: "bye" }]);
});

Deno.test("ChatLine drops frames that it does not know", () => {
  const { line, sent, told } = setUp(2);
  line.receive(HELLO);
  for (const frame of ["", "hi", "[]", '{"t":"dance"}', '{"t":"say","id":""}']) line.receive(frame);
  assertEquals([sent, told], [[hello], []]);
});

Deno.test("ChatLine ignores binary frames, even as the first", () => {
  const { line, told } = setUp(2);
  line.receive(new Uint8Array([1, 2]).buffer);
  line.receive(new Blob(["hi"]));
  line.receive(HELLO);
  line.receive(SAY);
  assertEquals(told, [WORDS]);
});

Deno.test("ChatLine sends plain words to a peer of version 1, and nothing else", () => {
  const { line, sent, told } = setUp(1);
  line.open();
  line.say(WORDS);
  line.receive("how are you?");
  line.seen("a");
  line.bye();
  assertEquals([sent, told], [["hi there"], ["how are you?"]]);
});

Deno.test("ChatLine shows a plain peer's frames as they are, whatever they look like", () => {
  for (const version of [1, 2] as const) {
    const { line, sent, told } = setUp(version);
    for (const frame of ["", SAY, HELLO, "[]"]) line.receive(frame);
    assertEquals([sent, told], [[], ["", SAY, HELLO, "[]"]]);
  }
});

Deno.test("ChatLine turns plain for a peer of version 2 that begins with mere words", () => {
  const { line, sent } = setUp(2);
  line.open();
  line.receive("hi");
  line.say(WORDS);
  line.bye();
  assertEquals(sent, [hello, "hi there"]);
});

Deno.test("ChatLine answers a peer of version 1 that says hello, and speaks in frames from then", () => {
  const { line, sent, told } = setUp(1);
  line.open();
  line.receive(HELLO);
  line.say(WORDS);
  line.receive(SAY);
  assertEquals(sent, [hello, { t: "say", ...WORDS }, { t: "ack", id: WORDS.id }]);
  assertEquals(told, [WORDS]);
});
