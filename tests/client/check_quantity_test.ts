import { assertEquals } from "@std/assert";
import { inBytes, inMilliseconds } from "../../lib/client/check/quantity.ts";
import { speechOf } from "../../lib/client/check/saying.ts";
import { textOf } from "../../lib/locales/locales.ts";
import { ENGLISH } from "./check_english.ts";

const GERMAN = speechOf(textOf("de", "check"));

Deno.test("inMilliseconds() does not claim that anything takes no time", () => {
  assertEquals([0, 0.9, 1, 12.4].map((time) => inMilliseconds(time)(ENGLISH)), [
    "less than 1 ms",
    "less than 1 ms",
    "1 ms",
    "12 ms",
  ]);
});

Deno.test("inBytes() takes the unit that fits, as far as there is one", () => {
  assertEquals([1, 512, 65_536, 262_144, 1_073_741_823].map((bytes) => inBytes(bytes)(ENGLISH)), [
    "1 byte",
    "512 bytes",
    "64 KiB",
    "256 KiB",
    "1,024 MiB",
  ]);
});

Deno.test("inMilliseconds() and inBytes() write as the language does", () => {
  assertEquals([inMilliseconds(0)(GERMAN), inMilliseconds(1_234)(GERMAN)], [
    "weniger als 1 ms",
    "1.234 ms",
  ]);
  assertEquals(inBytes(1_073_741_823)(GERMAN), "1.024 MiB");
});
