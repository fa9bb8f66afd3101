import { assertEquals } from "@std/assert";
import { startApp } from "../browser/app_server.ts";
import { launchBrowser } from "../browser/launch.ts";
import { RoomPage } from "../browser/room_page.ts";
import { buildSimplePeerPage, SimplePeerPage } from "./simple_peer_page.ts";
import { part, returned, talk } from "./stranger.ts";

Deno.test("a page with simple-peer chats with ours", async (t) => {
  await using app = await startApp({ "/simple-peer": await buildSimplePeerPage() });
  await using launched = await launchBrowser();
  const { browser } = launched;

  for (const role of ["initiator", "answerer"]) {
    for (const candidates of ["trickle", "whole"]) {
      const urlOf = (room: string) =>
        `${app.origin}/simple-peer?room=${room}&${role}&${candidates}`;

      await t.step(`that is there first: ${role}, ${candidates}`, async () => {
        const room = `first-${role}-${candidates}`;
        const stranger = await SimplePeerPage.open(browser, urlOf(room));
        await using ours = await RoomPage.open(browser, `${app.origin}/r/${room}`);
        await talk(ours, stranger);
        assertEquals(stranger.errors, []);
        await part(ours, stranger);
      });

      await t.step(`that comes second: ${role}, ${candidates}`, async () => {
        const room = `second-${role}-${candidates}`;
        await using ours = await RoomPage.open(browser, `${app.origin}/r/${room}`);
        await ours.untilStatus("waiting");
        const stranger = await SimplePeerPage.open(browser, urlOf(room));
        await talk(ours, stranger);
        assertEquals(stranger.errors, []);
        await part(ours, stranger);
      });
    }

    await t.step(`that stays while our page reloads: ${role}`, async () => {
      const room = `stays-${role}`;
      await using ours = await RoomPage.open(browser, `${app.origin}/r/${room}`);
      await ours.untilStatus("waiting");
      const stranger = await SimplePeerPage.open(
        browser,
        `${app.origin}/simple-peer?room=${room}&${role}&trickle`,
      );
      await talk(ours, stranger);
      await ours.page.reload();
      await returned(ours, stranger);
      await part(ours, stranger);
    });
  }
});
