import { assertEquals } from "@std/assert";
import type { CDPSession, Page } from "playwright-core";
import { startProcess } from "./app_server.ts";
import { launchBrowser } from "./launch.ts";
import { openPair, type RoomPage } from "./room_page.ts";

/** Ways in which a page stops doing anything; each resolves with the way back. */
const SLEEPS: Record<string, (page: Page) => Promise<() => Promise<unknown>>> = {
  /** As a browser does to a tab in the background, and whoever saves a battery to all of them. */
  async "frozen by the browser"(page) {
    const tools = await page.context().newCDPSession(page);
    const focus = focusOf(page);
    // A page that is visible is never frozen, and Playwright makes all of its pages visible.
    await focus.send("Emulation.setFocusEmulationEnabled", { enabled: false });
    await tools.send("Page.setWebLifecycleState", { state: "frozen" });
    return async () => {
      await tools.send("Page.setWebLifecycleState", { state: "active" });
      await focus.send("Emulation.setFocusEmulationEnabled", { enabled: true });
    };
  },
  /** While its connections are kept alive by the browser. */
  async "stopped in the middle of its code"(page) {
    const tools = await page.context().newCDPSession(page);
    await tools.send("Debugger.enable");
    const paused = new Promise((resolve) => tools.once("Debugger.paused", resolve));
    await tools.send("Debugger.pause");
    await paused;
    return () => tools.send("Debugger.disable");
  },
  /** As a phone does when another app needs the room, and a laptop that is closed. */
  async "stopped with its whole process"(page) {
    const process = await findProcess(page);
    Deno.kill(process, "SIGSTOP");
    return () => Promise.resolve(Deno.kill(process, "SIGCONT"));
  },
};

/** Each mostly waits, so that none waits for another. */
const ASIDE = { sanitizeOps: false, sanitizeResources: false, sanitizeExit: false };

Deno.test("a page sleeps", async (t) => {
  await using server = await startProcess();
  await using launched = await launchBrowser();
  const { browser } = launched;

  /** Has Bob sleep in each way, for as long as `meanwhile` takes, which tells what was said. */
  function sleep(name: string, meanwhile: (alice: RoomPage) => Promise<string[]>) {
    return Promise.all(
      Object.entries(SLEEPS).map(async ([trouble, fallAsleep], number) => {
        const fn = async () => {
          await using pair = await openPair(browser, `${server.origin}/r/${name.length}-${number}`);
          const { alice, bob } = pair;
          const wakeUp = await fallAsleep(bob.page);
          const said = await meanwhile(alice).finally(wakeUp);
          await bob.hear(said.at(-1)!);
          for (const person of [alice, bob]) await person.untilStatus("connected");
          await alice.untilAll("seen");
          await bob.say("good morning");
          await alice.hear("good morning");
          said.push("good morning");
          assertEquals([await alice.texts(), await bob.texts()], [said, said]);
          assertEquals([new Set(bob.names).size, ...faults(alice), ...faults(bob)], [1]);
        };
        await t.step({ name: `${trouble}, ${name}`, fn, ...ASIDE });
      }),
    );
  }

  await sleep("for a moment: nothing is lost", async (alice) => {
    const said = words("meanwhile");
    await alice.sayAll(said);
    await alice.untilAll("sent");
    return said;
  });

  await sleep("until the other gives it up: it is back, and nothing is lost", async (alice) => {
    const [early, late] = [words("early"), words("late")];
    await alice.sayAll(early);
    await alice.untilStatus("reconnecting");
    await alice.sayAll(late);
    return [...early, ...late];
  });
});

function words(name: string): string[] {
  return Array.from({ length: 20 }, (_, index) => `${name} ${index}.`);
}

/** What went wrong in a page, but for its socket, which the browser closes when it freezes the page. */
function faults({ errors }: RoomPage): string[] {
  return errors.filter((error) => !error.includes("Page entered Back-Forward Cache"));
}

/** Playwright's own session with a page: what it has switched on, only it can switch off. */
function focusOf(page: Page): Pick<CDPSession, "send"> {
  const { _connection } = page as unknown as {
    _connection: {
      toImpl(page: unknown): {
        delegate: { _mainFrameSession: { _client: Pick<CDPSession, "send"> } };
      };
    };
  };
  return _connection.toImpl(page).delegate._mainFrameSession._client;
}

/** Finds the process that runs a page: the one that works most while the page does. */
async function findProcess(page: Page): Promise<number> {
  const tools = await page.context().browser()!.newBrowserCDPSession();
  const before = await tools.send("SystemInfo.getProcessInfo");
  await page.evaluate("for (const end = performance.now() + 500; performance.now() < end;);");
  const after = await tools.send("SystemInfo.getProcessInfo");
  await tools.detach();
  const worked = after.processInfo.filter(({ type }) => type === "renderer").map((process) => {
    const earlier = before.processInfo.find(({ id }) => id === process.id);
    return { id: process.id, time: process.cpuTime - (earlier?.cpuTime ?? 0) };
  });
  worked.sort((one, other) => other.time - one.time);
  return worked[0]!.id;
}
