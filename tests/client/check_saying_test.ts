import { assertEquals, assertNotEquals } from "@std/assert";
import { advise, say, speechOf } from "../../lib/client/check/saying.ts";
import { textOf } from "../../lib/locales/locales.ts";
import { ENGLISH } from "./check_english.ts";

const ARABIC = speechOf(textOf("ar", "check"));

Deno.test("say() says the same thing in each language", () => {
  const running = say((words) => words.verdict.running);
  assertEquals(running(ENGLISH), "Checking…");
  assertNotEquals(running(ARABIC), running(ENGLISH));
});

Deno.test("say() fills in what is itself to be said, in the language of the whole", () => {
  const limit = say((words) => words.loopback.sizeAny);
  const saying = say((words) => words.loopback.unknown, { time: "3 s", limit });
  assertEquals(saying(ENGLISH), "A message went there and back in 3 s; one may be of any size.");
  assertEquals(saying(ARABIC).includes(ARABIC.words.loopback.sizeAny), true);
});

Deno.test("advise() fills what is the matter, and says what to do", () => {
  const { sentence, next } = advise((words) => words.turn.noRoom, { error: " (486 Full)" });
  assertEquals(sentence(ENGLISH), "has no room (486 Full)");
  assertEquals(next(ENGLISH), ENGLISH.words.turn.noRoom.next);
});

Deno.test("a server's address stands by itself in words that run the other way", () => {
  const detail = say((words) => words.detail, { name: "turn:[IPv4]", words: "رفض" });
  assertEquals(detail(ARABIC), "\u200f\u2068turn:[IPv4]\u2069: رفض");
});
