import { assertEquals } from "@std/assert";
import { LOCALE_NAMES, LOCALE_TAGS, textOf } from "../../lib/locales/locales.ts";
import { fill, pluralize } from "../../lib/locales/text.ts";

Deno.test("fill() fills the places that it has values for", () => {
  const text = "{a} and {b}, {a}";
  assertEquals(fill(text, { a: 1, b: "two" }), "1 and two, 1");
  assertEquals(fill(text, { a: "{b}", b: "$&" }), "{b} and $&, {b}");
  assertEquals(fill(text, {}), text);
});

Deno.test("fill() isolates what is written in the other direction, and nothing else", () => {
  const table = [
    ["{name} is writing", "Alice", "Alice is writing"],
    ["{name} is writing", "سلمى", "\u2068سلمى\u2069 is writing"],
    ["{name} is writing", "小明", "小明 is writing"],
    ["يكتب {name}", "سلمى", "يكتب سلمى"],
    ["يكتب {name}", "Alice!", "يكتب \u2068Alice!\u2069"],
    ["يكتب {name}", "小明", "يكتب \u2068小明\u2069"],
    ["يكتب {name}", "42", "يكتب 42"],
    ["\u200f{name}", "turn:[IPv4]", "\u200f\u2068turn:[IPv4]\u2069"],
    ["{name} כותב", "Alice", "\u2068Alice\u2069 כותב"],
  ] as const;
  for (const [text, name, filled] of table) assertEquals(fill(text, { name }), filled);
});

Deno.test("pluralize() takes the form that the language has for a number, and writes the number", () => {
  const forms = textOf("ar", "room").words.room.people;
  assertEquals([0, 1, 2, 3, 11, 100].map((count) => pluralize(forms, count, "ar")), [
    "لا أحد هنا",
    "شخص واحد هنا",
    "شخصان هنا",
    "3 أشخاص هنا",
    "11 شخصًا هنا",
    "100 شخص هنا",
  ]);
  assertEquals(pluralize({ one: "{count} a", other: "{count} b" }, 1_234.5, "de"), "1.234,5 b");
  assertEquals(pluralize({ other: "{count} b" }, 1, "en"), "1 b");
});

Deno.test("textOf() sends a page the sections that it needs, and no other", () => {
  const { locale, words } = textOf("fr", "common", "error");
  assertEquals([locale, Object.keys(words)], ["fr", ["common", "error"]]);
  assertEquals(words.common.language, "Langue");
});

Deno.test("LOCALE_NAMES calls each language by its own name", () => {
  assertEquals(LOCALE_NAMES.map(([tag]) => tag), LOCALE_TAGS);
  for (const [tag, name] of LOCALE_NAMES) {
    const own = new Intl.DisplayNames(tag, { type: "language" }).of(tag) ?? "";
    assertEquals(name.toLocaleLowerCase(tag), own.toLocaleLowerCase(tag));
  }
});
