import { assertEquals } from "@std/assert";
import { isSpeakable } from "../../lib/client/invite/speakable.ts";
import { inGroups, spell } from "../../lib/client/invite/spell.ts";
import { parseRoomName } from "../../lib/protocol/ids.ts";

const ALL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

Deno.test("spell() tells capitals, letters, digits and the two signs apart", () => {
  assertEquals(spell("Kx7-_"), [
    { kind: "capital", character: "K", word: "Kilo" },
    { kind: "letter", character: "x", word: "X-ray" },
    { kind: "digit", character: "7" },
    { kind: "hyphen", character: "-" },
    { kind: "underscore", character: "_" },
  ]);
  assertEquals(spell(""), []);
});

Deno.test("spell() has for each letter one word, which begins with it", () => {
  const spelled = spell(ALL);
  assertEquals(spelled.map(({ character }) => character).join(""), ALL);
  const words = spelled.flatMap((one) => one.kind === "letter" ? [one.word] : []);
  assertEquals(words.length, 26);
  assertEquals(words.map((word) => word[0]?.toLowerCase()).join(""), ALL.slice(26, 52));
  assertEquals(spelled.filter(({ kind }) => kind === "digit").length, 10);
});

Deno.test("isSpeakable() is true of small letters, digits and hyphens alone", () => {
  const names = { "lobby": true, "book-club-2": true, "Lobby": false, "a_b": false, "": false };
  for (const [name, expected] of Object.entries(names)) {
    assertEquals([name, isSpeakable(name)], [name, expected]);
  }
});

Deno.test("inGroups() cuts every name into fours, and loses nothing", () => {
  assertEquals(inGroups("xK3_v9Qa0b"), ["xK3_", "v9Qa", "0b"]);
  assertEquals(inGroups("abcd"), ["abcd"]);
  assertEquals(inGroups("a"), ["a"]);
  assertEquals(inGroups(""), []);
  assertEquals([inGroups(ALL).join(""), parseRoomName(ALL).ok], [ALL, true]);
});
