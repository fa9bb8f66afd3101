import { assert, assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { startApp, startProcess } from "./app_server.ts";
import {
  attach,
  bring,
  cardOf,
  chooseInPage,
  holdReading,
  press,
  save,
  sent,
  untilSays,
} from "./file_acts.ts";
import { launchBrowser } from "./launch.ts";
import { openPair, RoomPage } from "./room_page.ts";

/** A red dot. */
const PNG = Uint8Array.fromBase64(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==",
);

Deno.test("people send files in real browsers", async (t) => {
  await using app = await startApp();
  await using launched = await launchBrowser();
  const { browser } = launched;
  const openTwo = (room: string, prepare = (_page: Page): Promise<unknown> => Promise.resolve()) =>
    openPair(browser, `${app.origin}/r/${room}`, { prepare });

  await t.step("a file is offered, accepted, and saved as what it was", async () => {
    await using pair = await openTwo("file");
    const { alice, bob } = pair;
    await attach(alice, sent("notes.txt", "tea at four"), sent("empty.txt", ""));
    await untilSays(cardOf(alice, "notes.txt"), "Waiting for them to accept.");
    const card = cardOf(bob, "notes.txt");
    await untilSays(card, "It stays in this page until you save it.");
    await press(card, "Accept");
    await untilSays(card, "It arrived whole.");
    // The button is gone, and the focus is where it was.
    assert(await card.evaluate((element) => element === document.activeElement));
    await untilSays(cardOf(alice, "notes.txt"), "They have it, whole.");
    assertEquals(await save(bob, card), "tea at four");
    await press(cardOf(bob, "empty.txt"), "Accept");
    await untilSays(cardOf(bob, "empty.txt"), "It arrived whole.");
    assertEquals(await save(bob, cardOf(bob, "empty.txt")), "");
    assertEquals([...alice.errors, ...bob.errors], []);
  });

  await t.step("a picture is shown, and nothing that could run code", async () => {
    await using pair = await openTwo("picture");
    const { alice, bob } = pair;
    const svg = `<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`;
    await attach(
      alice,
      sent("dot.png", PNG, "image/png"),
      sent("drawing.svg", svg, "image/svg+xml"),
      sent("broken.png", "no picture", "image/png"),
    );
    await cardOf(alice, "dot.png").getByRole("img", { name: "dot.png" }).waitFor();
    for (const name of ["dot.png", "drawing.svg", "broken.png"]) {
      await press(cardOf(bob, name), "Accept");
      await untilSays(cardOf(bob, name), "It arrived whole.");
    }
    const card = cardOf(bob, "dot.png");
    const picture = card.getByRole("img", { name: "dot.png" });
    await picture.waitFor();
    await picture.evaluate((image) => (image as HTMLImageElement).decode());
    await cardOf(bob, "broken.png").getByRole("img").waitFor({ state: "detached" });
    for (const { log } of [alice, bob]) assertEquals(await log.locator("img").count(), 1);

    await press(card, "Show dot.png");
    const dialog = bob.page.getByRole("dialog", { name: "dot.png" });
    await dialog.getByRole("img").waitFor();
    await bob.page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    const show = card.getByRole("button", { name: "Show dot.png" });
    assert(await show.evaluate((element) => element === document.activeElement));
    assertEquals([...alice.errors, ...bob.errors], []);
  });

  await t.step("a file is declined, and accepted after all", async () => {
    await using pair = await openTwo("decline");
    const { alice, bob } = pair;
    await attach(alice, sent("a.txt", "a"), sent("b.txt", "b"));
    await press(cardOf(bob, "a.txt"), "Decline");
    await untilSays(cardOf(bob, "a.txt"), "You declined it.");
    await untilSays(cardOf(alice, "a.txt"), "They declined it.");
    await press(cardOf(bob, "a.txt"), "Accept after all");
    await untilSays(cardOf(alice, "a.txt"), "They have it, whole.");
    await press(cardOf(alice, "b.txt"), "Cancel");
    await untilSays(cardOf(alice, "b.txt"), "You took it back.");
    await untilSays(cardOf(bob, "b.txt"), "They took it back.");
    assertEquals(await cardOf(bob, "b.txt").getByRole("button").count(), 0);
  });

  await t.step("a big file goes where the person chose", async () => {
    await using pair = await openTwo("big", chooseInPage);
    const { alice, bob } = pair;
    await bring(alice.page, "drop", { name: "film.txt", size: 70_000_000 });
    const card = cardOf(bob, "film.txt");
    await untilSays(card, "You choose where it goes.");
    await press(card, "Accept");
    await untilSays(card, "Saved where you chose.");
    assertEquals(await card.getByRole("link").count(), 0);
    assertEquals(await bob.page.evaluate("asked"), ["film.txt in a gesture"]);
    assertEquals(await bob.page.evaluate("chosen.getFile().then(({ size }) => size)"), 70_000_000);
    assertEquals([...alice.errors, ...bob.errors], []);
  });

  await t.step("a file on its way is held, and goes on", async () => {
    await using pair = await openTwo("hold", (page) => holdReading(page, 4));
    const { alice, bob } = pair;
    await attach(alice, sent("film.bin", new Uint8Array(10_000_000), "video/mp4"));
    const theirs = cardOf(alice, "film.bin");
    const ours = cardOf(bob, "film.bin");
    await press(ours, "Accept");
    await theirs.getByRole("progressbar", { name: "Progress of film.bin" }).waitFor();
    await ours.getByRole("progressbar", { name: "Progress of film.bin" })
      .and(bob.page.locator('[aria-valuetext="41%, 4.2 MB of 10 MB"]')).waitFor();
    // What moves is read out to nobody; what is held is, once.
    const news = ours.locator("[aria-live=off] [aria-live=polite]");
    assertEquals(await news.innerText(), "");
    await press(ours, "Pause");
    await untilSays(ours, "You paused it.");
    assertEquals(await news.innerText(), "You paused it.");
    await untilSays(theirs, "The other side paused it.");
    assert(await ours.evaluate((element) => element === document.activeElement));
    await press(ours, "Continue");
    await untilSays(theirs, "Sending…");
    await press(theirs, "Pause");
    await untilSays(ours, "The other side paused it.");
    await press(theirs, "Continue");
    await alice.page.evaluate("release()");
    await untilSays(ours, "It arrived whole.");
    await untilSays(theirs, "They have it, whole.");
    assertEquals([...alice.errors, ...bob.errors], []);
  });

  await t.step("a file is cancelled on its way by whom it goes to", async () => {
    await using pair = await openTwo("stop", (page) => holdReading(page, 1));
    const { alice, bob } = pair;
    await attach(alice, sent("film.bin", new Uint8Array(3_000_000), "video/mp4"));
    await press(cardOf(bob, "film.bin"), "Accept");
    await cardOf(bob, "film.bin").locator(`progress[aria-valuetext^="34%"]`).waitFor();
    await press(cardOf(bob, "film.bin"), "Cancel");
    await untilSays(cardOf(bob, "film.bin"), "You cancelled it.");
    await untilSays(cardOf(alice, "film.bin"), "They cancelled it.");
  });

  await t.step("a page that was reloaded says what became of its files", async () => {
    await using pair = await openTwo("reload", (page) => holdReading(page, 1));
    const { alice, bob } = pair;
    await attach(alice, sent("film.bin", new Uint8Array(3_000_000), "video/mp4"));
    await press(cardOf(bob, "film.bin"), "Accept");
    await cardOf(bob, "film.bin").getByRole("progressbar").waitFor();
    await alice.page.reload();
    await untilSays(cardOf(alice, "film.bin"), "This page was reloaded, and has the file no more.");
    await untilSays(cardOf(bob, "film.bin"), "The page that had it was closed or reloaded.");
    // Whoever reloads the other page is offered it again, and hears the same.
    await bob.page.reload();
    await press(cardOf(bob, "film.bin"), "Accept");
    await untilSays(cardOf(bob, "film.bin"), "The page that had it was closed or reloaded.");
  });

  await t.step("two hundred files are accepted at once", async () => {
    await using pair = await openTwo("many");
    const { alice, bob } = pair;
    const files = Array.from({ length: 200 }, (_, index) => sent(`${index}.txt`, `${index}`));
    await attach(alice, ...files);
    await untilSays(cardOf(bob, "199.txt"), "200 files are waiting for your answer.");
    await press(cardOf(bob, "199.txt"), "Accept all");
    await bob.log.getByRole("link", { name: "Save" }).nth(199).waitFor();
    assertEquals(await save(bob, cardOf(bob, "123.txt")), "123");
    assertEquals([...alice.errors, ...bob.errors], []);
  });

  await t.step("files are dropped anywhere on the page", async () => {
    await using pair = await openTwo("drop");
    const { alice: { page, log, errors }, alice, bob } = pair;
    const overlay = page.getByText("Drop to send");
    assertEquals(await bring(page, "dragenter", { text: "just words" }), true);
    assertEquals(await overlay.count(), 0);
    assertEquals(await bring(page, "dragenter", { name: "a.txt", selector: "h1" }), false);
    await overlay.waitFor();
    // What is dropped anywhere is dropped on it.
    await page.waitForFunction(() => {
      const { width, height } = document.querySelector(".drop")!.getBoundingClientRect();
      return width === innerWidth && height === innerHeight;
    });
    await page.locator(".drop").dispatchEvent("dragleave");
    await overlay.waitFor({ state: "detached" });
    await bring(page, "dragenter", { name: "a.txt", selector: "h1" });
    assertEquals(await bring(page, "drop", { name: "a.txt", selector: "h1" }), false);
    await overlay.waitFor({ state: "detached" });
    await cardOf(alice, "a.txt").waitFor();
    await cardOf(bob, "a.txt").waitFor();
    assertEquals(await log.getByRole("listitem").count(), 1);

    await page.evaluate(
      `DataTransferItem.prototype.webkitGetAsEntry = () => ({ isDirectory: true })`,
    );
    await bring(page, "drop", { name: "holidays" });
    const problem = page.getByRole("alert").filter({ hasText: "Folders cannot be sent." });
    await problem.waitFor();
    await alice.composer.fill("I see");
    await problem.waitFor({ state: "detached" });
    assertEquals(await log.getByRole("listitem").count(), 1);
    assertEquals(errors, []);
  });

  await t.step("files are pasted, and text stays text", async () => {
    await using pair = await openTwo("paste");
    const { alice: { page, log }, alice } = pair;
    // Nothing is prevented: the browser puts the words where they belong.
    assertEquals(await bring(page, "paste", { text: "just words" }), true);
    assertEquals(await bring(page, "paste", { name: "shot.txt" }), false);
    await cardOf(alice, "shot.txt").waitFor();
    assertEquals(await log.getByRole("listitem").count(), 1);
  });
});

Deno.test("a file goes to each of several people by itself", async () => {
  await using server = await startProcess({ ROOM_CAPACITY: "3" });
  await using launched = await launchBrowser();
  const url = `${server.origin}/r/several`;
  await using alice = await RoomPage.open(launched.browser, url);
  await using bob = await RoomPage.open(launched.browser, url);
  await using carol = await RoomPage.open(launched.browser, url);
  for (const room of [alice, bob, carol]) {
    await room.page.getByRole("list", { name: "People here" }).getByText(": connected").nth(1)
      .waitFor();
  }
  await attach(alice, sent("notes.txt", "tea at four"));
  const card = cardOf(alice, "notes.txt");
  await untilSays(card, "Waiting for them to accept.");
  await press(cardOf(bob, "notes.txt"), "Decline");
  await untilSays(card, ": declined");
  await press(cardOf(carol, "notes.txt"), "Accept");
  await untilSays(card, ": has it");
  assertEquals(await save(carol, cardOf(carol, "notes.txt")), "tea at four");
  await press(card, "Stop offering it");
  await untilSays(card, "You took it back.");
  assertEquals(await card.getByRole("listitem").count(), 2);
  assertEquals([...alice.errors, ...bob.errors, ...carol.errors], []);
});
