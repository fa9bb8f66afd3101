import { assert, assertEquals } from "@std/assert";
import { exceedsBytes, type Limit, LIMITS } from "../../lib/protocol/limits.ts";

Deno.test("LIMITS never has a default above its ceiling", () => {
  for (const [name, limit] of Object.entries<Limit>(LIMITS)) {
    assert(limit.default <= (limit.ceiling ?? Infinity), name);
  }
});

Deno.test("exceedsBytes() counts UTF-8, not characters", () => {
  const table: [string, number, boolean][] = [
    ["", 0, false],
    ["a", 0, true],
    ["abc", 3, false],
    ["abcd", 3, true],
    ["ü", 1, true],
    ["ü", 2, false],
    ["€", 2, true],
    ["€", 3, false],
    ["😀", 3, true],
    ["😀", 4, false],
    ["\ud800", 2, true],
    ["\ud800", 3, false],
    ["x".repeat(16384), 16384, false],
    ["é".repeat(8193), 16384, true],
    ["é".repeat(8192), 16384, false],
  ];
  for (const [text, most, expected] of table) {
    assertEquals(exceedsBytes(text, most), expected, `${text.slice(0, 9)} over ${most}`);
  }
});
