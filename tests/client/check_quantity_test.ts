import { assertEquals } from "@std/assert";
import { inBytes, inMilliseconds } from "../../lib/client/check/quantity.ts";

Deno.test("inMilliseconds() does not claim that anything takes no time", () => {
  assertEquals([0, 0.9, 1, 12.4].map(inMilliseconds), [
    "less than 1 ms",
    "less than 1 ms",
    "1 ms",
    "12 ms",
  ]);
});

Deno.test("inBytes() takes the unit that fits, as far as there is one", () => {
  assertEquals([512, 65_536, 262_144, 1_073_741_823].map(inBytes), [
    "512 bytes",
    "64 KiB",
    "256 KiB",
    "1024 MiB",
  ]);
});
