import { asset, Head } from "fresh/runtime";
import { LOCALE_NAMES, type PageText } from "../../lib/locales/locales.ts";
import { Preferences, type PreferencesProps } from "./Preferences.tsx";

/** A page, and what its visitor chose. */
export interface PageFootProps {
  /** The words. */
  text: PageText<"common">;
  /** The colours that are chosen. */
  theme: PreferencesProps["theme"];
  /** Where the page is. */
  url: URL;
}

/** The end of a page: its language and colours. Drawn by the server only, as it knows all languages. */
export function PageFoot({ text, theme, url: { pathname, search } }: PageFootProps) {
  return (
    <footer class="page-foot">
      <Head>
        <link rel="stylesheet" href={asset("/preferences.css")} />
        <script type="module" src={asset("/page.js")} />
      </Head>
      <Preferences text={text} locales={LOCALE_NAMES} theme={theme} back={pathname + search} />
    </footer>
  );
}
