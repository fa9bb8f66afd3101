/**
 * What a check says, in no language yet: the page says it in its reader's, the report in English.
 *
 * @module
 */

import type { Catalogue, PageText } from "../../locales/locales.ts";
import { fill } from "../../locales/text.ts";

/** What it takes to say something in one language. */
export interface Speech {
  /** The language (a BCP 47 tag). */
  locale: string;
  /** The words. */
  words: Catalogue["check"];
  /** How numbers are written. */
  number: Intl.NumberFormat;
  /** How times are written. */
  milliseconds: Intl.NumberFormat;
}

/** Something to say. */
export type Saying = (speech: Speech) => string;

/** What there is to say of something that needs doing. */
export interface Advice {
  /** What is the matter. */
  sentence: Saying;
  /** What to do about it. */
  next: Saying;
}

/** Makes ready to speak the language of a page. */
export function speechOf({ locale, words }: PageText<"check">): Speech {
  return {
    locale,
    words: words.check,
    number: new Intl.NumberFormat(locale),
    milliseconds: new Intl.NumberFormat(locale, {
      style: "unit",
      unit: "millisecond",
      maximumFractionDigits: 0,
    }),
  };
}

/** Says the words that `pick` finds, filled with `values`. */
export function say(
  pick: (words: Catalogue["check"]) => string,
  values: Record<string, string | number | Saying> = {},
): Saying {
  return (speech) => {
    const said = Object.entries(values).map(([name, value]) =>
      [name, typeof value === "function" ? value(speech) : value] as const
    );
    return fill(pick(speech.words), Object.fromEntries(said));
  };
}

/** Says what is the matter, filled with `values`, and what to do about it. */
export function advise(
  pick: (words: Catalogue["check"]) => { sentence: string; next: string },
  values: Parameters<typeof say>[1] = {},
): Advice {
  return {
    sentence: say((words) => pick(words).sentence, values),
    next: say((words) => pick(words).next),
  };
}
