/**
 * The languages there are.
 *
 * @module
 */

import ar from "./ar.json" with { type: "json" };
import de from "./de.json" with { type: "json" };
import en from "./en.json" with { type: "json" };
import es from "./es.json" with { type: "json" };
import fr from "./fr.json" with { type: "json" };
import zh from "./zh.json" with { type: "json" };
import type { Plural } from "./text.ts";

/** The same keys as `T`, with words of any language. */
export type Translated<T> = T extends string ? string
  : T extends { other: string } ? Plural
  : { [Key in keyof T]: Translated<T[Key]> };

/** All words of one language, by section and key: the same keys as in English. */
export type Catalogue = Translated<typeof en>;

/** What a page has to say, and in which language (a BCP 47 tag). */
export interface PageText<Section extends keyof Catalogue> {
  /** The language. */
  locale: string;
  /** The words of these sections. */
  words: Pick<Catalogue, Section>;
}

/** A language. */
export interface Locale {
  /** What it calls itself. */
  name: string;
  /** The direction in which it is written. */
  direction: "ltr" | "rtl";
  /** Its words. */
  catalogue: Catalogue;
}

/** The languages, by their tags (BCP 47); the first is for whoever reads none of them. */
export const LOCALES = {
  en: { name: "English", direction: "ltr", catalogue: en },
  de: { name: "Deutsch", direction: "ltr", catalogue: de },
  fr: { name: "Français", direction: "ltr", catalogue: fr },
  es: { name: "Español", direction: "ltr", catalogue: es },
  ar: { name: "العربية", direction: "rtl", catalogue: ar },
  zh: { name: "中文", direction: "ltr", catalogue: zh },
} as const satisfies Record<string, Locale>;

/** The tag of a language there is. */
export type LocaleTag = keyof typeof LOCALES;

/** The tags of all languages, the one for strangers first. */
export const LOCALE_TAGS = Object.keys(LOCALES) as LocaleTag[];

/** The tag of each language, and what it calls itself. */
export const LOCALE_NAMES: readonly (readonly [tag: LocaleTag, name: string])[] = LOCALE_TAGS.map(
  (tag) => [tag, LOCALES[tag].name],
);

/** Tells whether there is a language of this tag. */
export function isLocaleTag(value: unknown): value is LocaleTag {
  return LOCALE_TAGS.some((tag) => tag === value);
}

/** The words of a language that a page with these sections needs. */
export function textOf<Section extends keyof Catalogue>(
  locale: LocaleTag,
  ...sections: Section[]
): PageText<Section> {
  const { catalogue } = LOCALES[locale] as Locale;
  const words = Object.fromEntries(sections.map((section) => [section, catalogue[section]]));
  return { locale, words: words as Pick<Catalogue, Section> };
}
