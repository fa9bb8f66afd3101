import { createDefine, type RouteConfig } from "fresh";
import { LOCALES, textOf } from "../lib/locales/locales.ts";
import type { State } from "../lib/server/state.ts";

const define = createDefine<State>();

/** The address of the manifest (W3C Web Application Manifest). */
export const config: RouteConfig = { routeOverride: "/manifest.webmanifest" };

/** The token `--paper` by day: a manifest knows one theme. */
const PAPER = "#f5efe3";

/** Answers with what makes the app one that can be installed, in the language of its reader. */
export const handler = define.handlers({
  GET({ state: { locale } }) {
    const { home } = textOf(locale, "home").words;
    const manifest = {
      id: "/",
      name: home.title,
      short_name: "Tincan",
      description: home.description,
      lang: locale,
      dir: LOCALES[locale].direction,
      start_url: "/",
      scope: "/",
      display: "standalone",
      theme_color: PAPER,
      background_color: PAPER,
      categories: ["communication", "social"],
      icons: [
        icon("icon-192", 192),
        icon("icon-512", 512),
        { ...icon("maskable-512", 512), purpose: "maskable" },
      ],
      shortcuts: [{ name: home.start, url: "/", icons: [icon("icon-192", 192)] }],
    };
    const headers = {
      "content-type": "application/manifest+json; charset=utf-8",
      "cache-control": "no-cache",
      "vary": "accept-language, cookie",
    };
    return Response.json(manifest, { headers });
  },
});

/** An icon under an address that stays: a browser that sees another one asks to update the app. */
function icon(name: string, size: number) {
  return { src: `/icons/${name}.png`, sizes: `${size}x${size}`, type: "image/png" };
}
