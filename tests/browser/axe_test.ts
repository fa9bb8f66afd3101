import { assertEquals } from "@std/assert";
import axe from "axe-core";
import type { Page } from "playwright-core";
import { startApp, startProcess } from "./app_server.ts";
import { SCENES } from "./gallery.ts";
import { launchBrowser } from "./launch.ts";

/** What axe finds on a page, and where. */
async function find(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return await page.evaluate(async () => {
    const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run(document);
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
  });
}

Deno.test("axe finds nothing in any state, in either theme", async (t) => {
  await using app = await startApp();
  await using crowd = await startProcess({ ROOM_CAPACITY: "5" });
  await using launched = await launchBrowser();
  for (const [name, scene] of Object.entries(SCENES)) {
    for (const colorScheme of ["light", "dark"] as const) {
      await t.step(`${name}, ${colorScheme}`, async () => {
        const page = await scene({
          browser: launched.browser,
          origin: app.origin,
          crowdOrigin: crowd.origin,
          // The policy of the pages allows no script of anybody else's.
          screen: { colorScheme, bypassCSP: true, viewport: { width: 390, height: 844 } },
          room: `axe-${name}-${colorScheme}`,
        });
        assertEquals(await find(page), []);
        for (const context of launched.browser.contexts()) await context.close();
      });
    }
  }
});
