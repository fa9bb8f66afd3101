import type { PageText } from "../../lib/locales/locales.ts";

/** What there is to choose from, and what is chosen. */
export interface PreferencesProps {
  /** The words. */
  text: PageText<"common">;
  /** The languages: tag and own name. */
  locales: readonly (readonly [tag: string, name: string])[];
  /** The colours that are chosen. */
  theme: "system" | "light" | "dark";
  /** The path to come back to. */
  back: string;
}

/** Language and colours. Works without JavaScript; with it, a choice applies at once. */
export function Preferences({ text: { locale, words }, locales, theme, back }: PreferencesProps) {
  const { common } = words;
  return (
    // A browser that fills in what it remembers would show what is not so.
    <form class="preferences" method="post" action="/preferences" autocomplete="off">
      <input type="hidden" name="back" value={back} />
      <label class="preference">
        <span class="label">{common.language}</span>
        <select class="field" name="locale">
          {locales.map(([tag, name]) => (
            <option key={tag} value={tag} lang={tag} selected={tag === locale}>{name}</option>
          ))}
        </select>
      </label>
      <label class="preference">
        <span class="label">{common.theme}</span>
        <select class="field" name="theme">
          {(["system", "light", "dark"] as const).map((name) => (
            <option key={name} value={name} selected={name === theme}>{common.themes[name]}</option>
          ))}
        </select>
      </label>
      <button class="button preferences-apply" type="submit">{common.apply}</button>
    </form>
  );
}
