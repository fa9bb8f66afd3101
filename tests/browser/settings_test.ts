import { assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { startApp } from "./app_server.ts";
import { launchBrowser } from "./launch.ts";
import { openPair, RoomPage } from "./room_page.ts";

/** Opens the settings. */
async function openSettings({ page }: RoomPage) {
  await page.getByRole("button", { name: "Settings" }).click();
  return page.getByRole("dialog", { name: "Settings" });
}

/** What a page did that cannot be seen, written at its end. */
const WRITE_DOWN = `
  globalThis.writeDown = (text) =>
    document.body.append(Object.assign(document.createElement("samp"), { textContent: text }));`;

/** Has a page write down its notifications, and allow them or not. */
function watchNotifications(page: Page, permission: NotificationPermission): Promise<unknown> {
  return page.addInitScript(`${WRITE_DOWN}
    globalThis.Notification = class {
      static requestPermission() { return Promise.resolve("${permission}"); }
      constructor(title, { body }) { writeDown(title + ": " + body); }
      close() {}
    };`);
}

/** Has a page write down the tones that it plays. */
function watchSound(page: Page): Promise<unknown> {
  return page.addInitScript(`${WRITE_DOWN}
    const { start } = OscillatorNode.prototype;
    OscillatorNode.prototype.start = function (...args) {
      writeDown("a tone");
      return start.apply(this, args);
    };`);
}

/** Hides a page, or shows it again, as switching tabs does. */
function setHidden({ page }: RoomPage, isHidden: boolean): Promise<void> {
  return page.evaluate((isHidden) => {
    const state = isHidden ? "hidden" : "visible";
    Object.defineProperty(document, "visibilityState", { configurable: true, get: () => state });
    document.dispatchEvent(new Event("visibilitychange"));
  }, isHidden);
}

Deno.test("settings work in a real browser", async (t) => {
  await using app = await startApp();
  await using launched = await launchBrowser();
  const { browser } = launched;
  const url = (room: string) => `${app.origin}/r/${room}`;

  await t.step("a nickname is seen by the other, and remembered in other rooms", async () => {
    await using pair = await openPair(browser, url("nickname"));
    const { alice, bob } = pair;
    const dialog = await openSettings(alice);
    await dialog.getByRole("textbox", { name: "Nickname" }).fill("Ada <b>L</b>\u202e");
    await alice.page.keyboard.press("Escape");
    await bob.page.getByText("Ada <b>L</b> is here").waitFor();
    await alice.say("hi");
    await bob.log.getByText("Ada <b>L</b>", { exact: true }).waitFor();
    await using elsewhere = await alice.openBeside(url("nickname-2"));
    const again = await openSettings(elsewhere);
    const field = again.getByRole("textbox", { name: "Nickname" });
    assertEquals(await field.inputValue(), "Ada <b>L</b>");
    await field.fill("");
    await elsewhere.page.keyboard.press("Escape");
    assertEquals([alice.errors, bob.errors], [[], []]);
  });

  await t.step("messages are cleared here, for good, when that was asked for twice", async () => {
    await using pair = await openPair(browser, url("clear"));
    const { alice, bob } = pair;
    await alice.say("words to be forgotten");
    await bob.say("two");
    await alice.hear("two");
    await alice.untilAll("seen");
    const dialog = await openSettings(alice);
    await dialog.getByRole("button", { name: "Clear messages" }).click();
    assertEquals((await alice.texts()).length, 2);
    await dialog.getByRole("button", { name: "Clear them now" }).click();
    await dialog.getByText("Cleared.").waitFor();
    await alice.log.getByRole("listitem").first().waitFor({ state: "detached" });
    await alice.page.keyboard.press("Escape");
    assertEquals(await alice.texts(), []);
    await alice.page.reload();
    await alice.untilStatus("connected");
    await bob.say("three");
    await alice.hear("three");
    assertEquals([await alice.texts(), await bob.texts()], [["three"], [
      "words to be forgotten",
      "two",
      "three",
    ]]);
    const kept = await alice.page.evaluate(() => JSON.stringify({ ...sessionStorage }));
    assertEquals([kept.includes("to be forgotten"), kept.includes("three")], [false, true]);
  });

  await t.step("what comes while the page is hidden is counted in its title", async () => {
    await using pair = await openPair(browser, url("title"));
    const { alice, bob } = pair;
    await bob.say("seen at once");
    await alice.hear("seen at once");
    assertEquals(await alice.page.title(), "title · Tincan");
    await setHidden(alice, true);
    await bob.sayAll(["one", "two"]);
    await alice.hear("two");
    assertEquals(await alice.page.title(), "(2) title · Tincan");
    await bob.untilDelivery("two", "delivered");
    await setHidden(alice, false);
    assertEquals(await alice.page.title(), "title · Tincan");
    await bob.untilDelivery("two", "seen");
  });

  await t.step("notifications and sound are there for whoever asks for them", async () => {
    const prepare = async (page: Page) => {
      await watchNotifications(page, "granted");
      await watchSound(page);
    };
    await using pair = await openPair(browser, url("alerts"), { prepare });
    const { alice, bob } = pair;
    const heard = alice.page.locator("samp");
    await setHidden(alice, true);
    await bob.say("quiet");
    await alice.hear("quiet");
    assertEquals(await heard.allInnerTexts(), []);
    await setHidden(alice, false);
    const dialog = await openSettings(alice);
    await dialog.getByRole("switch", { name: "Sound for new messages" }).check();
    await dialog.getByRole("switch", { name: "Notify me when this page is hidden" }).check();
    await alice.page.keyboard.press("Escape");
    await bob.say("in sight");
    await alice.hear("in sight");
    await heard.nth(1).waitFor({ state: "attached" });
    assertEquals(await heard.allInnerTexts(), ["a tone", "a tone"]);
    await setHidden(alice, true);
    await bob.say("secret words");
    await heard.filter({ hasText: ":" }).waitFor({ state: "attached" });
    // Nothing of what was said: others may see the screen.
    assertEquals(await heard.filter({ hasText: ":" }).allInnerTexts(), ["New message: alerts"]);
    assertEquals(alice.errors, []);
  });

  await t.step("a browser that allows no notifications says so", async () => {
    const prepare = (page: Page) => watchNotifications(page, "denied");
    await using alice = await RoomPage.open(browser, url("denied"), { prepare });
    const dialog = await openSettings(alice);
    const notify = dialog.getByRole("switch", { name: "Notify me when this page is hidden" });
    await notify.click();
    await dialog.getByText("This browser does not allow notifications here.").waitFor();
    assertEquals(await notify.isChecked(), false);
  });

  await t.step(
    "colours change at once, and stay; another language comes with a reload",
    async () => {
      await using alice = await RoomPage.open(browser, url("colours"), { colorScheme: "light" });
      const paper = () =>
        alice.page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
      const light = await paper();
      const dialog = await openSettings(alice);
      const kept = alice.page.waitForResponse((response) =>
        response.url().includes("/preferences")
      );
      await dialog.getByRole("combobox", { name: "Colours" }).selectOption("dark");
      await kept;
      const dark = await paper();
      assertEquals(light === dark, false);
      await alice.page.keyboard.press("Escape");
      await openSettings(alice);
      const colours = dialog.getByRole("combobox", { name: "Colours" });
      assertEquals(await colours.inputValue(), "dark");
      // Steps on the keyboard are on the way to a choice, and none yet.
      await dialog.getByRole("combobox", { name: "Language" }).press("ArrowDown");
      const apply = dialog.getByRole("button", { name: "Apply" });
      await apply.waitFor();
      assertEquals(await alice.page.locator("html").getAttribute("lang"), "en");
      await apply.click();
      await alice.page.getByRole("button", { name: "Verlassen" }).waitFor();
      assertEquals([await paper(), alice.errors], [dark, []]);
    },
  );
});
