import { assert, assertEquals, assertMatch } from "@std/assert";
import type { BrowserContextOptions, Page } from "playwright-core";
import { type Catalogue, LOCALE_TAGS, LOCALES } from "../../lib/locales/locales.ts";
import { startApp } from "./app_server.ts";
import { launchBrowser, newPage } from "./launch.ts";

/** The fields of the form, by their names in English and in German. */
const LANGUAGE = /^(Language|Sprache)$/;
const COLOURS = /^(Colours|Farben)$/;

function languageOf(page: Page): Promise<string | null> {
  return page.locator("html").getAttribute("lang");
}

function backgroundOf(page: Page): Promise<string> {
  return page.evaluate("getComputedStyle(document.documentElement).backgroundColor");
}

/** Chooses in a field, and waits until the page is there again. */
async function choose(page: Page, field: RegExp, value: string): Promise<void> {
  const loaded = page.waitForEvent("load");
  await page.getByRole("combobox", { name: field }).selectOption(value);
  await loaded;
}

Deno.test("the pages speak the language of their visitor", async (t) => {
  await using app = await startApp();
  await using launched = await launchBrowser();
  const open = (options?: BrowserContextOptions) => newPage(launched.browser, options);
  const { origin } = app;

  for (const tag of LOCALE_TAGS) {
    await t.step(`every page speaks ${LOCALES[tag].name}`, async () => {
      const { direction } = LOCALES[tag];
      const { home, room, check, error } = LOCALES[tag].catalogue as Catalogue;
      const { page, errors } = await open({ locale: tag });
      const table = [
        ["/", page.getByRole("button", { name: home.start, exact: true })],
        [`/r/in-${tag}`, page.getByText(room.waiting, { exact: true })],
        ["/check", page.getByText(check.verdict.near, { exact: true })],
        ["/check", page.getByRole("button", { name: check.copyReport, exact: true })],
        ["/nowhere", page.getByText(error[404].next, { exact: true })],
        ["/r?room=", page.getByText(error.reasons.missing, { exact: true })],
        ["/r/a%20b", page.getByText(error.reasons.misspelt, { exact: true })],
      ] as const;
      for (const [path, words] of table) {
        const response = await page.goto(origin + path);
        await words.waitFor();
        assertEquals([path, await languageOf(page)], [path, tag]);
        assertEquals(await page.locator("html").getAttribute("dir"), direction);
        assertMatch(response?.headers().vary ?? "", /accept-language, cookie/);
      }
      // What Chromium says of every 400 and 404.
      assertEquals(errors.filter((line) => !line.includes("Failed to load resource")), []);
      await page.context().close();
    });
  }

  await t.step("the report of a check is in English for everybody", async () => {
    const { page } = await open({ locale: "ar" });
    await page.goto(`${origin}/check`);
    const { check } = LOCALES.ar.catalogue;
    const report = page.getByRole("textbox", { name: check.report });
    assertMatch(await report.inputValue(), /^Tincan check: A chat works from here/);
    assert(!/[\p{Script=Arabic}\u2066-\u2069]/u.test(await report.inputValue()));
    assertEquals(await report.evaluate((field) => getComputedStyle(field).direction), "ltr");
    const stun = page.locator("[data-step=stun]");
    assertEquals(await stun.locator(".step-state").innerText(), check.states.skipped);
    assert((await stun.innerText()).includes(check.stun.notConfigured.next));
    await page.context().close();
  });

  await t.step("Arabic is laid out from right to left", async () => {
    const sidesOf = async (locale: string, path: string, selector: string) => {
      const { page } = await open({ locale, viewport: { width: 800, height: 600 } });
      await page.goto(origin + path);
      const box = (await page.locator(selector).first().boundingBox())!;
      await page.context().close();
      return [box.x, 800 - box.x - box.width] as const;
    };
    const table = [["/", ".start .button"], ["/check", ".mark"], ["/nowhere", ".brand a"], [
      "/r/rtl",
      ".brand a",
    ]] as const;
    for (const [path, selector] of table) {
      const [left] = await sidesOf("en", path, selector);
      const [, right] = await sidesOf("ar", path, selector);
      assert(left < 200, `${path}: ${left}`);
      assert(Math.abs(left - right) <= 1, `${path}: ${left} and ${right}`);
    }
  });

  for (const path of ["/", "/check?a=b%20c", "/nowhere"]) {
    await t.step(`another language at once, at ${path}`, async () => {
      const { page } = await open({ viewport: { width: 390, height: 400 } });
      await page.goto(origin + path);
      await page.getByRole("combobox", { name: LANGUAGE }).scrollIntoViewIfNeeded();
      const before = await page.evaluate("[history.length, Math.round(scrollY)]");
      assertEquals(await page.getByRole("button", { name: "Apply" }).evaluate(isSeen), false);
      await choose(page, LANGUAGE, "de");
      assertEquals([await languageOf(page), page.url()], ["de", origin + path]);
      assertEquals(await page.locator(":focus").getAttribute("name"), "locale");
      const [length] = await page.evaluate("[history.length, Math.round(scrollY)]") as number[];
      assertEquals(length, (before as number[])[0]);
      await page.goto(`${origin}/check`);
      assertEquals(await languageOf(page), "de");
      await page.context().close();
    });
  }

  await t.step("the page keeps the place that was being read", async () => {
    const { page } = await open({ viewport: { width: 390, height: 400 } });
    await page.goto(origin);
    await page.getByRole("combobox", { name: COLOURS }).scrollIntoViewIfNeeded();
    const before = await page.evaluate("scrollY") as number;
    assert(before > 100, `${before}`);
    await choose(page, COLOURS, "dark");
    await page.waitForFunction(`Math.abs(scrollY - ${before}) < 60`);
    await page.context().close();
  });

  await t.step("the keyboard chooses step by step, and applies at the end", async () => {
    const { page } = await open();
    await page.goto(`${origin}/nowhere`);
    const field = page.getByRole("combobox", { name: LANGUAGE });
    const apply = page.getByRole("button", { name: "Apply" });
    await field.focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    assertEquals([await field.inputValue(), await languageOf(page)], ["fr", "en"]);
    assertEquals(await apply.evaluate(isSeen), true);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    const loaded = page.waitForEvent("load");
    await page.keyboard.press("Enter");
    await loaded;
    assertEquals([await languageOf(page), page.url()], ["fr", `${origin}/nowhere`]);
    await page.context().close();
  });

  await t.step("a choice that does not reach the server can be made again", async () => {
    const { page } = await open();
    await page.goto(`${origin}/nowhere`);
    await page.route("**/preferences", (route) => route.abort());
    await page.getByRole("combobox", { name: LANGUAGE }).selectOption("de");
    const apply = page.getByRole("button", { name: "Apply" });
    await page.locator(".preferences[data-chosen]").waitFor();
    assertEquals([await apply.evaluate(isSeen), await languageOf(page)], [true, "en"]);
    await page.unroute("**/preferences");
    const loaded = page.waitForEvent("load");
    await apply.click();
    await loaded;
    assertEquals(await languageOf(page), "de");
    await page.context().close();
  });

  await t.step("language and colours are chosen without JavaScript, too", async () => {
    const { page } = await open({ javaScriptEnabled: false });
    for (const path of ["/", "/check?a=b%20c", "/r/a%20b"]) {
      await page.context().clearCookies();
      await page.goto(origin + path);
      await page.getByRole("combobox", { name: LANGUAGE }).selectOption("de");
      await page.getByRole("combobox", { name: COLOURS }).selectOption("dark");
      await page.getByRole("button", { name: "Apply" }).click();
      assertEquals([await languageOf(page), page.url()], ["de", origin + path]);
      assertEquals(await page.locator("html").getAttribute("data-theme"), "dark");
    }
    await page.context().close();
  });

  await t.step("the colours are those of the system, until others are chosen", async () => {
    const light = "rgb(245, 239, 227)";
    const dark = "rgb(27, 25, 22)";
    const { page } = await open({ colorScheme: "dark" });
    await page.goto(`${origin}/check`);
    assertEquals(await backgroundOf(page), dark);
    await choose(page, COLOURS, "light");
    assertEquals(await backgroundOf(page), light);
    await page.goto(`${origin}/r/colours`);
    assertEquals(await backgroundOf(page), light);
    await page.goto(origin);
    await choose(page, COLOURS, "dark");
    await page.emulateMedia({ colorScheme: "light" });
    assertEquals(await backgroundOf(page), dark);
    await choose(page, COLOURS, "system");
    assertEquals(await backgroundOf(page), light);
    await page.context().close();
  });

  await t.step("a choice leads back to this server, and nowhere else", async () => {
    for (const back of ["//evil.example", "/\\evil.example", "https://evil.example", "/\r\n/x"]) {
      const body = new URLSearchParams({ locale: "de", back });
      const response = await fetch(`${origin}/preferences`, {
        method: "POST",
        body,
        redirect: "manual",
      });
      await response.body?.cancel();
      assertEquals([response.status, response.headers.get("location")], [303, "/"]);
    }
    const nothing = await fetch(`${origin}/preferences`, { method: "POST", redirect: "manual" });
    await nothing.body?.cancel();
    assertEquals([nothing.status, nothing.headers.getSetCookie()], [303, []]);
  });
});

/** Whether more of an element shows than a dot. Runs in the page. */
function isSeen(element: Element): boolean {
  const { width, height } = element.getBoundingClientRect();
  return width > 1 && height > 1;
}
