import { assertEquals } from "@std/assert";
import { isEmojiAlone } from "../../lib/client/markup/emoji.ts";

const ALONE = [
  "👍",
  "👍🏽",
  "❤️",
  "☝🏽",
  "🎉🎉",
  "🎉 🎉 🎉",
  " 😀\n",
  "👩🏽‍❤️‍💋‍👨🏿👩🏽‍❤️‍💋‍👨🏿👩🏽‍❤️‍💋‍👨🏿",
  "👨‍👩‍👧‍👦",
  "🇩🇪",
  "🇩🇪🇫🇷🇪🇸",
  "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
  "1️⃣",
  "🏳️‍🌈",
  "❤️‍🔥",
];

const NOT = [
  "",
  " ",
  "1",
  "123",
  "#",
  "©",
  "👍 ok",
  "ok 👍",
  "👍.",
  "😀😀😀😀",
  "🇩",
  "🇩🇪🇫🇷🇪🇸🇨🇭",
  "👍".repeat(8_000),
  "\u200d",
];

const segmenter = Object.getOwnPropertyDescriptor(Intl, "Segmenter")!;

for (const hasSegmenter of [true, false]) {
  const where = hasSegmenter ? "" : ", in a browser that has no Intl.Segmenter,";
  Deno.test(`isEmojiAlone()${where} knows emoji from everything else`, () => {
    if (!hasSegmenter) Reflect.deleteProperty(Intl, "Segmenter");
    try {
      assertEquals(ALONE.filter((text) => !isEmojiAlone(text)), []);
      assertEquals(NOT.filter(isEmojiAlone), []);
    } finally {
      Object.defineProperty(Intl, "Segmenter", segmenter);
    }
  });
}
