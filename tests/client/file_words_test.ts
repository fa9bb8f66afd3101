import { assertEquals } from "@std/assert";
import { BlobRoom } from "../../lib/client/files/blob_sink.ts";
import type { Places } from "../../lib/client/files/choose_sink.ts";
import { chooseSink } from "../../lib/client/files/choose_sink.ts";
import { textOf } from "../../lib/locales/locales.ts";
import { kindOf } from "../../islands/room/files/kind.ts";
import { placeOf } from "../../islands/room/files/place.ts";
import { splitName } from "../../islands/room/files/split_name.ts";
import {
  formatAmount,
  formatPercent,
  formatRate,
  formatSize,
  formatTimeLeft,
} from "../../islands/room/files/words.ts";

const text = textOf("en", "common", "room", "chat", "invite", "files");
const german = textOf("de", "common", "room", "chat", "invite", "files");
const arabic = textOf("ar", "common", "room", "chat", "invite", "files");

/** The spaces that languages put before a unit are of several kinds. */
function plain(words: string): string {
  return words.replace(/\s/g, " ");
}

Deno.test("formatSize() takes the unit that keeps the number short", () => {
  const sizes: [number, string][] = [
    [0, "0 bytes"],
    [1, "1 byte"],
    [999, "999 bytes"],
    [1000, "1 kB"],
    [1536, "1.5 kB"],
    [12_345, "12 kB"],
    [999_499, "999 kB"],
    [999_999, "1 MB"],
    [5_300_000_000, "5.3 GB"],
    [2e15, "2,000 TB"],
  ];
  for (const [bytes, words] of sizes) assertEquals(plain(formatSize(bytes, "en")), words);
  assertEquals(plain(formatSize(1_500_000, "de")), "1,5 MB");
  assertEquals(plain(formatSize(1_500_000, "fr")), "1,5 Mo");
  assertEquals(plain(formatSize(1, "fr")), "1 octet");
});

Deno.test("formatRate() counts from kilobytes on", () => {
  assertEquals(plain(formatRate(120, "en")), "0.1 kB/s");
  assertEquals(plain(formatRate(1_240_000, "en")), "1.2 MB/s");
  assertEquals(plain(formatRate(1_240_000, "zh")), "1.2 MB/秒");
});

Deno.test("formatPercent() says all of it only where nothing is missing", () => {
  assertEquals(formatPercent({ part: 999, whole: 1000 }, "en"), "99%");
  assertEquals(formatPercent({ part: 1000, whole: 1000 }, "en"), "100%");
  assertEquals(formatPercent({ part: 0, whole: 0 }, "en"), "100%");
  assertEquals(plain(formatPercent({ part: 43, whole: 100 }, "de")), "43 %");
  assertEquals(formatPercent({ part: 29, whole: 100 }, "en"), "29%");
});

Deno.test("formatAmount() says how much of it is through", () => {
  const amount = { part: 12_900_000, whole: 30_000_000 };
  assertEquals(plain(formatAmount(amount, text)), "13 MB of 30 MB");
  assertEquals(plain(formatAmount(amount, german)), "13 MB von 30 MB");
});

Deno.test("formatTimeLeft() is no finer than anybody wants to know", () => {
  const times: [number, string][] = [
    [0, "1 second left"],
    [1, "1 second left"],
    [7.2, "8 seconds left"],
    [31, "35 seconds left"],
    [56, "1 minute left"],
    [61, "2 minutes left"],
    [3599, "60 minutes left"],
    [3601, "2 hours left"],
  ];
  for (const [seconds, words] of times) assertEquals(formatTimeLeft(seconds, text), words);
  assertEquals(formatTimeLeft(120, german), "noch 2 Minuten");
  assertEquals(formatTimeLeft(120, arabic), "تبقّت دقيقتان");
});

Deno.test("splitName() keeps the end, which says what a file is", () => {
  const names: [string, string, string][] = [
    ["notes.txt", "notes.txt", ""],
    ["Minutes of the meeting (2).pdf", "Minutes of the meeti", "ng (2).pdf"],
    ["holiday.jpg                  .exe", "holiday.jpg            ", "      .exe"],
    // Letters that are joined stay so.
    ["تسجيل الاجتماع الطويل جدا.flac", "تسجيل الاجتماع الطويل جدا", ".flac"],
    ["a name without any ending at all", "a name without any ending ", "at all"],
    [
      "a sentence. And one more, which is no ending",
      "a sentence. And one more, which is no ",
      "ending",
    ],
    [".a-hidden-file-with-a-long-name", ".a-hidden-file-with-a-lon", "g-name"],
  ];
  for (const [name, head, tail] of names) {
    assertEquals(splitName(name), { head, tail });
    assertEquals(head + tail, name);
  }
  const { head, tail } = splitName("👩‍🚀".repeat(30) + ".png");
  assertEquals(tail, ".png");
  assertEquals(head, "👩‍🚀".repeat(30));
});

Deno.test("kindOf() tells what a type is of", () => {
  const kinds = {
    "image/png": "image",
    "image/svg+xml": "image",
    "audio/ogg": "audio",
    "video/mp4": "video",
    "text/plain": "text",
    "application/pdf": "text",
    "application/vnd.oasis.opendocument.text": "text",
    "application/zip": "archive",
    "application/x-7z-compressed": "archive",
    "application/octet-stream": "other",
    "imagery/png": "other",
    "": "other",
  };
  for (const [type, kind] of Object.entries(kinds)) assertEquals(kindOf(type), kind, type);
});

Deno.test("placeOf() foretells what chooseSink() finds", async () => {
  const MEGA = 1024 * 1024;
  const file = () => ({ createWritable: never, getFile: never });
  const pick = () => Promise.resolve(file());
  const shelf = { create: () => Promise.resolve({ file: file(), remove: never }) };
  const browsers: Omit<Places, "memory">[] = [{}, { pick }, { shelf }, { pick, shelf }];
  const used = [0, 500 * MEGA];
  for (const [browser, taken] of browsers.flatMap((one) => used.map((of) => [one, of] as const))) {
    for (const size of [0, 64 * MEGA, 64 * MEGA + 1, 512 * MEGA, 512 * MEGA + 1]) {
      const places = { ...browser, memory: new BlobRoom() };
      places.memory.open({ size: taken, type: "" });
      const place = placeOf(size, places);
      const sink = await chooseSink({ id: "1", name: "a", type: "text/plain", size }, places);
      const kind = typeof sink === "string" ? sink : sink.constructor.name;
      const expected = { page: "BlobSink", picked: "DiskSink", shelf: "DiskSink" };
      assertEquals(kind, place === "too-big" ? "too-big" : expected[place], `${size} ${place}`);
    }
  }
});

function never(): never {
  throw new TypeError("Cannot write in a test that only asks where to");
}
