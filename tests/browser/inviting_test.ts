import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { Locator, Page } from "playwright-core";
import decodeQR from "qr/decode.js";
import { startApp } from "./app_server.ts";
import { launchBrowser } from "./launch.ts";
import { openPair, RoomPage } from "./room_page.ts";

/** A name as `POST /r` makes them, with what is taken for something else. */
const NAME = "Xk3_v9Qa0bLl1IO0-Zz9qR";

/** What a camera reads from a picture on the page. */
async function scan(page: Page, picture: Locator): Promise<string> {
  const png = await picture.screenshot();
  const { width, rows } = await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes]));
    const { width, height } = bitmap;
    const context = new OffscreenCanvas(width, height).getContext("2d");
    context?.drawImage(bitmap, 0, 0);
    const rows = Array.from({ length: height }, (_, y) => {
      const pixels = context?.getImageData(0, y, width, 1).data ?? [];
      return Array.from(pixels).filter((_, index) => index % 4 === 0);
    });
    return { width, rows };
  }, btoa(String.fromCharCode(...png)));
  const data = Uint8ClampedArray.from(rows.flat().flatMap((light) => [light, light, light, 255]));
  return decodeQR({ width, height: rows.length, data });
}

function button(page: Page, name: string): Locator {
  return page.getByRole("button", { name, exact: true });
}

/** Has the page's device share, and remember what; or refuse to, as it does with an error's name. */
function shareWith(page: Page, errorName = ""): Promise<unknown> {
  return page.addInitScript(`
    globalThis.shared = [];
    navigator.share = async (what) => {
      shared.push(what);
      if (${JSON.stringify(errorName)}) throw new DOMException("", ${JSON.stringify(errorName)});
    };`);
}

Deno.test("somebody is invited in a real browser", async (t) => {
  await using app = await startApp();
  await using launched = await launchBrowser();
  const { browser } = launched;
  const urlOf = (room: string) => `${app.origin}/r/${room}`;

  await t.step("whoever waits sees the link, and one button to copy it", async () => {
    const permissions = ["clipboard-read", "clipboard-write"];
    await using alice = await RoomPage.open(browser, `${urlOf(NAME)}#k=secret`, { permissions });
    await alice.untilStatus("waiting");
    const { page } = alice;
    const card = page.getByRole("region", { name: "Invite somebody" });
    assertStringIncludes(await card.innerText(), `${urlOf(NAME)}#k=secret`);
    const copy = button(page, "Copy invite link");
    assertEquals(await copy.count(), 1);
    await copy.click();
    await page.getByText("Copied. Send it to one person.").waitFor();
    assertEquals(await page.evaluate("navigator.clipboard.readText()"), page.url());
    assertEquals(alice.errors, []);
  });

  await t.step(
    "the QR code leads to the room, in both themes, and loads when it is asked for",
    async () => {
      for (const colorScheme of ["light", "dark"] as const) {
        await using alice = await RoomPage.open(browser, `${urlOf(NAME)}#k=secret`, {
          colorScheme,
        });
        const { page } = alice;
        const scripts: string[] = [];
        page.on("request", (request) => scripts.push(new URL(request.url()).pathname));
        await alice.untilStatus("waiting");
        scripts.length = 0;
        await button(page, "QR code").click();
        const code = page.getByRole("img", { name: "QR code of the invite link" });
        await code.waitFor();
        assertEquals(scripts.filter((path) => /\/qr-[^/]+\.js$/.test(path)).length, 1);
        assertEquals(await scan(page, code), `${urlOf(NAME)}#k=secret`);

        await page.keyboard.press("Escape");
        await page.getByRole("dialog").waitFor({ state: "detached" });
        assertEquals(await page.locator(":focus").innerText(), "QR code");
        assertEquals(alice.errors, []);
      }
    },
  );

  await t.step("a QR code that cannot be loaded says so", async () => {
    await using alice = await RoomPage.open(browser, urlOf("no-code"), {
      prepare: (page) => page.route("**/qr-*.js", (route) => route.abort()),
    });
    await alice.untilStatus("waiting");
    await button(alice.page, "QR code").click();
    await alice.page.getByRole("alert").filter({ hasText: "could not be loaded" }).waitFor();
  });

  await t.step("a name that nobody can pronounce is read aloud", async () => {
    await using alice = await RoomPage.open(browser, urlOf(NAME));
    const { page } = alice;
    await alice.untilStatus("waiting");
    await button(page, "Read it aloud").click();
    const dialog = page.getByRole("dialog", { name: "Read it aloud" });
    await dialog.waitFor();
    const groups = await dialog.locator(".spelled-group").allInnerTexts();
    assertEquals(groups, ["Xk3_", "v9Qa", "0bLl", "1IO0", "-Zz9", "qR"]);
    const lines = await dialog.getByRole("listitem").allInnerTexts();
    const expected = ["X capital X-ray", "k Kilo", "3 three", "_ underscore", "v Victor"];
    assertEquals([lines.length, lines.slice(0, 5)], [22, expected]);
    assertStringIncludes(await dialog.innerText(), new URL(app.origin).host);

    await button(page, "Close").click();
    await dialog.waitFor({ state: "detached" });
    assertEquals(await page.locator(":focus").innerText(), "Read it aloud");

    await page.goto(urlOf("book-club"));
    await alice.untilStatus("waiting");
    assertEquals(await button(page, "Read it aloud").count(), 0);
    assertEquals(alice.errors, []);
  });

  await t.step("sharing is offered where the device can, and its failure is told", async () => {
    await using none = await RoomPage.open(browser, urlOf("share-none"), {
      prepare: (page) => page.addInitScript("delete Navigator.prototype.share"),
    });
    await none.untilStatus("waiting");
    assertEquals(await button(none.page, "Share…").count(), 0);

    for (
      const [errorName, alerts] of [["", 0], ["AbortError", 0], ["NotAllowedError", 1]] as const
    ) {
      const room = `share-${errorName}`;
      await using alice = await RoomPage.open(browser, urlOf(room), {
        prepare: (page) => shareWith(page, errorName),
      });
      const { page } = alice;
      await alice.untilStatus("waiting");
      await button(page, "Share…").click();
      const alert = page.getByRole("alert").filter({ hasText: "Sharing did not work" });
      if (alerts > 0) await alert.waitFor();
      assertEquals(await page.evaluate("shared"), [
        { title: "Tincan", text: "Let’s talk here:", url: urlOf(room) },
      ]);
      assertEquals([errorName, await alert.count(), alice.errors], [errorName, alerts, []]);
    }
  });

  await t.step("once somebody is there, inviting is at hand in the head", async () => {
    await using pair = await openPair(browser, urlOf(NAME), { prepare: shareWith });
    const { page } = pair.alice;
    assertEquals(await page.getByRole("region", { name: "Invite somebody" }).count(), 0);
    assertEquals(await button(page, "Copy invite link").count(), 1);
    await button(page, "Invite").click();
    const dialog = page.getByRole("dialog", { name: "Invite somebody" });
    assertEquals(await scan(page, dialog.getByRole("img")), urlOf(NAME));
    assertStringIncludes(await dialog.innerText(), urlOf(NAME));
    assertEquals(await dialog.getByRole("listitem").first().isVisible(), false);
    await dialog.getByText("Read it aloud").click();
    assertEquals(await dialog.getByRole("listitem").count(), 22);
    await dialog.getByRole("button", { name: "Share…" }).click();
    assertEquals(await page.evaluate("shared.length"), 1);
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    assertEquals(await page.locator(":focus").innerText(), "Invite");
    assertEquals([pair.alice.errors, pair.bob.errors], [[], []]);
  });

  await t.step("on a narrow screen the tools are icons of the same names", async () => {
    await using pair = await openPair(browser, urlOf("narrow"), {
      viewport: { width: 320, height: 600 },
    });
    const { page } = pair.alice;
    for (const name of ["Copy invite link", "Invite"]) {
      const box = await button(page, name).boundingBox();
      assertEquals([name, box?.width, box?.height], [name, 44, 44]);
    }
    const overflow = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
    assertEquals(overflow, 0);
  });

  await t.step("the focus stays with the invitation when somebody comes", async () => {
    for (const opens of [false, true]) {
      const room = `focus-${opens}`;
      await using alice = await RoomPage.open(browser, urlOf(room));
      const { page } = alice;
      await alice.untilStatus("waiting");
      if (opens) await button(page, "QR code").click();
      else await button(page, "Copy invite link").focus();
      await using _bob = await RoomPage.open(browser, urlOf(room));
      await alice.untilStatus("connected");
      assertEquals(await page.getByRole("dialog").count(), 0);
      const focused = page.locator(":focus");
      assertEquals(await focused.innerText(), "Copy invite link");
      assertEquals([opens, await focused.count(), alice.errors], [opens, 1, []]);
    }
  });

  await t.step("a link to be copied by hand goes away when something else is done", async () => {
    const prepare = (page: Page) =>
      page.addInitScript("Object.defineProperty(navigator, 'clipboard', {})");
    await using pair = await openPair(browser, urlOf("by-hand-pair"), { prepare });
    const { page, composer } = pair.alice;
    await button(page, "Copy invite link").click();
    const link = page.getByRole("textbox", { name: "Invite link" });
    assertEquals(await link.inputValue(), urlOf("by-hand-pair"));
    await composer.focus();
    await link.waitFor({ state: "detached" });
    assert(await composer.evaluate((element) => element === document.activeElement));
  });
});
