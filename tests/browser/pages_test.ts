import { assert, assertEquals, assertMatch } from "@std/assert";
import { startApp } from "./app_server.ts";
import { launchBrowser, newPage } from "./launch.ts";
import { RoomPage } from "./room_page.ts";

Deno.test("the pages work in a real browser", async (t) => {
  await using app = await startApp();
  await using launched = await launchBrowser();
  const { browser } = launched;

  await t.step("the start page leads to a room that nobody can guess", async () => {
    const { page, errors } = await newPage(browser);
    const names = new Set<string>();
    for (let i = 0; i < 2; i++) {
      await page.goto(app.origin);
      await page.getByRole("button", { name: "Start a private chat" }).click();
      await page.waitForURL("**/r/*");
      const name = await page.getByRole("heading", { level: 1 }).innerText();
      assertEquals(page.url(), `${app.origin}/r/${name}`);
      assertMatch(name, /^[A-Za-z0-9_-]{22}$/);
      names.add(name);
      await new RoomPage({ page, errors }).untilStatus("waiting");
    }
    assertEquals([names.size, errors], [2, []]);
    await page.context().close();
  });

  await t.step("the start page leads to the room that is named", async () => {
    await using room = await RoomPage.open(browser, app.origin);
    const { page, errors } = room;
    await page.getByRole("textbox", { name: "Room name" }).fill("lobby");
    await page.getByRole("button", { name: "Join room" }).click();
    await page.waitForURL(`${app.origin}/r/lobby`);
    await room.untilStatus("waiting");
    assertEquals(errors, []);
  });

  await t.step("every page is readable without JavaScript", async () => {
    const { page } = await newPage(browser, { javaScriptEnabled: false });
    await page.goto(app.origin);
    assertEquals(await page.getByRole("heading", { level: 1 }).count(), 1);
    await page.getByRole("textbox", { name: "Room name" }).fill("no-script");
    await page.getByRole("button", { name: "Join room" }).click();
    assertEquals(page.url(), `${app.origin}/r/no-script`);
    assertEquals(await page.getByRole("heading", { level: 1 }).innerText(), "no-script");
    const notice = page.locator("noscript p");
    assert(await notice.isVisible());
    assertMatch(await notice.innerText(), /^This page needs JavaScript/);
    assertEquals(await page.getByText("Finding the room").isVisible(), false);
    assertEquals(await page.getByRole("button").count(), 0);

    await page.goto(app.origin);
    await page.getByRole("button", { name: "Start a private chat" }).click();
    assertMatch(page.url(), /\/r\/[A-Za-z0-9_-]{22}$/);
    await page.context().close();
  });

  await t.step("a name that cannot be a room's leads to a page that says so", async () => {
    const { page } = await newPage(browser, { javaScriptEnabled: false });
    for (const path of ["/r/no%20spaces", `/r/${"x".repeat(65)}`, "/r?room=no%2Fslashes", "/r"]) {
      const response = await page.goto(app.origin + path);
      assertEquals([path, response?.status()], [path, 400]);
      assertEquals(
        await page.getByRole("heading", { level: 1 }).innerText(),
        "That cannot be a room",
      );
      assert(await page.getByRole("link", { name: "To the start" }).isVisible());
    }
    await page.context().close();
  });

  await t.step("the page of somebody without WebRTC says what to do", async () => {
    const opened = await newPage(browser);
    await opened.page.addInitScript("delete globalThis.RTCPeerConnection");
    await using room = new RoomPage(opened);
    await room.page.goto(`${app.origin}/r/lobby`);
    await room.untilStatus("failed");
    assert(await room.page.getByText("another browser").isVisible());
    assertEquals([await room.composer.count(), room.errors], [0, []]);
  });

  await t.step("the invite link is copied, or shown to be copied by hand", async () => {
    const permissions = ["microphone", "clipboard-read", "clipboard-write"];
    await using alice = await RoomPage.open(browser, `${app.origin}/r/copied`, { permissions });
    await alice.untilStatus("waiting");
    await alice.page.getByRole("button", { name: "Copy invite link" }).click();
    await alice.page.getByText("Copied. Send it to one person.").waitFor();
    assertEquals(
      await alice.page.evaluate("navigator.clipboard.readText()"),
      `${app.origin}/r/copied`,
    );

    const opened = await newPage(browser);
    await opened.page.addInitScript("Object.defineProperty(navigator, 'clipboard', {})");
    await using bob = new RoomPage(opened);
    await bob.page.goto(`${app.origin}/r/by-hand`);
    await bob.untilStatus("waiting");
    await bob.page.getByRole("button", { name: "Copy invite link" }).click();
    const link = bob.page.getByRole("textbox", { name: "Invite link" });
    assertEquals(await link.inputValue(), `${app.origin}/r/by-hand`);
    assertEquals(await bob.page.evaluate("String(getSelection())"), `${app.origin}/r/by-hand`);
    // The field asks for the focus once, and not whenever the room redraws.
    await bob.composer.focus();
    await using carol = await RoomPage.open(browser, `${app.origin}/r/by-hand`);
    await carol.untilStatus("connected");
    await bob.untilStatus("connected");
    assertEquals(await bob.page.locator(":focus").getAttribute("aria-label"), "Message");
  });
});
