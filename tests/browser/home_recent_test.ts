import { assert, assertEquals } from "@std/assert";
import { RECENT_ROOMS_KEY, RecentRooms } from "../../lib/client/recent_rooms.ts";
import { FakeStorage } from "../fakes/storage.ts";
import { startApp } from "./app_server.ts";
import { HomePage, keep, NOW, remember } from "./home_page.ts";
import { launchBrowser, newPage } from "./launch.ts";
import { openPair } from "./room_page.ts";

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;

Deno.test("the start page remembers rooms in a real browser", async (t) => {
  await using app = await startApp();
  await using launched = await launchBrowser();
  const { browser } = launched;

  await t.step("rooms that the room page remembered are listed, newest first", async () => {
    await using none = await HomePage.open(browser, app.origin);
    assertEquals(await none.page.getByRole("heading", { name: "Recent rooms" }).count(), 0);

    const kept = remember("lobby", "Xk3_v9Qa", "book-club");
    await using home = await HomePage.open(browser, app.origin, { kept, now: NOW });
    const { page } = home;
    await page.getByRole("heading", { name: "Recent rooms" }).waitFor();
    assertEquals(await home.rooms(), ["book-club", "Xk3_v9Qa", "lobby"]);
    const times = await page.locator(".recent-room time").allInnerTexts();
    assertEquals(times, ["1 minute ago", "2 minutes ago", "3 minutes ago"]);
    await page.getByRole("link", { name: "Xk3_v9Qa" }).click();
    await page.waitForURL(`${app.origin}/r/Xk3_v9Qa`);
    assertEquals(home.errors, []);
  });

  await t.step("a room where somebody was met is remembered, and no other", async () => {
    await using pair = await openPair(browser, `${app.origin}/r/met`);
    const { page } = pair.alice;
    await page.goto(`${app.origin}/r/alone`);
    await pair.alice.untilStatus("waiting");
    await page.goto(app.origin);
    assertEquals(await page.locator(".recent-room bdi").allInnerTexts(), ["met"]);
  });

  await t.step("how long ago is said in the language of the page", async () => {
    const ages = [0, -DAY, 59_000, 90 * MINUTE, 1.5 * DAY, 8 * DAY, 40 * DAY, 800 * DAY];
    const kept = JSON.stringify(ages.map((age, index) => ({
      name: `r${index}`,
      at: NOW - age,
    })));
    const expected = {
      en: "now,now,now,1 hour ago,yesterday,last week,last month,2 years ago",
      de: "jetzt,jetzt,jetzt,vor 1 Stunde,gestern,letzte Woche,letzten Monat,vor 2 Jahren",
    };
    for (const [locale, times] of Object.entries(expected)) {
      await using home = await HomePage.open(browser, app.origin, { kept, locale, now: NOW });
      const shown = await home.page.locator(".recent-room time").allInnerTexts();
      assertEquals(shown.join(), times);
    }
  });

  await t.step("a room is forgotten, and all are; the focus stays near", async () => {
    await using home = await HomePage.open(browser, app.origin);
    const { page } = home;
    await page.evaluate(keep(remember("a", "b", "c", "d")));
    await page.reload();
    await page.getByRole("button", { name: "Forget c", exact: true }).click();
    await page.getByText("c is forgotten.").waitFor();
    assertEquals(await page.locator(":focus").getAttribute("aria-label"), "Forget b");
    await page.getByRole("button", { name: "Forget a", exact: true }).click();
    assertEquals(await page.locator(":focus").getAttribute("aria-label"), "Forget b");
    assertEquals(await home.rooms(), ["d", "b"]);

    // What is left, the room page reads.
    const rooms = new RecentRooms(new FakeStorage([[RECENT_ROOMS_KEY, await home.kept() ?? ""]]));
    assertEquals(rooms.list().map(({ name }) => name), ["d", "b"]);

    await page.getByRole("button", { name: "Forget all" }).click();
    assertEquals(await page.locator(":focus").innerText(), "Join room");
    assertEquals(await page.getByRole("heading", { name: "Recent rooms" }).count(), 0);
    assertEquals([await home.kept(), home.errors], [null, []]);
  });

  await t.step("another tab's visit shows up at once", async () => {
    await using home = await HomePage.open(browser, app.origin);
    const beside = await home.page.context().newPage();
    await beside.goto(app.origin);
    await beside.evaluate(keep(remember("elsewhere")));
    await home.page.getByRole("link", { name: "elsewhere" }).waitFor();
  });

  await t.step("the page and the room read the same rooms out of any storage", async () => {
    const contents = [
      "{",
      "null",
      '{"name":"lobby","at":1}',
      '[null,1,"x",[],{},{"name":"<b>","at":1},{"name":"a"},{"name":"b","at":-1},{"name":"ok","at":1}]',
      '[{"name":"a","at":1},{"name":"a","at":2},{"name":"b","at":1e300},{"name":"__proto__","at":0}]',
      JSON.stringify(Array.from({ length: 20 }, (_, at) => ({ name: `room-${at}`, at }))),
    ];
    for (const kept of contents) {
      const rooms = new RecentRooms(new FakeStorage([[RECENT_ROOMS_KEY, kept]]));
      await using home = await HomePage.open(browser, app.origin, { kept });
      assertEquals([kept, await home.rooms()], [kept, rooms.list().map(({ name }) => name)]);
      assertEquals(home.errors, []);
    }
  });

  await t.step("nothing moves when the list appears, and nothing waits for scripts", async () => {
    for (const viewport of [{ width: 390, height: 844 }, { width: 1280, height: 1600 }]) {
      const { page } = await newPage(browser, { viewport });
      await page.addInitScript(`
        ${keep(remember("a", "b", "c"))};
        globalThis.moved = 0;
        new PerformanceObserver((list) => {
          for (const { value } of list.getEntries()) moved += value;
        }).observe({ type: "layout-shift", buffered: true });`);
      // The scripts are held back until the page was painted.
      const painted = Promise.withResolvers<void>();
      await page.route("**/*.js*", async (route) => {
        await painted.promise;
        await route.continue();
      });
      await page.goto(app.origin, { waitUntil: "commit" });
      await page.evaluate(`new Promise((done) => {
        new PerformanceObserver(done).observe({ type: "paint", buffered: true });
      })`);
      assert(await page.getByRole("button", { name: "Start a private chat" }).isVisible());
      painted.resolve();
      await page.waitForLoadState();
      await page.getByRole("heading", { name: "Recent rooms" }).waitFor();
      await page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))");
      assertEquals([viewport.width, await page.evaluate("moved")], [viewport.width, 0]);
      await page.context().close();
    }
  });
});
