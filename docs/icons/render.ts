/**
 * Draws the icons and the social preview anew, from the SVG files beside this one, into
 * `static/icons/`: `deno run -A docs/icons/render.ts`. What is committed was reduced to a palette of
 * 96 colours afterwards, which makes it a quarter of the size.
 *
 * @module
 */

import { launchBrowser } from "../../tests/browser/launch.ts";

/** A picture to be made of a drawing. */
interface Picture {
  drawing: string;
  width: number;
  height: number;
  /** What is different from the drawing. */
  style?: string;
}

/** The platform cuts its own shape, and iOS would put black behind a corner. */
const SQUARE = "#tile { rx: 0 }";

/** A mask may take all but a circle of four fifths (W3C Manifest, “Icon masks and safe zone”). */
const SAFE = "#scaled { transform: scale(0.8); transform-origin: center }";

const PICTURES: Record<string, Picture> = {
  "icon-192": { drawing: "icon", width: 192, height: 192 },
  "icon-512": { drawing: "icon", width: 512, height: 512 },
  "maskable-512": { drawing: "icon", width: 512, height: 512, style: SQUARE + SAFE },
  "apple-touch-icon": { drawing: "icon", width: 180, height: 180, style: SQUARE },
  "social": { drawing: "social", width: 1200, height: 630 },
};

const BARE = "* { margin: 0 } svg { display: block }";

if (import.meta.main) {
  await using launched = await launchBrowser();
  for (const [name, { drawing, width, height, style = "" }] of Object.entries(PICTURES)) {
    const svg = await Deno.readTextFile(new URL(`${drawing}.svg`, import.meta.url));
    const page = await launched.browser.newPage({ viewport: { width, height } });
    await page.setContent(`<style>${BARE}${style}</style>${svg}`);
    const path = new URL(`../../static/icons/${name}.png`, import.meta.url).pathname;
    await page.screenshot({ path, omitBackground: true });
    await page.close();
  }
}
