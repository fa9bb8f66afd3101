import { assertEquals } from "@std/assert";
import { MAX_NICKNAME, parseNickname } from "../../lib/protocol/nickname.ts";

Deno.test("parseNickname() takes names of all kinds as they are", () => {
  for (const name of ["Ada", "Ada Lovelace", "José", "李雷", "مريم", "👩‍🚀", "<b>x</b>", "a-b_c.d"]) {
    assertEquals(parseNickname(name), name);
  }
});

Deno.test("parseNickname() takes out what would disturb its surroundings", () => {
  const table = [
    ["  Ada  ", "Ada"],
    ["Ada\n\tLovelace", "Ada Lovelace"],
    ["evil\u202egnp.exe", "evil gnp.exe"],
    ["\u2066Ada\u2069", "Ada"],
    ["A\u0000B\u007fC", "A B C"],
    ["a\u200b\ufeffb", "a b"],
    ["Jose\u0301", "José"],
    ["x\ud800y", "x\ufffdy"],
  ];
  for (const [name, clean] of table) assertEquals(parseNickname(name), clean);
});

Deno.test("parseNickname() cuts what is too long between two characters", () => {
  assertEquals(parseNickname("🥫".repeat(50)), "🥫".repeat(MAX_NICKNAME));
  assertEquals(parseNickname("x".repeat(1e6)), "x".repeat(MAX_NICKNAME));
});

Deno.test("parseNickname() finds nothing in what is no name", () => {
  for (const value of ["", "  ", "\u202e\u200b", 7, null, undefined, ["Ada"]]) {
    assertEquals(parseNickname(value), undefined);
  }
});
