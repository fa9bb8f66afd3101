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

/**
 * Fills the places of a text.
 *
 * @example
 * ```ts
 * import { fill } from "./text.ts";
 *
 * fill("{room} is full", { room: "lobby" }); // "lobby is full"
 * ```
 */
export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (place, name) => String(values[name] ?? place));
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
