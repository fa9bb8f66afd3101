import { assertEquals, assertNotEquals } from "@std/assert";
import { startProcess } from "./app_server.ts";
import { launchBrowser } from "./launch.ts";
import { openPair, RoomPage } from "./room_page.ts";

/** Opens a copy of a tab, as "Duplicate" in its menu does: the storage of the tab is copied, too. */
async function duplicate(room: RoomPage): Promise<RoomPage> {
  const [copy] = await Promise.all([
    room.page.waitForEvent("popup"),
    room.page.evaluate("void open('about:blank')"),
  ]);
  return await room.openBeside(room.page.url(), copy);
}

Deno.test("a tab is duplicated", async (t) => {
  await using launched = await launchBrowser();
  const { browser } = launched;

  await t.step("and is another person, where there is a seat", async () => {
    await using server = await startProcess({ ROOM_CAPACITY: "3" });
    await using pair = await openPair(browser, `${server.origin}/r/copied`);
    const { alice, bob } = pair;
    await alice.say("before the copy");
    await alice.untilDelivery("before the copy", "seen");
    const copy = await duplicate(alice);
    for (const person of [alice, bob, copy]) await person.untilSentence("Connected directly");
    await copy.say("I am the copy");
    for (const person of [alice, bob]) await person.hear("I am the copy");
    await alice.say("I am the first");
    for (const person of [copy, bob]) await person.hear("I am the first");
    await bob.say("there are two of you");
    for (const person of [alice, copy]) await person.hear("there are two of you");

    const since = ["I am the copy", "I am the first", "there are two of you"];
    assertEquals(await alice.texts(), ["before the copy", ...since]);
    assertEquals(await bob.texts(), ["before the copy", ...since]);
    assertEquals(await copy.texts(), since);
    assertEquals([alice.names.length, copy.names.length], [1, 1]);
    assertNotEquals(alice.names, copy.names);
    assertEquals([...alice.errors, ...bob.errors, ...copy.errors], []);
  });

  await using server = await startProcess();

  await t.step("and is told that the room is full, where there is none", async () => {
    await using pair = await openPair(browser, `${server.origin}/r/full`);
    const { alice, bob } = pair;
    const copy = await duplicate(alice);
    await copy.untilStatus("full");
    for (const person of [alice, bob]) await person.untilStatus("connected");
    await alice.say("still me");
    await bob.hear("still me");
    await bob.say("still you");
    await alice.hear("still you");
    // Nor does the copy take the seat when the first page is reloaded.
    await alice.page.reload();
    await alice.untilStatus("connected");
    await copy.page.reload();
    await copy.untilStatus("full");
    await alice.say("still here");
    await bob.hear("still here");
    assertEquals([new Set(alice.names).size, copy.names], [1, []]);
    assertEquals([...alice.errors, ...bob.errors, ...copy.errors], []);
  });

  await t.step("and takes over where the first one is closed", async () => {
    await using pair = await openPair(browser, `${server.origin}/r/taken-over`);
    const { alice, bob } = pair;
    const copy = await duplicate(bob);
    await copy.untilStatus("full");
    await bob.page.close();
    await copy.page.getByRole("button", { name: "Try again" }).click();
    await copy.untilStatus("connected");
    await copy.say("me again");
    await alice.hear("me again");
    assertEquals([copy.names, alice.errors, copy.errors], [bob.names, [], []]);
  });
});

Deno.test("a tab is closed, and the link opened again", async (t) => {
  await using server = await startProcess();
  await using launched = await launchBrowser();
  const { browser } = launched;

  for (const name of ["Alice", "Bob"]) {
    await t.step(`by ${name}, in the same browser: the seat is still there`, async () => {
      const url = `${server.origin}/r/closed-by-${name}`;
      await using pair = await openPair(browser, url);
      const [gone, here] = name === "Alice" ? [pair.alice, pair.bob] : [pair.bob, pair.alice];
      await gone.page.close();
      // A stranger cannot have it, for somebody may come back.
      await using stranger = await RoomPage.open(browser, url);
      await stranger.untilStatus("full");
      const back = await gone.openBeside(url);
      await back.untilStatus("connected");
      await here.untilStatus("connected");
      await back.say("I closed the wrong tab");
      await here.hear("I closed the wrong tab");
      await here.say("it happens");
      await back.hear("it happens");
      assertEquals([back.names, here.errors, back.errors], [gone.names, [], []]);
    });
  }
});
