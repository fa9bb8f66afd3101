import { asset } from "fresh/runtime";
import type { PageProps } from "fresh";
import { LOCALES } from "../lib/locales/locales.ts";
import type { State } from "../lib/server/state.ts";

/** The frame of every page. */
export default function AppFrame({ Component, state }: PageProps<unknown, State>) {
  const { locale, theme } = state;
  return (
    <html
      lang={locale}
      dir={LOCALES[locale].direction}
      data-theme={theme === "system" ? undefined : theme}
    >
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="color-scheme" content={theme === "system" ? "light dark" : theme} />
        {theme !== "dark" && <ThemeColor color="#f5efe3" scheme={theme} on="light" />}
        {theme !== "light" && <ThemeColor color="#1b1916" scheme={theme} on="dark" />}
        <link rel="icon" href={asset("/favicon.svg")} type="image/svg+xml" />
        <link rel="stylesheet" href={asset("/styles.css")} />
        <title>Tincan</title>
      </head>
      <body>
        <Component />
      </body>
    </html>
  );
}

/** The colour of the browser's own frame: that of the paper. */
function ThemeColor({ color, scheme, on }: { color: string; scheme: string; on: string }) {
  const media = scheme === "system" ? `(prefers-color-scheme: ${on})` : undefined;
  return <meta name="theme-color" content={color} media={media} />;
}
