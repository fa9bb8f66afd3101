/**
 * Words for people, in their language. Every string that a person reads stands in the catalogue: one
 * JSON file a language, all with the same keys. `{name}` in a string is a place to be filled; where a
 * number decides on the form, there is a form for each plural category that the language has.
 *
 * A page is sent the sections that it needs, so that no language but its own is loaded.
 *
 * @module
 */

/** The forms of a text by plural category (Unicode CLDR); `{count}` is the number. */
export type Plural = { other: string } & Partial<Record<Intl.LDMLPluralRule, string>>;

/** A letter of a script that is written from right to left, or the mark that stands for one. */
const RTL = /[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc]/;

/** A letter of any other script. */
const LTR = /(?![\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc])\p{L}/u;

/**
 * Fills the places of a text. A value that is written in the other direction is isolated, so that it
 * moves nothing around it (Unicode UAX #9, section 2.4).
 *
 * @example
 * ```ts
 * import { fill } from "./text.ts";
 *
 * fill("{room} is full", { room: "lobby" }); // "lobby is full"
 * ```
 */
export function fill(text: string, values: Record<string, string | number>): string {
  const other = RTL.test(text) ? LTR : RTL;
  return text.replace(/\{(\w+)\}/g, (place, name) => {
    const value = String(values[name] ?? place);
    return other.test(value) ? `\u2068${value}\u2069` : value;
  });
}

/**
 * Picks the form for a number, and fills it in as the language writes it.
 *
 * @example
 * ```ts
 * import { pluralize } from "./text.ts";
 *
 * pluralize({ one: "{count} person", other: "{count} people" }, 2, "en"); // "2 people"
 * ```
 */
export function pluralize(forms: Plural, count: number, locale: string): string {
  const form = forms[new Intl.PluralRules(locale).select(count)] ?? forms.other;
  return fill(form, { count: new Intl.NumberFormat(locale).format(count) });
}
