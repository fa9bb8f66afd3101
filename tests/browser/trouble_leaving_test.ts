import { assertEquals } from "@std/assert";
import { startProcess } from "./app_server.ts";
import { launchBrowser } from "./launch.ts";
import { openPair, RoomPage } from "./room_page.ts";

Deno.test("somebody goes", async (t) => {
  await using server = await startProcess();
  await using launched = await launchBrowser();
  const { browser } = launched;

  for (const name of ["Alice", "Bob"]) {
    await t.step(`${name} presses Leave, and the other knows at once`, async () => {
      await using pair = await openPair(browser, `${server.origin}/r/left-by-${name}`);
      const [gone, here] = name === "Alice" ? [pair.alice, pair.bob] : [pair.bob, pair.alice];
      await gone.say("goodbye");
      await gone.page.getByRole("button", { name: "Leave" }).click();
      await gone.untilStatus("ended");
      await here.untilStatus("ended");
      assertEquals(await here.texts(), ["goodbye"]);
      await gone.page.getByRole("button", { name: "Join again" }).click();
      for (const person of [gone, here]) await person.untilStatus("connected");
      await gone.say("hello again");
      await here.hear("hello again");
      assertEquals([...gone.errors, ...here.errors], []);
    });

    await t.step(`${name} presses Leave while the server is away`, async () => {
      const url = `${server.origin}/r/left-unseen-by-${name}`;
      await using pair = await openPair(browser, url);
      const [gone, here] = name === "Alice" ? [pair.alice, pair.bob] : [pair.bob, pair.alice];
      await server.kill();
      await here.untilSentence("out of reach; your chat goes on");
      await gone.page.getByRole("button", { name: "Leave" }).click();
      await gone.untilStatus("ended");
      await here.untilStatus("reconnecting");
      await server.start();
      await here.page.getByText("You are alone here").waitFor();
      await using carol = await RoomPage.open(browser, url);
      for (const person of [here, carol]) await person.untilStatus("connected");
    });

    await t.step(`${name} closes the tab, and the other is not left in doubt`, async () => {
      await using pair = await openPair(browser, `${server.origin}/r/closed-by-${name}`);
      const [gone, here] = name === "Alice" ? [pair.alice, pair.bob] : [pair.bob, pair.alice];
      await gone.page.close();
      await here.untilStatus("reconnecting");
      await here.untilStatus("ended");
      await here.say("are you there?");
      await using carol = await RoomPage.open(browser, `${server.origin}/r/closed-by-${name}`);
      await carol.untilStatus("full");
      assertEquals([...gone.errors, ...here.errors, ...carol.errors], []);
    });
  }
});
