import { assertEquals } from "@std/assert";
import { startApp } from "../browser/app_server.ts";
import { launchBrowser } from "../browser/launch.ts";
import { RoomPage } from "../browser/room_page.ts";

/** A client of version 1 that somebody else wrote, in a room. */
export interface Stranger {
  /** Says something as soon as it can. */
  say(text: string): Promise<void>;
  /** Waits until it has heard `text`. */
  hear(text: string): Promise<void>;
  /** Everything it has heard so far. */
  heard(): Promise<unknown[]>;
  /** Leaves the room. */
  leave(): Promise<void>;
}

/** Lets our page and a stranger talk: each word arrives, and once. */
export async function talk(ours: RoomPage, stranger: Stranger): Promise<void> {
  await ours.untilStatus("connected");
  await ours.say("hello stranger");
  await stranger.hear("hello stranger");
  await ours.untilDelivery("hello stranger", "sent");
  await stranger.say("hello page");
  await ours.hear("hello page");
  await ours.say("second to the stranger");
  await stranger.hear("second to the stranger");
  await stranger.say("second to the page");
  await ours.hear("second to the page");
  assertEquals(await ours.texts(), [
    "hello stranger",
    "hello page",
    "second to the stranger",
    "second to the page",
  ]);
  assertEquals(await stranger.heard(), ["hello stranger", "second to the stranger"]);
  assertEquals(ours.errors, []);
}

/** Lets them go on after our page was away: what was said before is not said again. */
export async function returned(ours: RoomPage, stranger: Stranger): Promise<void> {
  await ours.untilStatus("connected");
  await ours.say("I am back");
  await stranger.hear("I am back");
  await stranger.say("so you are");
  await ours.hear("so you are");
  assertEquals(await stranger.heard(), [
    "hello stranger",
    "second to the stranger",
    "I am back",
  ]);
  assertEquals(ours.errors, []);
}

/** Lets a stranger leave, which the page must notice. */
export async function part(ours: RoomPage, stranger: Stranger): Promise<void> {
  await stranger.leave();
  await ours.untilStatus("ended");
  assertEquals(ours.errors, []);
}

/** What a stranger does first. */
export type Role = "offers" | "answers";

/** Lets a stranger, whom `open` brings to the socket at `url`, meet our page in every order. */
export async function meet(
  t: Deno.TestContext,
  open: (url: string, role: Role) => Promise<Stranger & AsyncDisposable>,
): Promise<void> {
  await using app = await startApp();
  await using launched = await launchBrowser();
  const { browser } = launched;
  const socketUrl = `${app.origin.replace("http", "ws")}/ws/signal?room=`;

  for (const role of ["offers", "answers"] as const) {
    await t.step(`that is there first, and ${role}`, async () => {
      const room = `first-${role}`;
      await using stranger = await open(socketUrl + room, role);
      await using ours = await RoomPage.open(browser, `${app.origin}/r/${room}`);
      await talk(ours, stranger);
      await part(ours, stranger);
    });

    await t.step(`that comes second, and ${role}`, async () => {
      const room = `second-${role}`;
      await using ours = await RoomPage.open(browser, `${app.origin}/r/${room}`);
      await ours.untilStatus("waiting");
      await using stranger = await open(socketUrl + room, role);
      await talk(ours, stranger);
      await part(ours, stranger);
    });

    await t.step(`that stays while our page reloads, and first ${role}`, async () => {
      const room = `stays-${role}`;
      await using ours = await RoomPage.open(browser, `${app.origin}/r/${room}`);
      await ours.untilStatus("waiting");
      await using stranger = await open(socketUrl + room, role);
      await talk(ours, stranger);
      await ours.page.reload();
      await returned(ours, stranger);
      await part(ours, stranger);
    });
  }
}
