/**
 * Numbers for people.
 *
 * @module
 */

import { fill, pluralize } from "../../locales/text.ts";
import type { Saying } from "./saying.ts";

/** Says a time that was measured: `12 ms`, or `less than 1 ms`. */
export function inMilliseconds(milliseconds: number): Saying {
  return ({ words, milliseconds: format }) =>
    milliseconds < 1
      ? fill(words.lessThan, { time: format.format(1) })
      : format.format(milliseconds);
}

/** Says a number of bytes: `512 bytes`, `256 KiB`, `1,024 MiB`. */
export function inBytes(bytes: number): Saying {
  return ({ words, locale, number }) => {
    if (bytes < 1024) return pluralize(words.bytes, bytes, locale);
    const kib = bytes / 1024;
    const [text, count] = kib < 1024 ? [words.kibibytes, kib] : [words.mebibytes, kib / 1024];
    return fill(text, { count: number.format(Math.round(count)) });
  };
}
