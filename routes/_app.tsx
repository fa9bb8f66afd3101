import { asset } from "fresh/runtime";
import type { PageProps } from "fresh";
import type { State } from "../lib/server/state.ts";

/** The frame of every page. */
export default function AppFrame({ Component }: PageProps<unknown, State>) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="color-scheme" content="light dark" />
        <meta name="theme-color" content="#f5efe3" media="(prefers-color-scheme: light)" />
        <meta name="theme-color" content="#1b1916" media="(prefers-color-scheme: dark)" />
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
