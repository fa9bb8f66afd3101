import { assert, assertEquals } from "@std/assert";
import { parseMarkup } from "../../lib/client/markup/markup.ts";
import type { Piece } from "../../lib/client/markup/piece.ts";

const words = (text: string): Piece => ({ kind: "text", text });
const code = (text: string): Piece => ({ kind: "code", text });
const block = (text: string): Piece => ({ kind: "block", text });

const TABLE: [text: string, ...expected: Piece[]][] = [
  ["plain\n\n words ", words("plain\n\n words ")],
  [""],
  ["<b>&amp;</b>", words("<b>&amp;</b>")],
  ["run `ls -l` now", words("run "), code("ls -l"), words(" now")],
  ["`a``b`", code("a"), code("b")],
  ["`https://example.com`", code("https://example.com")],
  ["a ` alone", words("a ` alone")],
  ["`no\nline`", words("`no\nline`")],
  ["` `", words("` `")],
  ["```one```", block("one")],
  ["```\none\n  two\n```", block("one\n  two")],
  ["```ts\nlet a;\n```", block("let a;")],
  ["see\n```\none\n```\nso", words("see"), block("one"), words("so")],
  ["see\n\n```\none\n```\n\nso", words("see\n"), block("one"), words("\nso")],
  ["```\na `b` c\n```", block("a `b` c")],
  ["```\none\n```\n```\ntwo\n```", block("one"), block("two")],
  ["```\nnever ends", words("```\nnever ends")],
  ["``````", words("``````")],
  ["```\n\n```", words("```\n\n```")],
  ["```\nnever ends, but `this`", words("```\nnever ends, but "), code("this")],
];

for (const [text, ...expected] of TABLE) {
  Deno.test(`parseMarkup() takes ${JSON.stringify(text)} apart`, () => {
    assertEquals(parseMarkup(text), expected);
  });
}

const HOSTILE = [
  "`",
  "```",
  "``` ",
  "`\n",
  "https://",
  "https://a",
  "https://a)",
  "https://a/(",
  "mailto:",
  "mailto:a@",
  ".",
  ")",
  "(",
  "https://a`",
  "```https://a.b/)))",
];

for (const part of HOSTILE) {
  Deno.test(`parseMarkup() takes time with the length of ${JSON.stringify(part)} again and again`, () => {
    // As many steps for each character, however long the text: an answer at all, at a length at
    // which the square of it would take minutes.
    const text = `https://a.example/${part.repeat(1_000_000 / part.length)}`;
    const pieces = parseMarkup(text);
    assert(pieces.length > 0);
    assert(pieces.every(({ text }) => text !== ""));
  });
}
