import { assertEquals } from "@std/assert";
import { startProcess } from "./app_server.ts";
import { launchBrowser } from "./launch.ts";
import { openPair, RoomPage } from "./room_page.ts";

Deno.test("a page crashes", async (t) => {
  await using server = await startProcess({ SEAT_GRACE: "6" });
  await using launched = await launchBrowser();
  const { browser } = launched;

  await t.step("and its ghost gives the seat to the same browser at once", async () => {
    const url = `${server.origin}/r/same`;
    await using pair = await openPair(browser, url);
    const { alice, bob } = pair;
    await alice.say("before");
    await alice.untilDelivery("before", "seen");
    await alice.crash();
    await bob.say("are you there?");
    const back = await alice.openBeside(url);
    for (const person of [back, bob]) await person.untilStatus("connected");
    await back.hear("are you there?");
    await back.say("I am back");
    await bob.hear("I am back");
    await bob.say("so you are");
    await back.hear("so you are");
    await bob.untilAll("seen");
    assertEquals(await back.texts(), ["are you there?", "I am back", "so you are"]);
    assertEquals([back.names, bob.errors, back.errors], [alice.names, [], []]);
  });

  await t.step("and its ghost leaves the seat to somebody else after a while", async () => {
    const url = `${server.origin}/r/other`;
    await using pair = await openPair(browser, url);
    const { alice, bob } = pair;
    await alice.crash();
    // Who looks in tries again by itself.
    await using carol = await RoomPage.open(browser, url);
    await bob.untilStatus("ended");
    await bob.say("is there anybody?");
    for (const person of [carol, bob]) await person.untilStatus("connected");
    await carol.hear("is there anybody?");
    await carol.say("just me");
    await bob.hear("just me");
    assertEquals([...bob.errors, ...carol.errors], []);
  });
});
