import { assertEquals } from "@std/assert";
import { eventually } from "../fakes/patience.ts";
import { startProcess } from "./app_server.ts";
import { launchBrowser } from "./launch.ts";
import { countConnections, openPair, type Pair } from "./room_page.ts";
import { Wire } from "./trouble_wire.ts";

/** Each mostly waits, so that none waits for another. */
const ASIDE = { sanitizeOps: false, sanitizeResources: false, sanitizeExit: false };

const AWAY = "out of reach; your chat goes on";

Deno.test("the network fails", async (t) => {
  await using server = await startProcess();
  await using launched = await launchBrowser();
  const { browser } = launched;
  const urlOf = (room: string) => `${server.origin}/r/${room}`;

  /** Two people whose words go through `wire`. */
  function openWired(wire: Wire, room: string): Promise<Pair> {
    return openPair(browser, urlOf(room), {
      async prepare(page) {
        await countConnections(page);
        await wire.connect(page);
      },
    });
  }

  const steps: Record<string, () => Promise<void>> = {
    async "between one of them and the server: the chat goes on"() {
      await using pair = await openPair(browser, urlOf("offline"));
      const { alice, bob } = pair;
      await alice.page.context().setOffline(true);
      await alice.untilSentence(AWAY);
      await alice.say("can you hear me?");
      await bob.hear("can you hear me?");
      await alice.page.context().setOffline(false);
      await eventually(() => alice.names.length === 2);
      await alice.page.getByText(AWAY).waitFor({ state: "detached" });
      await bob.say("all the time");
      await alice.hear("all the time");
      const said = ["can you hear me?", "all the time"];
      assertEquals([await alice.texts(), await bob.texts()], [said, said]);
      assertEquals([new Set(alice.names).size, ...bob.errors], [1]);
    },
    async "between the two: words wait, and cross when it is back"() {
      await using wire = new Wire();
      await using pair = await openWired(wire, "between");
      const { alice, bob } = pair;
      await alice.say("before");
      await alice.untilDelivery("before", "seen");
      wire.cut();
      const fromAlice = Array.from({ length: 10 }, (_, index) => `Alice waits ${index}.`);
      const fromBob = Array.from({ length: 10 }, (_, index) => `Bob waits ${index}.`);
      await alice.sayAll(fromAlice);
      for (const person of [alice, bob]) await person.untilStatus("reconnecting");
      await bob.sayAll(fromBob);
      wire.mend();
      for (const person of [alice, bob]) await person.untilStatus("connected");
      await alice.hear(fromBob.at(-1)!);
      await bob.hear(fromAlice.at(-1)!);
      for (const person of [alice, bob]) await person.untilAll("seen");
      assertEquals(await alice.texts(), ["before", ...fromAlice, ...fromBob]);
      assertEquals(await bob.texts(), ["before", ...fromBob, ...fromAlice]);
      assertEquals(await made(pair), [1, 1]);
      assertEquals([...alice.errors, ...bob.errors], []);
    },
    async "and another one takes its place: the chat moves over"() {
      await using wire = new Wire();
      await using pair = await openWired(wire, "another");
      const { alice, bob } = pair;
      await alice.say("before");
      await alice.untilDelivery("before", "seen");
      await wire.change();
      await alice.say("on my way");
      await bob.hear("on my way");
      await bob.say("and mine");
      await alice.hear("and mine");
      for (const person of [alice, bob]) {
        await person.untilStatus("connected");
        await person.untilAll("seen");
      }
      const said = ["before", "on my way", "and mine"];
      assertEquals([await alice.texts(), await bob.texts()], [said, said]);
      assertEquals(await made(pair), [1, 1]);
      assertEquals([...alice.errors, ...bob.errors], []);
    },
    async "for one of them, to everything: online again, all is as before"() {
      await using wire = new Wire();
      await using pair = await openWired(wire, "everything");
      const { alice, bob } = pair;
      await alice.say("before");
      await alice.untilDelivery("before", "seen");
      wire.cut();
      await alice.page.context().setOffline(true);
      await alice.say("from the tunnel");
      for (const person of [alice, bob]) await person.untilStatus("reconnecting");
      await bob.say("to the tunnel");
      wire.mend();
      await alice.page.context().setOffline(false);
      for (const person of [alice, bob]) await person.untilStatus("connected");
      await bob.hear("from the tunnel");
      await alice.hear("to the tunnel");
      for (const person of [alice, bob]) await person.untilAll("seen");
      assertEquals(await alice.texts(), ["before", "from the tunnel", "to the tunnel"]);
      assertEquals(await bob.texts(), ["before", "to the tunnel", "from the tunnel"]);
      assertEquals([new Set(alice.names).size, ...bob.errors], [1]);
    },
  };
  await Promise.all(
    Object.entries(steps).map(([name, fn]) => t.step({ name, fn, ...ASIDE })),
  );
});

/** How many connections each has made. */
function made({ alice, bob }: Pair): Promise<unknown[]> {
  return Promise.all([alice, bob].map(({ page }) => page.evaluate("connections")));
}
