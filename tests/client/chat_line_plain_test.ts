import { assertEquals } from "@std/assert";
import { greeting, HELLO, layLine, SAY, WORDS } from "../fakes/chat_line.ts";

Deno.test("ChatLine waits a moment for the channel of a peer of version 1 to open, too", () => {
  const { line, clock, sent, ready } = layLine(1);
  line.open();
  assertEquals(line.say(WORDS), "sending");
  clock.advance(299);
  assertEquals(ready, []);
  clock.advance(1);
  assertEquals([ready, line.say(WORDS), sent], [[0], "sent", ["hi there"]]);
});

Deno.test("ChatLine waits no longer for a peer of version 1 that was heard", () => {
  const { line, clock, ready } = layLine(1);
  line.open();
  line.receive("hello?");
  assertEquals([ready, clock.pending], [[0], []]);
});

Deno.test("ChatLine sends plain words to a peer of version 1, and nothing else", () => {
  const { line, clock, sent, told } = layLine(1);
  line.open();
  clock.advance(300);
  line.say(WORDS);
  line.receive("how are you?");
  line.seen("a");
  line.ping(1);
  line.greet();
  line.bye();
  assertEquals([sent, told], [["hi there"], ["how are you?"]]);
});

Deno.test("ChatLine shows a plain peer's frames as they are, whatever they look like", () => {
  for (const version of [1, 2] as const) {
    const { line, sent, told } = layLine(version);
    for (const frame of ["", SAY, HELLO, "[]"]) line.receive(frame);
    assertEquals([sent, told], [[], ["", SAY, HELLO, "[]"]]);
  }
});

Deno.test("ChatLine turns plain for a peer of version 2 that begins with mere words", () => {
  const { line, sent } = layLine(2);
  line.open();
  line.receive("hi");
  line.say(WORDS);
  line.bye();
  assertEquals(sent, [greeting, "hi there"]);
});

Deno.test("ChatLine answers a peer of version 1 that says greeting, and speaks in frames from then", () => {
  const { line, sent, told } = layLine(1);
  line.open();
  line.receive(HELLO);
  line.say(WORDS);
  line.receive(SAY);
  assertEquals(sent, [greeting, { t: "say", ...WORDS }, { t: "ack", id: WORDS.id }]);
  assertEquals(told, [WORDS]);
});
