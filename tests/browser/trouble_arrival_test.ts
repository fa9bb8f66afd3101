import { assertEquals } from "@std/assert";
import { patiently } from "../fakes/patience.ts";
import { startProcess } from "./app_server.ts";
import { launchBrowser, newPage } from "./launch.ts";
import { openPair, RoomPage } from "./room_page.ts";

/** Keeps the connections that a page makes, and counts the offers that it takes back. */
const WATCHING = `
  globalThis.connections = [];
  globalThis.takenBack = 0;
  globalThis.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(...args) {
      super(...args);
      connections.push(this);
    }
    setLocalDescription(description) {
      if (description?.type === "rollback") takenBack++;
      return super.setLocalDescription(description);
    }
  };`;

Deno.test("two people do the same thing at the same moment", async (t) => {
  // Nobody who offers twenty times in a few seconds is to be told that it is too much.
  await using server = await startProcess({ MESSAGES_PER_SECOND: "0", BYTES_PER_SECOND: "0" });
  await using launched = await launchBrowser();
  const { browser } = launched;

  await t.step("they come, again and again, and always meet", async () => {
    await using alice = new RoomPage(await newPage(browser));
    await using bob = new RoomPage(await newPage(browser));
    for (let round = 1; round <= 20; round++) {
      const url = `${server.origin}/r/moment-${round}`;
      await Promise.all([alice.page.goto(url), bob.page.goto(url)]);
      await Promise.all([alice.untilStatus("connected"), bob.untilStatus("connected")]);
      await Promise.all([alice.say("from Alice"), bob.say("from Bob")]);
      await Promise.all([alice.hear("from Bob"), bob.hear("from Alice")]);
      await Promise.all([alice.untilAll("seen"), bob.untilAll("seen")]);
      const screens = await Promise.all([alice.texts(), bob.texts()]);
      const both = ["from Alice", "from Bob"];
      assertEquals(screens.map((screen) => screen.toSorted()), [both, both]);
    }
    assertEquals([...alice.errors, ...bob.errors], []);
  });

  await t.step("they offer: the later seat gives way, and the chat goes on", async () => {
    const url = `${server.origin}/r/glare`;
    await using pair = await openPair(browser, url, {
      prepare: (page) => page.addInitScript(WATCHING),
    });
    const { alice, bob } = pair;
    const people = [alice, bob];
    const said: string[] = [];
    for (let round = 1; round <= 20; round++) {
      const goOn = server.hold();
      for (const { page } of people) await page.evaluate("connections[0].restartIce()");
      // Each has offered, and no offer has arrived.
      for (const person of people) await untilSignaling(person, "have-local-offer");
      goOn();
      for (const person of people) await untilSignaling(person, "stable");
      await alice.say(`Alice ${round}.`);
      await bob.hear(`Alice ${round}.`);
      await bob.say(`Bob ${round}.`);
      await alice.hear(`Bob ${round}.`);
      said.push(`Alice ${round}.`, `Bob ${round}.`);
    }
    assertEquals([await alice.texts(), await bob.texts()], [said, said]);
    assertEquals(await Promise.all(people.map(({ page }) => page.evaluate("takenBack"))), [0, 20]);
    const made = await Promise.all(people.map(({ page }) => page.evaluate("connections.length")));
    assertEquals([made, alice.errors, bob.errors], [[1, 1], [], []]);
  });
});

/** Waits for a state of the negotiation. */
async function untilSignaling({ page }: RoomPage, state: RTCSignalingState): Promise<void> {
  const reached = page.evaluate(`new Promise((resolve) => {
    const [connection] = connections;
    const look = () => connection.signalingState === "${state}" && resolve();
    connection.addEventListener("signalingstatechange", look);
    look();
  })`);
  await patiently(reached, state);
}
