/**
 * Draws every state into `screenshots/`: on a phone and on a desktop, in both themes. Names of scenes,
 * and `--locale=TAG`, make it fewer, or another language.
 */
import { SCENES } from "./gallery.ts";
import { startApp, startProcess } from "./app_server.ts";
import { launchBrowser } from "./launch.ts";

const SCREENS = {
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true },
  desktop: { viewport: { width: 1280, height: 800 } },
};

const names = Deno.args.filter((arg) => !arg.startsWith("--"));
const locale = Deno.args.find((arg) => arg.startsWith("--locale="))?.slice(9) ?? "en";

await using app = await startApp();
await using crowd = await startProcess({ ROOM_CAPACITY: "5" });
await using launched = await launchBrowser();
await Deno.mkdir("screenshots", { recursive: true });
let count = 0;
for (const name of names.length > 0 ? names : Object.keys(SCENES)) {
  for (const [kind, screen] of Object.entries(SCREENS)) {
    for (const colorScheme of ["light", "dark"] as const) {
      const scene = SCENES[name];
      if (scene === undefined) throw new TypeError(`There is no scene "${name}"`);
      const page = await scene({
        browser: launched.browser,
        origin: app.origin,
        crowdOrigin: crowd.origin,
        screen: { ...screen, colorScheme, locale },
        room: `look-${++count}`,
      });
      const path = `screenshots/${[name, kind, colorScheme, locale].join("-")}.png`;
      await page.screenshot({ path, animations: "disabled", fullPage: true });
      console.log(path);
      for (const context of launched.browser.contexts()) await context.close();
    }
  }
}
