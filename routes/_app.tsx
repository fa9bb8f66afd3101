import { asset } from "fresh/runtime";
import type { PageProps } from "fresh";
import { LOCALES, textOf } from "../lib/locales/locales.ts";
import type { State } from "../lib/server/state.ts";

/** The frame of every page. */
export default function AppFrame({ Component, state, url }: PageProps<unknown, State>) {
  const { locale, theme } = state;
  const { app, home } = textOf(locale, "app", "home").words;
  const isRoom = url.pathname.startsWith("/r/");
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
        <link rel="icon" href={asset("/icons/icon-192.png")} sizes="192x192" type="image/png" />
        <link rel="apple-touch-icon" href={asset("/icons/apple-touch-icon.png")} />
        {/* With the cookies, which say in what language it is. */}
        <link rel="manifest" href="/manifest.webmanifest" crossorigin="use-credentials" />
        <link rel="stylesheet" href={asset("/styles.css")} />
        <meta property="og:type" content="website" />
        <meta property="og:site_name" content="Tincan" />
        <meta property="og:title" content={isRoom ? app.invitation : home.title} />
        <meta property="og:description" content={home.description} />
        <meta property="og:image" content={new URL(asset("/icons/social.png"), url).href} />
        <meta property="og:image:width" content="1200" />
        <meta property="og:image:height" content="630" />
        <meta property="og:image:alt" content={app.picture} />
        <meta name="twitter:card" content="summary_large_image" />
        <script type="module" src={asset(`/pwa.js?locale=${locale}&theme=${theme}`)} />
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
