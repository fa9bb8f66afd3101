import { assertEquals } from "@std/assert";
import { parseMarkup } from "../../lib/client/markup/markup.ts";

/** The addresses that a text leads to. */
function links(text: string): string[] {
  const pieces = parseMarkup(text);
  assertEquals(pieces.map((piece) => piece.text).join(""), text);
  return pieces.flatMap((piece) => piece.kind === "link" ? [piece.href] : []);
}

const FOUND: [text: string, ...expected: string[]][] = [
  ["see https://example.com/a?b=c#d now", "https://example.com/a?b=c#d"],
  ["http://localhost:8000", "http://localhost:8000"],
  ["HTTPS://EXAMPLE.COM", "HTTPS://EXAMPLE.COM"],
  ["two: https://a.example https://b.example", "https://a.example", "https://b.example"],
  ["https://a.example\nhttps://b.example", "https://a.example", "https://b.example"],
  ["the end: https://example.com.", "https://example.com"],
  ["really https://example.com/what?!", "https://example.com/what"],
  ["(https://example.com)", "https://example.com"],
  ["(see https://example.com/a).", "https://example.com/a"],
  ["https://example.com/a_(b)", "https://example.com/a_(b)"],
  ["(https://example.com/a_(b))", "https://example.com/a_(b)"],
  ["[https://[::1]:8000/]", "https://[::1]:8000/"],
  ["<https://example.com/>", "https://example.com/"],
  ["“https://example.com”", "https://example.com"],
  ["https://bücher.example/straße", "https://bücher.example/straße"],
  ["https://例え.テスト/道", "https://例え.テスト/道"],
  ["看https://example.com。然后", "https://example.com"],
  ["看https://example.com，然后", "https://example.com"],
  ["mailto:ann@example.com.", "mailto:ann@example.com"],
  ["https://example.com/\u202egpj.exe", "https://example.com/"],
  ["**https://example.com**", "https://example.com"],
];

for (const [text, ...expected] of FOUND) {
  Deno.test(`parseMarkup() finds the address in ${JSON.stringify(text)}`, () => {
    assertEquals(links(text), expected);
  });
}

const NONE = [
  "javascript:alert(1)",
  "JaVaScRiPt:alert(1)//https:",
  "data:text/html,<script>alert(1)</script>",
  "vbscript:x file:///etc/passwd blob:https:x",
  "www.example.com",
  "example.com",
  "https://",
  "https:// example.com",
  "http:///path",
  "https://?a",
  "https://[",
  "https://:80",
  "https:example.com",
  "xhttps://example.com",
  "mailto:",
  "mailto:nobody",
  "mailto:@example.com",
  "ann@example.com",
];

for (const text of NONE) {
  Deno.test(`parseMarkup() finds no address in ${JSON.stringify(text)}`, () => {
    assertEquals(links(text), []);
  });
}

Deno.test("parseMarkup() follows an address inside of another scheme as no other", () => {
  assertEquals(links("javascript:https://example.com"), ["https://example.com"]);
});
