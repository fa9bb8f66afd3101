/**
 * Firefox and Chromium in one room. Not part of `deno task test`, which brings its only browser along:
 * install Firefox and run `deno task build && deno test -A tests/firefox/firefox_check.ts`.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import type { Browser } from "playwright-core";
import { startApp } from "../browser/app_server.ts";
import { launchBrowser, newPage } from "../browser/launch.ts";
import { RoomPage } from "../browser/room_page.ts";
import { FirefoxRoom } from "./firefox_room.ts";
import { launchFirefox } from "./launch_firefox.ts";

/** The same in Chromium. */
class ChromiumRoom extends RoomPage {
  static async enter(browser: Browser, url: string): Promise<ChromiumRoom> {
    const room = new ChromiumRoom(await newPage(browser));
    await room.page.goto(url);
    return room;
  }

  async leave(): Promise<void> {
    await this.page.getByRole("button", { name: "Leave" }).click();
  }

  async reload(): Promise<void> {
    await this.page.reload();
  }
}

type Room = FirefoxRoom | ChromiumRoom;

Deno.test("Firefox and Chromium chat", async (t) => {
  await using app = await startApp();
  await using firefox = await launchFirefox();
  await using chromium = await launchBrowser();
  const enter = {
    Firefox: (url: string): Promise<Room> => FirefoxRoom.open(firefox.session, url),
    Chromium: (url: string): Promise<Room> => ChromiumRoom.enter(chromium.browser, url),
  };

  /** Words cross in both directions, and are known to have been seen. */
  async function converse(one: Room, other: Room, word: string): Promise<void> {
    for (const room of [one, other]) await room.untilStatus("connected");
    for (const [from, to, text] of [[one, other, `${word}?`], [other, one, `${word}!`]] as const) {
      await from.say(text);
      await to.hear(text);
      await from.untilDelivery(text, "seen");
    }
  }

  for (const [first, second] of [["Firefox", "Chromium"], ["Chromium", "Firefox"]] as const) {
    const url = `${app.origin}/r/${first}`;

    await t.step(`${first} is there first: both connect, reload and leave`, async () => {
      await using one = await enter[first](url);
      await one.untilStatus("waiting");
      await using other = await enter[second](url);
      await converse(one, other, "hello");

      await one.reload();
      await converse(one, other, "again");
      await other.reload();
      await converse(one, other, "once more");
      await Promise.all([one.reload(), other.reload()]);
      await converse(one, other, "both");

      const texts = ["hello", "again", "once more", "both"].flatMap((
        word,
      ) => [`${word}?`, `${word}!`]);
      assertEquals([await one.texts(), await other.texts()], [texts, texts]);

      await one.leave();
      await other.untilStatus("ended");
      assertEquals([one.errors, other.errors], [[], []]);
    });
  }
});
