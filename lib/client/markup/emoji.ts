/**
 * Emoji that stand alone, which are drawn bigger than words.
 *
 * @module
 */

/** More than this is a row of emoji, and no answer. */
const MOST = 3;

/** The longest that three emoji get, in UTF-16 code units: families with a skin tone for each. */
const LONGEST = 120;

/** What may follow a picture: a skin tone, and the letters of a region's flag. */
const TAIL = String.raw`\p{EMod}?[\u{e0020}-\u{e007f}]*`;

/** A picture that is drawn in colours by itself, or because it says so. */
const PICTURE = String
  .raw`(?:(?!\p{RI})\p{EPres}\ufe0f?|\p{ExtPict}(?:\ufe0f|(?=\p{EMod})))${TAIL}`;

/** One emoji (Unicode Technical Standard 51, ED-17): a flag, a key, or pictures that are joined. */
const ONE = String.raw`\p{RI}{2}|[0-9#*]\ufe0f?\u20e3|${PICTURE}(?:\u200d\p{Emoji}\ufe0f?${TAIL})*`;

const ALONE = new RegExp(`^(?:(?:${ONE})\\s*){1,${MOST}}$`, "u");
const EACH = new RegExp(`^(?:${ONE})$`, "u");

/**
 * Tells whether a text is one to three emoji, and nothing else.
 *
 * @example
 * ```ts
 * import { isEmojiAlone } from "./emoji.ts";
 *
 * isEmojiAlone("👍🏽 🎉"); // true
 * isEmojiAlone("1 👍"); // false
 * ```
 */
export function isEmojiAlone(text: string): boolean {
  if (text.length > LONGEST || /\p{L}/u.test(text)) return false;
  const trimmed = text.trim();
  if (!("Segmenter" in Intl)) return ALONE.test(trimmed);
  const clusters = [...new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(trimmed)]
    .map(({ segment }) => segment).filter((segment) => segment.trim() !== "");
  return clusters.length > 0 && clusters.length <= MOST && clusters.every((one) => EACH.test(one));
}
