import { assertEquals, assertRejects } from "@std/assert";
import { eventually } from "../fakes/patience.ts";
import { startProcess } from "./app_server.ts";
import { launchBrowser } from "./launch.ts";
import { countConnections, openPair, RoomPage } from "./room_page.ts";

const AWAY = "The server that introduced you is out of reach; your chat goes on.";

Deno.test("the server is killed", async (t) => {
  await using server = await startProcess();
  await using launched = await launchBrowser();
  const { browser } = launched;

  await t.step("during a chat, and comes back: the chat never notices", async () => {
    const url = `${server.origin}/r/killed`;
    await using pair = await openPair(browser, url, { prepare: countConnections });
    const { alice, bob } = pair;
    await server.kill();
    for (const person of [alice, bob]) await person.untilSentence(AWAY);
    await alice.say("is it dead?");
    await bob.hear("is it dead?");
    await bob.say("it is");
    await alice.untilDelivery("is it dead?", "seen");
    await bob.untilDelivery("it is", "seen");
    for (const person of [alice, bob]) await person.untilStatus("connected");

    await server.start();
    for (const person of [alice, bob]) {
      await eventually(() => person.names.length === 2);
      await person.page.getByText(AWAY).waitFor({ state: "detached" });
      await person.untilStatus("connected");
    }
    await using carol = await RoomPage.open(browser, url);
    await carol.untilStatus("full");

    await bob.say("long live the server");
    await alice.hear("long live the server");
    await bob.untilDelivery("long live the server", "seen");
    const said = ["is it dead?", "it is", "long live the server"];
    assertEquals([await alice.texts(), await bob.texts()], [said, said]);
    const made = await Promise.all([alice, bob].map(({ page }) => page.evaluate("connections")));
    assertEquals(made, [1, 1]);
    assertEquals([...faults(alice), ...faults(bob)], []);
  });

  for (const name of ["Alice", "Bob"]) {
    await t.step(`and ${name} reloads in vain until it comes back: 50 words wait`, async () => {
      const url = `${server.origin}/r/reloaded-by-${name}`;
      await using pair = await openPair(browser, url);
      const [gone, here] = name === "Alice" ? [pair.alice, pair.bob] : [pair.bob, pair.alice];
      await gone.say("before");
      await gone.untilDelivery("before", "seen");

      await server.kill();
      await assertRejects(() => gone.page.reload(), Error, "ERR_CONNECTION_REFUSED");
      await here.untilStatus("reconnecting");
      const waiting = Array.from({ length: 50 }, (_, index) => `waits ${index + 1}.`);
      await here.sayAll(waiting);
      await server.start();
      await gone.page.goto(url);
      for (const person of [gone, here]) await person.untilStatus("connected");

      await gone.hear("waits 50.");
      await here.untilAll("seen");
      await gone.say("after");
      await here.hear("after");
      const said = ["before", ...waiting, "after"];
      assertEquals([await gone.texts(), await here.texts()], [said, said]);
      assertEquals([...faults(gone), ...faults(here)], []);
    });
  }
});

/** What went wrong in the page, but for what the browser says of a server that is away. */
function faults({ errors }: RoomPage): string[] {
  return errors.filter((error) => !/ERR_CONNECTION_(REFUSED|RESET)|\b1006\b/.test(error));
}
