import { assert, assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { startApp } from "./app_server.ts";
import { attach, cardOf, press, sent, untilSays } from "./file_acts.ts";
import { launchBrowser } from "./launch.ts";
import { openPair, RoomPage } from "./room_page.ts";

/** Has a page let go of its end of the chat, to say what no page of ours would. */
function openChat(page: Page): Promise<unknown> {
  return page.addInitScript(`
    const { send } = RTCDataChannel.prototype;
    RTCDataChannel.prototype.send = function (...args) {
      if (this.label === "chat") globalThis.chat = this;
      return send.apply(this, args);
    };`);
}

/** Has a page count how often the list of messages changed, frame by frame. */
function countDrawings(page: Page): Promise<unknown> {
  return page.evaluate(() => {
    const counter = globalThis as unknown as { drawings: number };
    counter.drawings = 0;
    const log = document.querySelector(".log")!;
    new MutationObserver(() => counter.drawings++).observe(log, { childList: true, subtree: true });
  });
}

Deno.test("a room bears what is not of every day", async (t) => {
  await using app = await startApp();
  await using launched = await launchBrowser();
  const { browser } = launched;
  const url = (room: string) => `${app.origin}/r/${room}`;

  await t.step("a thousand words and files at once are drawn as a few", async () => {
    await using pair = await openPair(browser, url("burst"), { prepare: openChat });
    const { alice, bob } = pair;
    await bob.say("first");
    await alice.hear("first");
    await countDrawings(alice.page);
    await bob.page.evaluate(() => {
      const { chat } = globalThis as unknown as { chat: RTCDataChannel };
      for (let index = 0; index < 1_000; index++) {
        const named = { id: `01J${String(index).padStart(23, "0")}`, at: Date.now() };
        const file = { t: "file-offer", name: `${index}.txt`, size: 1, type: "text/plain" };
        chat.send(JSON.stringify({
          ...named,
          ...(index % 2 ? file : { t: "say", text: `words ${index}` }),
        }));
      }
    });
    await alice.log.getByRole("listitem").nth(1_000).waitFor({ state: "attached" });
    const drawings = Number(await alice.page.evaluate("globalThis.drawings"));
    assert(drawings < 500, `${drawings} drawings`);
    await bob.say("last");
    await alice.hear("last");
    assertEquals(alice.errors, []);
  });

  await t.step("a part that cannot be loaded says so, and the chat goes on", async () => {
    const prepare = (page: Page) => page.route(/(Settings|desk)-/, (route) => route.abort());
    await using pair = await openPair(browser, url("missing"), { prepare });
    const { alice, bob } = pair;
    await alice.page.getByRole("button", { name: "Settings" }).click();
    const sentence = "This part of the page could not be loaded.";
    await alice.page.getByRole("alert").filter({ hasText: sentence }).waitFor();
    await attach(bob, sent("late.txt", "late"));
    await alice.log.getByText(sentence).waitFor();
    await alice.log.getByText("late.txt").first().waitFor();
    await bob.say("still here");
    await alice.hear("still here");
  });

  await t.step("a file goes on where it was when the connection is another one", async () => {
    await using pair = await openPair(browser, url("cut"), {
      prepare: (page) =>
        page.addInitScript(`
          delete globalThis.showSaveFilePicker;
          globalThis.RTCPeerConnection = class extends RTCPeerConnection {
            constructor(...args) { super(...args); globalThis.rtc = this; }
          };
          // Slow enough to be cut in the middle.
          const { send } = RTCDataChannel.prototype;
          RTCDataChannel.prototype.send = function (...args) {
            if (this.label === "files") globalThis.chunks = (globalThis.chunks ?? 0) + 1;
            return send.apply(this, args);
          };`),
    });
    const { alice, bob } = pair;
    const bytes = new Uint8Array(24 * 1024 * 1024).map((_, index) => index * 31 >> 3);
    await attach(alice, sent("cut.bin", bytes, "application/octet-stream"));
    await press(cardOf(bob, "cut.bin"), "Accept");
    await cardOf(bob, "cut.bin").getByRole("progressbar").waitFor();
    await bob.page.evaluate("globalThis.rtc.close()");
    await untilSays(cardOf(bob, "cut.bin"), "It arrived whole.");
    await untilSays(cardOf(alice, "cut.bin"), "They have it, whole.");
    const chunks = Number(await alice.page.evaluate("globalThis.chunks"));
    // What was there was not sent a second time: less than the whole twice.
    assert(chunks < 2 * bytes.length / 16_372, `${chunks} chunks`);
  });

  await t.step("a file that is offered to nobody any more says so", async () => {
    await using pair = await openPair(browser, url("alone"));
    const { alice, bob } = pair;
    await attach(alice, sent("a.txt", "a"));
    await cardOf(bob, "a.txt").waitFor();
    await bob.page.getByRole("button", { name: "Leave" }).click();
    await untilSays(cardOf(alice, "a.txt"), "Nobody is here to accept it.");
  });

  await t.step("a browser that keeps nothing says what that means", async () => {
    const prepare = (page: Page) =>
      page.addInitScript(`
        const fail = { get() { throw new DOMException("", "SecurityError"); } };
        Object.defineProperty(globalThis, "sessionStorage", fail);
        Object.defineProperty(globalThis, "localStorage", fail);`);
    await using alice = await RoomPage.open(browser, url("forgetful"), { prepare });
    await alice.untilStatus("waiting");
    await alice.page.getByText("a reload loses what was said").waitFor();
    assertEquals(alice.errors, []);
  });

  await t.step("the focus is not lost with the button that had it", async () => {
    await using pair = await openPair(browser, url("focus"));
    const { alice, bob } = pair;
    const focused = () => alice.page.evaluate(() => document.activeElement?.textContent ?? "");
    await alice.page.getByRole("button", { name: "Settings" }).click();
    const dialog = alice.page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Clear messages" }).click();
    await dialog.getByRole("button", { name: "Cancel" }).click();
    assertEquals(await focused(), "Clear messages");
    await alice.page.keyboard.press("Escape");
    await bob.say("Tea?");
    await alice.log.getByRole("listitem").hover();
    await alice.log.getByRole("button", { name: "Reply" }).click();
    await alice.page.getByRole("button", { name: "Do not reply" }).click();
    assert(await alice.composer.evaluate((field) => field === document.activeElement));
    // What nobody could see is not said.
    await alice.composer.fill("\u200b \n");
    await alice.composer.press("Enter");
    await alice.composer.fill("\n\n  Please \n\n");
    await alice.composer.press("Enter");
    await bob.hear("Please");
    assertEquals(await bob.texts(), ["Tea?", "  Please"]);
  });
});
