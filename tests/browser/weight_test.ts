import { assert, assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { startApp } from "./app_server.ts";
import { launchBrowser, newPage } from "./launch.ts";
import { RoomPage } from "./room_page.ts";

/** The most bytes of scripts and style sheets, compressed, that a page takes before anything is opened. */
const BUDGETS = { "/": 12_000, "/r/weight": 45_000, "/check": 45_000, "/offline": 12_000 };

/** Every script and style sheet that a page loads, by its name, with the bytes that travel for it. */
function weigh(page: Page): Map<string, Promise<number>> {
  const bytes = new Map<string, Promise<number>>();
  page.on("requestfinished", (request) => {
    if (!["script", "stylesheet"].includes(request.resourceType())) return;
    const { pathname } = new URL(request.url());
    bytes.set(pathname.slice(1), request.sizes().then(({ responseBodySize }) => responseBodySize));
  });
  return bytes;
}

async function sum(bytes: Map<string, Promise<number>>): Promise<number> {
  return (await Promise.all(bytes.values())).reduce((one, other) => one + other, 0);
}

/** The names of what was loaded, without the parts that change with each build. */
function names(bytes: Map<string, Promise<number>>): string[] {
  return Array.from(bytes.keys(), (path) => path.replace(/^.*\//, "").replace(/-[A-Z0-9]{8}/, ""));
}

Deno.test("pages are light in a real browser", async (t) => {
  await using app = await startApp();
  await using launched = await launchBrowser();
  const { browser } = launched;

  for (const [path, budget] of Object.entries(BUDGETS)) {
    await t.step(`${path} takes at most ${budget} bytes`, async () => {
      const { page } = await newPage(browser);
      const bytes = weigh(page);
      await page.goto(app.origin + path, { waitUntil: "networkidle" });
      const total = await sum(bytes);
      console.log(`${path}: ${total} bytes in ${bytes.size} files`);
      assert(bytes.size > 0 && total > 2_000, `only ${total} bytes were seen`);
      const each = await Promise.all(
        Array.from(bytes, async ([name, size]) => `${name.replace(/^.*\//, "")} ${await size}`),
      );
      assert(total <= budget, `${total} bytes: ${each.join(", ")}`);
      await page.context().close();
    });
  }

  await t.step("parts that few need are loaded when they are opened", async () => {
    await using alice = await RoomPage.open(browser, `${app.origin}/r/parts`);
    await alice.untilStatus("waiting");
    const bytes = weigh(alice.page);
    const { page } = alice;
    for (
      const [button, part] of [["Settings", "Settings.js"], ["QR code", "InviteDialog.js"]] as const
    ) {
      assertEquals(names(bytes).includes(part), false);
      await page.getByRole("button", { name: button }).click();
      await page.getByRole("dialog").waitFor();
      await page.keyboard.press("Escape");
      assertEquals(names(bytes).includes(part), true);
    }
  });

  await t.step(
    "the first paint waits for no script, and nothing is shifted afterwards",
    async () => {
      for (const path of Object.keys(BUDGETS)) {
        const { page } = await newPage(browser, { viewport: { width: 390, height: 844 } });
        await page.addInitScript(`
        globalThis.shift = 0;
        new PerformanceObserver((list) => {
          for (const { value, hadRecentInput } of list.getEntries()) {
            if (!hadRecentInput) globalThis.shift += value;
          }
        }).observe({ type: "layout-shift", buffered: true });`);
        // Scripts that never come hold back nothing that is drawn.
        const held = Promise.withResolvers<void>();
        await page.route(/\.js(\?|$)/, async (route) => {
          await held.promise;
          await route.continue();
        });
        await page.goto(app.origin + path, { waitUntil: "commit" });
        await page.locator("h1").waitFor();
        const painted = await page.evaluate(() =>
          new Promise<number>((resolve) =>
            new PerformanceObserver((list) => resolve(list.getEntries().length))
              .observe({ type: "paint", buffered: true })
          )
        );
        assert(painted > 0, `${path} was not painted`);
        held.resolve();
        await page.waitForLoadState("networkidle");
        const shift = Number(await page.evaluate("globalThis.shift"));
        assert(shift < 0.1, `${path}: a shift of ${shift}`);
        await page.context().close();
      }
    },
  );
});
