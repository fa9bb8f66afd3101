import { assert, assertEquals, assertMatch, assertNotEquals } from "@std/assert";
import type { BrowserContextOptions, Page } from "playwright-core";
import { isObject, parseObject } from "../../lib/protocol/parse.ts";
import { until } from "../fakes/patience.ts";
import { valueOf } from "../fakes/unwrap.ts";
import { startApp, startProcess } from "./app_server.ts";
import { launchBrowser, newPage } from "./launch.ts";
import { openPair, RoomPage } from "./room_page.ts";

/** A worker comes with the page, as in everybody's browser. */
const WITH_WORKER: BrowserContextOptions = { serviceWorkers: "allow" };

const OFFLINE = { level: 1, name: "You are offline" };

Deno.test("the app can be installed", async (t) => {
  await using app = await startApp();

  /** The width and height in the header of a PNG file (W3C PNG, IHDR). */
  async function sizeOf(path: string): Promise<string> {
    const response = await fetch(new URL(path, app.origin));
    const bytes = await response.arrayBuffer();
    assertEquals(response.headers.get("content-type"), "image/png");
    const view = new DataView(bytes);
    return `${view.getUint32(16)}x${view.getUint32(20)}`;
  }

  async function readManifest(language: string): Promise<Record<string, unknown>> {
    const headers = { "accept-language": language };
    const response = await fetch(`${app.origin}/manifest.webmanifest`, { headers });
    assertMatch(response.headers.get("content-type") ?? "", /^application\/manifest\+json/);
    return valueOf(parseObject(await response.text()));
  }

  await t.step("its manifest has what an installer asks for, and every icon is there", async () => {
    const manifest = await readManifest("en");
    const { id, short_name, start_url, scope, display, lang, dir } = manifest;
    assertEquals([id, start_url, scope, display], ["/", "/", "/", "standalone"]);
    assertEquals([short_name, lang, dir], ["Tincan", "en", "ltr"]);
    const icons = (manifest.icons as unknown[]).filter(isObject);
    for (const { src, sizes } of icons) {
      assertEquals([src, await sizeOf(String(src))], [src, sizes]);
    }
    const sizes = icons.map(({ sizes, purpose = "any" }) => `${purpose} ${sizes}`);
    assertEquals(sizes, ["any 192x192", "any 512x512", "maskable 512x512"]);
    const [shortcut] = (manifest.shortcuts as unknown[]).filter(isObject);
    assertEquals([shortcut?.name, shortcut?.url], ["Start a private chat", "/"]);
  });

  await t.step("its manifest is in the language of the reader", async () => {
    const { lang, dir, name } = await readManifest("ar");
    assertEquals([lang, dir], ["ar", "rtl"]);
    assertNotEquals(name, (await readManifest("en")).name);
  });

  await t.step("its manifest has the colour of the paper", async () => {
    const styles = await Deno.readTextFile(new URL("../../static/styles.css", import.meta.url));
    const [, paper] = styles.match(/--paper: light-dark\((#\w+)/) ?? [];
    const { theme_color, background_color } = await readManifest("en");
    assertEquals([theme_color, background_color], [paper, paper]);
  });

  await t.step("a page names its icons, its manifest and its preview", async () => {
    await using launched = await launchBrowser();
    const { page, errors } = await newPage(launched.browser);
    await page.goto(`${app.origin}/`);
    const attribute = async (selector: string, name: string) =>
      await page.locator(selector).getAttribute(name) ?? "";
    const touchIcon = await attribute("link[rel=apple-touch-icon]", "href");
    assertEquals(await sizeOf(touchIcon), "180x180");
    const preview = new URL(await attribute("meta[property='og:image']", "content"));
    assertEquals(preview.origin, app.origin);
    assertEquals(await sizeOf(preview.href), "1200x630");
    const card = await attribute("meta[name='twitter:card']", "content");
    assertEquals(card, "summary_large_image");

    const session = await page.context().newCDPSession(page);
    const found = await session.send("Page.getAppManifest");
    assertEquals([found.url, found.errors], [`${app.origin}/manifest.webmanifest`, []]);
    assertEquals(errors, []);
    await page.context().close();
  });

  await t.step("the page without a network leads to its own address by a mere link", async () => {
    await using launched = await launchBrowser();
    const { page } = await newPage(launched.browser, { javaScriptEnabled: false });
    await page.goto(`${app.origin}/offline`);
    await page.getByRole("heading", OFFLINE).waitFor();
    await Promise.all([
      page.waitForRequest(`${app.origin}/offline`),
      page.getByRole("link", { name: "Try again" }).click(),
    ]);
    await page.context().close();
  });
});

Deno.test("a service worker stands in for a network that is gone", async (t) => {
  await using server = await startProcess();
  await using launched = await launchBrowser();
  const { browser } = launched;
  const { origin } = server;

  await t.step(
    "it takes over from the one of an older build, and throws its files away",
    async () => {
      const { page, errors } = await newPage(browser, WITH_WORKER);
      // A document that registers nothing.
      await page.goto(`${origin}/sw.js`);
      for (const name of ["tincan?build=old", "of-somebody-else"]) await plant(page, name);
      await page.goto(`${origin}/`);
      await untilControlled(page);
      const kept = await page.evaluate(() => caches.keys());
      assertEquals([kept.length, kept.includes("of-somebody-else")], [2, true]);
      assert(!kept.includes("tincan?build=old"));
      assertEquals(errors, []);
      await page.context().close();
    },
  );

  await t.step("it keeps files that never change, and nothing of a room", async () => {
    const { page, errors } = await newPage(browser, WITH_WORKER);
    await page.goto(`${origin}/`);
    const build = new URL(await untilControlled(page)).searchParams.get("build");
    await using room = new RoomPage({ page, errors });
    await page.goto(`${origin}/r/secret`);
    await room.untilStatus("waiting");
    const [style] = await Promise.all([
      page.waitForResponse(/\/styles\.css/),
      page.reload(),
    ]);
    assert(style.fromServiceWorker());
    await room.untilStatus("waiting");

    const asked = [`/r/secret?__frsh_c=${build}`, `/check?__frsh_c=${build}`, "/styles.css", "/"];
    await page.evaluate((paths) => Promise.all(paths.map((path) => fetch(path))), asked);
    const kept = await readCaches(page);
    for (const [path, text] of kept) {
      assert(path === "/offline" || path.includes(`${build}`), path);
      assert(!/secret|\/check/.test(path) && !text.includes("secret"), path);
    }
    assert(kept.some(([path]) => path.startsWith(`/_fresh/js/${build}/`)));
    assertEquals(errors, []);
  });

  await t.step("in the place of any page, it says what works, and leads back", async () => {
    const { page } = await newPage(browser, WITH_WORKER);
    await page.goto(`${origin}/`);
    await untilControlled(page);
    await server.kill();
    for (const path of ["/", "/r/lonely"]) {
      await page.goto(origin + path);
      await page.getByRole("heading", OFFLINE).waitFor();
      assertEquals(page.url(), origin + path);
      await page.getByText("Chats in other tabs go on").waitFor();
      const background = "getComputedStyle(document.documentElement).backgroundColor";
      assertEquals(await page.evaluate(background), "rgb(245, 239, 227)");
    }
    await page.getByRole("link", { name: "Try again" }).click();
    await page.getByRole("heading", OFFLINE).waitFor();
    await server.start();
    await page.getByRole("link", { name: "Try again" }).click();
    await new RoomPage({ page, errors: [] }).untilStatus("waiting");
    assertEquals(page.url(), `${origin}/r/lonely`);
    await page.context().close();
  });

  await t.step("it tries again by itself when the network is back", async () => {
    await using room = await RoomPage.open(browser, `${origin}/r/patient`, WITH_WORKER);
    await untilControlled(room.page);
    await room.page.context().setOffline(true);
    await room.page.reload();
    await room.page.getByRole("heading", OFFLINE).waitFor();
    await room.page.context().setOffline(false);
    await room.untilStatus("waiting");
  });

  await t.step("a chat that was reloaded in vain goes on where it was", async () => {
    await using pair = await openPair(browser, `${origin}/r/kept`, WITH_WORKER);
    const { alice, bob } = pair;
    await untilControlled(alice.page);
    await alice.say("before");
    await alice.untilDelivery("before", "seen");
    await server.kill();
    await alice.page.reload();
    await alice.page.getByRole("heading", OFFLINE).waitFor();
    await bob.untilStatus("reconnecting");
    await bob.say("are you there?");
    await server.start();
    await alice.page.getByRole("link", { name: "Try again" }).click();
    await alice.hear("are you there?");
    await alice.untilStatus("connected");
    assertEquals(await alice.texts(), ["before", "are you there?"]);
  });

  await t.step("it speaks the language that was chosen last", async () => {
    const { page } = await newPage(browser, WITH_WORKER);
    await page.goto(`${origin}/`);
    await untilControlled(page);
    await page.context().addCookies([{ name: "tincan-locale", value: "de", url: origin }]);
    await page.goto(`${origin}/check`);
    await until(() => untilControlled(page), (address) => address.includes("locale=de"));
    await server.kill();
    await page.goto(`${origin}/`);
    await page.getByRole("heading", { level: 1, name: "Du bist offline" }).waitFor();
    assertEquals(await page.locator("html").getAttribute("lang"), "de");
    await page.context().close();
  });
});

/** Waits until a worker looks after the page, and tells the address of its code. */
function untilControlled(page: Page): Promise<string> {
  return page.evaluate(() => {
    const { serviceWorker } = navigator;
    return new Promise<string>((resolve) => {
      function look() {
        if (serviceWorker.controller) resolve(serviceWorker.controller.scriptURL);
      }
      serviceWorker.addEventListener("controllerchange", look, { once: true });
      look();
    });
  });
}

/** Makes a cache with one file in it. */
function plant(page: Page, name: string): Promise<void> {
  return page.evaluate(async (name) => {
    const cache = await caches.open(name);
    await cache.put("/planted", new Response("planted"));
  }, name);
}

/** All that is in the caches of an origin: paths with their queries, and texts. */
function readCaches(page: Page): Promise<[path: string, text: string][]> {
  return page.evaluate(async () => {
    const found: [string, string][] = [];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const { url } of await cache.keys()) {
        const kept = await cache.match(url, { ignoreVary: true });
        found.push([url.slice(location.origin.length), await kept!.text()]);
      }
    }
    return found;
  });
}
