import { type Locale, LOCALES, type LocaleTag } from "../../lib/locales/locales.ts";
import type { Plural } from "../../lib/locales/text.ts";

/** What stands under a key: a text, or one for each plural category. */
export type Entry = string | Plural;

/** All entries of a language by their keys, joined by dots. */
export function entriesOf(tag: LocaleTag): Map<string, Entry> {
  return new Map(flatten((LOCALES[tag] as Locale).catalogue));
}

/** The forms of an entry: one, or one for each plural category. */
export function formsOf(entry: Entry): string[] {
  return typeof entry === "string" ? [entry] : Object.values(entry);
}

/** The names of the places of a text, in alphabetical order. */
export function placesOf(text: string): string[] {
  return [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!).sort();
}

function* flatten(node: object, path = ""): Generator<[key: string, entry: Entry]> {
  for (const [name, value] of Object.entries(node)) {
    const key = path === "" ? name : `${path}.${name}`;
    if (typeof value === "string" || "other" in value) yield [key, value];
    else yield* flatten(value, key);
  }
}
