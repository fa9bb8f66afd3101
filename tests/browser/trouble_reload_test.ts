import { assertEquals } from "@std/assert";
import { startProcess } from "./app_server.ts";
import { launchBrowser } from "./launch.ts";
import { openPair, type RoomPage } from "./room_page.ts";

Deno.test("a page is reloaded", async (t) => {
  await using server = await startProcess();
  await using launched = await launchBrowser();
  const { browser } = launched;
  const urlOf = (room: string) => `${server.origin}/r/${room}`;

  await t.step("by either side: name, seat and all that was said are still there", async () => {
    await using pair = await openPair(browser, urlOf("either"));
    const { alice, bob } = pair;
    const said: string[] = [];
    for (const [one, other] of [[alice, bob], [bob, alice]] as const) {
      for (const text of [`to be kept ${said.length}`, `and this ${said.length}`]) {
        await one.say(text);
        await other.hear(text);
        said.push(text);
      }
      await other.untilAll("seen");
      await one.page.reload();
      await one.untilCount(said.length);
      assertEquals(await one.texts(), said);
      await untilBack([one, other]);
      await one.say(`back ${said.length}`);
      await other.hear(`back ${said.length}`);
      said.push(`back ${said.length}`);
      await other.say(`welcome ${said.length}`);
      await one.hear(`welcome ${said.length}`);
      said.push(`welcome ${said.length}`);
      for (const person of [one, other]) await person.untilAll("seen");
    }
    for (const { names, errors } of [alice, bob]) {
      assertEquals([names.length, new Set(names).size, errors], [2, 1, []]);
    }
    assertEquals([await alice.texts(), await bob.texts()], [said, said]);
  });

  await t.step("by both sides at once, again and again", async () => {
    await using pair = await openPair(browser, urlOf("both"));
    const { alice, bob } = pair;
    const said: string[] = [];
    for (let round = 1; round <= 20; round++) {
      await Promise.all([alice.page.reload(), bob.page.reload()]);
      await untilBack([alice, bob]);
      await alice.say(`a${round}.`);
      await bob.hear(`a${round}.`);
      await bob.say(`b${round}.`);
      await alice.hear(`b${round}.`);
      said.push(`a${round}.`, `b${round}.`);
    }
    for (const { names, errors } of [alice, bob]) {
      assertEquals([new Set(names).size, errors], [1, []]);
    }
    for (const person of [alice, bob]) await person.untilAll("seen");
    assertEquals([await alice.texts(), await bob.texts()], [said, said]);
  });

  await t.step("right after words were typed, which arrive all the same", async () => {
    await using pair = await openPair(browser, urlOf("typed"));
    const { alice, bob } = pair;
    const said: string[] = [];
    for (let round = 1; round <= 5; round++) {
      const words = Array.from({ length: 10 }, (_, index) => `${round}-${index}.`);
      // In one go: neither side has the time to answer before the page is gone.
      await alice.page.evaluate((texts) => {
        const composer = document.querySelector("textarea")!;
        for (const text of texts) {
          composer.value = text;
          composer.form!.requestSubmit();
        }
        location.reload();
      }, words);
      said.push(...words);
      await bob.hear(words.at(-1)!);
      await untilBack([alice, bob]);
    }
    await alice.untilAll("seen");
    assertEquals([await alice.texts(), await bob.texts()], [said, said]);
    assertEquals([...alice.errors, ...bob.errors], []);
  });

  await t.step(
    "while the other side types 50 messages, which arrive once and in order",
    async () => {
      await using pair = await openPair(browser, urlOf("fifty"));
      const { alice, bob } = pair;
      await bob.page.goto("about:blank");
      const said = Array.from({ length: 50 }, (_, index) => `waits ${index + 1}.`);
      await alice.sayAll(said);
      await bob.page.goto(urlOf("fifty"));
      await bob.hear(said.at(-1)!);
      await alice.untilAll("seen");
      assertEquals([await alice.texts(), await bob.texts()], [said, said]);
      assertEquals([new Set(bob.names).size, ...alice.errors, ...bob.errors], [1]);
    },
  );
});

/** Waits until each says that they are connected. */
async function untilBack(people: RoomPage[]): Promise<void> {
  for (const person of people) await person.untilStatus("connected");
}
