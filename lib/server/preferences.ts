/**
 * What a visitor prefers: the language and the colours. Two cookies keep what was chosen; who chose
 * nothing gets what the browser asks for.
 *
 * @module
 */

import { getCookies, setCookie } from "@std/http/cookie";
import { acceptsLanguages } from "@std/http/negotiation";
import { isLocaleTag, LOCALE_TAGS, type LocaleTag } from "../locales/locales.ts";

/** The colours: a pair of its own, or whichever the system has. */
export type Theme = "system" | "light" | "dark";

/** What a visitor prefers. */
export interface Preferences {
  /** The language. */
  locale: LocaleTag;
  /** The colours. */
  theme: Theme;
}

const LOCALE_COOKIE = "tincan-locale";
const THEME_COOKIE = "tincan-theme";

/** Seconds that a choice is remembered: a year. */
const MAX_AGE = 365 * 24 * 60 * 60;

/** Reads what the visitor of a page prefers. */
export function readPreferences(request: Request): Preferences {
  const cookies = getCookies(request.headers);
  const chosen = cookies[LOCALE_COOKIE];
  const theme = cookies[THEME_COOKIE];
  return {
    locale: isLocaleTag(chosen) ? chosen : negotiate(request),
    theme: isTheme(theme) ? theme : "system",
  };
}

/** The most bytes of a form: a choice takes some hundred. */
const MAX_FORM_BYTES = 8192;

/** Reads the form of a choice; `undefined` where it is none, or longer than a choice can be. */
export async function readChoice(request: Request): Promise<FormData | undefined> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > MAX_FORM_BYTES) return undefined;
    chunks.push(chunk);
  }
  const type = request.headers.get("content-type") ?? "";
  const form = new Response(new Blob(chunks), { headers: { "content-type": type } });
  return await form.formData().catch(() => undefined);
}

/** Writes what was chosen in a form with `locale`, `theme` or both; what cannot be is left alone. */
export function writePreferences(form: FormData, { headers }: Response): void {
  const locale = form.get("locale");
  const theme = form.get("theme");
  const keep = { path: "/", maxAge: MAX_AGE, sameSite: "Lax", httpOnly: true } as const;
  if (isLocaleTag(locale)) setCookie(headers, { name: LOCALE_COOKIE, value: locale, ...keep });
  if (isTheme(theme)) setCookie(headers, { name: THEME_COOKIE, value: theme, ...keep });
}

/** The path to go back to, if it is one of this server; else the start page. */
export function readWayBack(form: FormData): string {
  const back = form.get("back");
  return typeof back === "string" && /^\/(?![/\\])[\x21-\x7e]*$/.test(back) ? back : "/";
}

function negotiate(request: Request): LocaleTag {
  const found = acceptsLanguages(request, ...LOCALE_TAGS);
  return isLocaleTag(found) ? found : "en";
}

function isTheme(value: unknown): value is Theme {
  return value === "system" || value === "light" || value === "dark";
}
