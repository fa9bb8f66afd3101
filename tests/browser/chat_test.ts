import { assertEquals } from "@std/assert";
import { startApp } from "./app_server.ts";
import { launchBrowser } from "./launch.ts";
import { openPair, RoomPage } from "./room_page.ts";

Deno.test("people chat in real browsers", async (t) => {
  await using app = await startApp();
  await using launched = await launchBrowser();
  const { browser } = launched;
  const urlOf = (room: string) => `${app.origin}/r/${room}`;

  /** Two people who are connected in a room of their own. */
  const openTwo = (room: string) => openPair(browser, urlOf(room));

  await t.step("two people chat", async () => {
    await using pair = await openTwo("two");
    const { alice, bob } = pair;
    assertEquals([await alice.path(), await bob.path()], ["direct", "direct"]);
    assertEquals(await alice.page.getByRole("heading", { level: 1 }).innerText(), "two");

    await alice.say("hello Bob");
    await bob.hear("hello Bob");
    await bob.composer.fill("hello Alice");
    await bob.composer.press("Enter");
    await alice.hear("hello Alice");
    await alice.untilDelivery("hello Bob", "seen");
    await bob.untilDelivery("hello Alice", "seen");
    assertEquals(await alice.composer.inputValue(), "");
    assertEquals(await alice.log.getByRole("listitem").count(), 2);
    assertEquals([...alice.errors, ...bob.errors], []);
  });

  await t.step("a third person is told that the room is full", async () => {
    await using pair = await openTwo("full");
    await using carol = await RoomPage.open(browser, urlOf("full"));
    await carol.page.getByRole("heading", { level: 1, name: "This room is full" }).waitFor();
    assertEquals(await carol.page.getByRole("heading", { level: 1 }).count(), 1);
    assertEquals(await carol.page.locator(":focus").innerText(), "This room is full");
    assertEquals(await carol.page.title(), "This room is full · Tincan");
    assertEquals(await carol.page.locator("textarea, input").count(), 0);
    assertEquals(await carol.page.locator("[role=log]").count(), 0);
    await pair.alice.say("still us");
    await pair.bob.hear("still us");
    assertEquals([...carol.errors, ...pair.alice.errors], []);
  });

  await t.step("leaving frees the seat at once", async () => {
    await using pair = await openTwo("seat");
    const { alice, bob } = pair;
    await alice.page.getByRole("button", { name: "Leave" }).click();
    await alice.untilStatus("ended");
    await bob.untilStatus("ended");
    assertEquals(await alice.composer.count(), 0);
    assertEquals(await alice.page.locator(":focus").innerText(), "Join again");
    await using carol = await RoomPage.open(browser, urlOf("seat"));
    await carol.untilStatus("connected");
    await carol.say("hi, I am new");
    await bob.hear("hi, I am new");
    assertEquals([...alice.errors, ...bob.errors, ...carol.errors], []);
  });

  await t.step("a page that reloads is connected again", async () => {
    await using pair = await openTwo("reload");
    const { alice, bob } = pair;
    for (const [name, one, other] of [["Alice", alice, bob], ["Bob", bob, alice]] as const) {
      await one.page.reload();
      await one.untilStatus("connected");
      await one.say(`${name} is back`);
      await other.hear(`${name} is back`);
      await other.untilStatus("connected");
      await other.say(`so you are, ${name}`);
      await one.hear(`so you are, ${name}`);
    }
    assertEquals([...alice.errors, ...bob.errors], []);
  });

  await t.step("text is never read as HTML", async () => {
    await using pair = await openTwo("html");
    const { alice, bob } = pair;
    const dialogs: string[] = [];
    for (const { page } of [alice, bob]) {
      page.on("dialog", async (dialog) => {
        dialogs.push(dialog.message());
        await dialog.dismiss();
      });
    }
    const lines = [
      "<img src=x onerror=alert(1)>",
      "<script>alert(2)</script>",
      "&lt;b&gt; &amp;",
      "javascript:alert(3)",
    ];
    for (const line of lines) {
      await alice.say(line);
      await bob.hear(line);
      await alice.hear(line);
    }
    for (const { log } of [alice, bob]) {
      assertEquals(await log.locator("img, script, b, a[href^=javascript]").count(), 0);
    }
    assertEquals([dialogs, alice.errors, bob.errors], [[], [], []]);
  });

  await t.step("the keyboard is enough", async () => {
    await using pair = await openTwo("keys");
    const { alice: { page, composer, log, errors }, bob } = pair;
    // From the top of the page to the end of it.
    await page.getByRole("link", { name: "tincan" }).focus();
    const parts = [
      page.getByRole("button", { name: "Copy invite link" }),
      page.getByRole("button", { name: "Invite", exact: true }),
      page.getByRole("button", { name: "Settings" }),
      page.getByRole("button", { name: "Leave" }),
      log,
      page.getByRole("button", { name: "Attach files" }),
      composer,
    ];
    for (const part of parts) {
      await page.keyboard.press("Tab");
      assertEquals(await part.evaluate((element) => element === document.activeElement), true);
    }
    await page.keyboard.type("first");
    await page.keyboard.press("Shift+Enter");
    await page.keyboard.type("second");
    assertEquals(await log.getByRole("listitem").count(), 0);
    await page.keyboard.press("Enter");
    await bob.hear("first\nsecond");
    // The focus has stayed, and a line break is shown as one.
    await page.keyboard.type("third");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    await bob.hear("third");
    const heard = await bob.log.locator(".slip-text").first().innerText();
    assertEquals([heard, errors], ["first\nsecond", []]);
  });
});
