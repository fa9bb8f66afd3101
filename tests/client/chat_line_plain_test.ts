import { assertEquals } from "@std/assert";
import { greeting, HELLO, layLine, SAY, WORDS } from "../fakes/chat_line.ts";

Deno.test("ChatLine is ready as soon as it opens where the peer is of version 1", () => {
  const { line, ready } = layLine(1);
  line.open();
  assertEquals(ready, [0]);
});

Deno.test("ChatLine sends plain words to a peer of version 1, and nothing else", () => {
  const { line, sent, told } = layLine(1);
  line.open();
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
