import { assert, assertEquals } from "@std/assert";
import { countBytes, type Limit, LIMITS } from "../../lib/protocol/limits.ts";

Deno.test("LIMITS never has a default above its ceiling", () => {
  for (const [name, limit] of Object.entries<Limit>(LIMITS)) {
    assert(limit.default <= (limit.ceiling ?? Infinity), name);
  }
});

Deno.test("LIMITS lets two peers meet, and a burst hold what one message may be", () => {
  assert(LIMITS.ROOM_CAPACITY.default >= 2);
  assert(LIMITS.BYTE_BURST.default >= LIMITS.MAX_MESSAGE_BYTES.ceiling);
  assert(LIMITS.MAX_BUFFERED_BYTES.default >= LIMITS.MAX_MESSAGE_BYTES.ceiling);
});

Deno.test("countBytes() counts UTF-8, not characters", () => {
  const table: [string, number][] = [
    ["", 0],
    ["a", 1],
    ["abcd", 4],
    ["ü", 2],
    ["€", 3],
    ["😀", 4],
    ["a\u0000b", 3],
    // What is half a character is sent as U+FFFD.
    ["\ud800", 3],
    ["\udc00\ud800", 6],
    ["x".repeat(16384), 16384],
    ["é".repeat(8193), 16386],
    ["x".repeat(65536), 65536],
    ["€".repeat(65536), 3 * 65536],
  ];
  for (const [text, bytes] of table) {
    assertEquals(countBytes(text), bytes, `${text.slice(0, 9)} of ${text.length}`);
  }
});

Deno.test("countBytes() puts a text over every ceiling above it, without measuring it", () => {
  const most = LIMITS.MAX_MESSAGE_BYTES.ceiling;
  for (
    const text of [
      "x".repeat(most + 1),
      "€".repeat(most + 1),
      "😀".repeat(most),
      "\ud800".repeat(1e6),
    ]
  ) {
    assert(countBytes(text) > most, `${text.slice(0, 2)} of ${text.length}`);
    assert(countBytes(text) >= text.length);
  }
});
