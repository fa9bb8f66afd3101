import { Buffer } from "node:buffer";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { newPage } from "./launch.ts";
import { RoomPage } from "./room_page.ts";

/** What a scene is made with. */
export interface Stage {
  /** The browser. */
  browser: Browser;
  /** The app, with rooms for two. */
  origin: string;
  /** The app, with rooms for more. */
  crowdOrigin: string;
  /** The kind of screen, the colours, the language. */
  screen: BrowserContextOptions;
  /** A name that no other scene has. */
  room: string;
}

/** Sets a scene, and answers with the page that shows it. */
export type Scene = (stage: Stage) => Promise<Page>;

/** Every state that a person may see, by a name for it. */
export const SCENES: Record<string, Scene> = {
  "home": (stage) => open(stage, "/"),
  async "home-recent"(stage) {
    const page = await open(stage, "/");
    await page.evaluate(() => {
      const ago = (minutes: number) => Date.now() - minutes * 60_000;
      const rooms = [["tea-time", 4], ["book-club-2", 190], ["x7Kq_9vB2-mLp0RtYw3sZa", 4_000]];
      const recent = rooms.map(([name, minutes]) => ({ name, at: ago(Number(minutes)) }));
      localStorage.setItem("tincan:recent", JSON.stringify(recent));
    });
    await page.reload();
    return page;
  },
  "bad-name": (stage) => open(stage, "/r/no%20name"),
  "offline": (stage) => open(stage, "/offline"),
  async "check"(stage) {
    const page = await open(stage, "/check");
    await page.locator("textarea").waitFor();
    return page;
  },
  async "waiting"(stage) {
    const alice = await enter(stage);
    await alice.untilStatus("waiting");
    return alice.page;
  },
  async "connecting"(stage) {
    const url = `${stage.origin.replace("http", "ws")}/ws/signal?room=${stage.room}`;
    const socket = new WebSocket(url, "mcp.v2");
    await new Promise((resolve) => socket.addEventListener("open", resolve));
    // Somebody who takes a seat, and answers nothing.
    socket.send('{"type":"join"}');
    const alice = await enter(stage);
    await alice.untilStatus("connecting");
    await alice.page.getByRole("status").filter({ hasNotText: "…server" }).waitFor();
    alice.page.once("close", () => socket.close());
    return alice.page;
  },
  "connected": async (stage) => (await meet(stage)).alice.page,
  async "relayed"(stage) {
    const { alice } = await meet(stage, { prepare: pretendRelay });
    await alice.page.locator("[data-path=relayed]").waitFor();
    return alice.page;
  },
  async "reconnecting"(stage) {
    const { alice, bob } = await meet(stage);
    await talk(alice, bob);
    await bob.page.evaluate(() => RTCDataChannel.prototype.send = () => {});
    await alice.untilStatus("reconnecting");
    return alice.page;
  },
  async "failed"(stage) {
    const prepare = (page: Page) => page.addInitScript("delete globalThis.RTCPeerConnection");
    const alice = await enter(stage, { prepare });
    await alice.untilStatus("failed");
    return alice.page;
  },
  async "full"(stage) {
    await meet(stage);
    const carol = await enter(stage);
    await carol.untilStatus("full");
    return carol.page;
  },
  async "ended"(stage) {
    const { alice, bob } = await meet(stage);
    await talk(alice, bob);
    await bob.page.locator(".room-tools > .button").last().click();
    await alice.untilStatus("ended");
    return alice.page;
  },
  async "left"(stage) {
    const { alice } = await meet(stage);
    await alice.page.locator(".room-tools > .button").last().click();
    await alice.untilStatus("ended");
    return alice.page;
  },
  async "talking"(stage) {
    const { alice, bob } = await meet(stage);
    await talk(alice, bob);
    await bob.page.locator("textarea").pressSequentially("And then");
    await alice.page.locator(".typing-words").waitFor();
    return alice.page;
  },
  async "crowd"(stage) {
    const crowd = { ...stage, origin: stage.crowdOrigin };
    const alice = await enter(crowd);
    const others = [await enter(crowd), await enter(crowd), await enter(crowd)];
    for (const [index, other] of others.entries()) await name(other, ["Ben", "Chloë", ""][index]!);
    await alice.page.locator(".peer[data-state=connected]").nth(2).waitFor();
    for (const [index, other] of others.entries()) await write(other, `Hello from ${index + 2}`);
    await write(alice, "Hello, all of you");
    return alice.page;
  },
  async "settings"(stage) {
    const { alice } = await meet(stage);
    await openSettings(alice);
    return alice.page;
  },
  async "invite"(stage) {
    const { alice } = await meet(stage);
    await alice.page.locator(".invite-tools > .button").last().click();
    await alice.page.getByRole("dialog").getByRole("img").waitFor();
    return alice.page;
  },
  async "files"(stage) {
    const { alice, bob } = await meet(stage);
    const input = 'input[type="file"]';
    const picture = await bob.page.screenshot();
    const files = [
      {
        name: "a very long name of a holiday picture from last summer.png",
        mimeType: "image/png",
        buffer: picture,
      },
      { name: "notes.txt", mimeType: "text/plain", buffer: new TextEncoder().encode("Tea, bread") },
    ].map((file) => ({ ...file, buffer: Buffer.from(file.buffer) }));
    await bob.page.locator(input).setInputFiles(files);
    await alice.page.locator(".file-card .primary").first().click();
    await alice.page.locator(".file-card img").waitFor();
    await alice.page.locator(input).setInputFiles(files.slice(1));
    await bob.page.locator(".file-card .primary").last().waitFor();
    return alice.page;
  },
};

async function open({ browser, origin, screen }: Stage, path: string): Promise<Page> {
  const { page } = await newPage(browser, screen);
  await page.goto(origin + path);
  return page;
}

type Preparation = { prepare?: (page: Page) => Promise<unknown> };

function enter({ browser, origin, screen, room }: Stage, options: Preparation = {}) {
  return RoomPage.open(browser, `${origin}/r/${room}`, { ...screen, ...options });
}

async function meet(stage: Stage, options?: Preparation) {
  const alice = await enter(stage, options);
  await alice.untilStatus("waiting");
  const bob = await enter(stage);
  await alice.untilStatus("connected");
  await bob.untilStatus("connected");
  await alice.page.locator("[data-path]").waitFor();
  return { alice, bob };
}

/** Two people who say things of all kinds. */
async function talk(alice: RoomPage, bob: RoomPage): Promise<void> {
  await name(bob, "Ben");
  await write(bob, "Did you read it?");
  await write(alice, "Twice. It is here: https://example.org/books/tin-cans?page=7.");
  await write(alice, "Start with `chapter 3`:\n```\nfor each can\n  tie a string\n```");
  await write(bob, "Oh");
  await write(
    bob,
    "هذا جميل, and so is the end of it, which I did not expect to go like that at all",
  );
  await write(alice, "🥫🥫");
  await alice.page.locator("[data-delivery=seen]").nth(2).waitFor();
}

async function openSettings({ page }: RoomPage): Promise<void> {
  await page.locator(".room-tools > .quiet").click();
  await page.getByRole("dialog").waitFor();
}

async function name(person: RoomPage, nickname: string): Promise<void> {
  await openSettings(person);
  await person.page.locator("#nickname").fill(nickname);
  await person.page.locator("#nickname").press("Enter");
  await person.page.keyboard.press("Escape");
  await person.page.getByRole("dialog").waitFor({ state: "detached" });
}

async function write({ page }: RoomPage, text: string): Promise<void> {
  await page.locator(".composer textarea").fill(text);
  await page.locator(".composer textarea").press("Enter");
}

/** Has the page believe that its words go through a relay. */
function pretendRelay(page: Page): Promise<unknown> {
  return page.addInitScript(`
    const { getStats } = RTCPeerConnection.prototype;
    RTCPeerConnection.prototype.getStats = async function () {
      const stats = [...await getStats.call(this)];
      return new Map(stats.map(([id, report]) =>
        [id, report.type === "local-candidate" ? { ...report, candidateType: "relay" } : report]));
    };`);
}
