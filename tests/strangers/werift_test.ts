import { startApp } from "../browser/app_server.ts";
import { launchBrowser } from "../browser/launch.ts";
import { RoomPage } from "../browser/room_page.ts";
import { part, returned, talk } from "./stranger.ts";
import { WeriftClient } from "./werift_client.ts";

/** werift leaves the timers of its DTLS handshakes behind. */
const LEAKS = { sanitizeOps: false, sanitizeResources: false };

Deno.test("a client on werift chats with our page", LEAKS, async (t) => {
  await using app = await startApp();
  await using launched = await launchBrowser();
  const { browser } = launched;
  const socketUrl = `${app.origin.replace("http", "ws")}/ws/signal?room=`;

  for (const role of ["offers", "answers"] as const) {
    await t.step(`that is there first, and ${role}`, async () => {
      const room = `first-${role}`;
      await using stranger = await WeriftClient.open(socketUrl + room, role);
      await using ours = await RoomPage.open(browser, `${app.origin}/r/${room}`);
      await talk(ours, stranger);
      await part(ours, stranger);
    });

    await t.step(`that comes second, and ${role}`, async () => {
      const room = `second-${role}`;
      await using ours = await RoomPage.open(browser, `${app.origin}/r/${room}`);
      await ours.untilStatus("waiting");
      await using stranger = await WeriftClient.open(socketUrl + room, role);
      await talk(ours, stranger);
      await part(ours, stranger);
    });

    await t.step(`that stays while our page reloads, and first ${role}`, async () => {
      const room = `stays-${role}`;
      await using ours = await RoomPage.open(browser, `${app.origin}/r/${room}`);
      await ours.untilStatus("waiting");
      await using stranger = await WeriftClient.open(socketUrl + room, role);
      await talk(ours, stranger);
      await ours.page.reload();
      await returned(ours, stranger);
      await part(ours, stranger);
    });
  }
});
