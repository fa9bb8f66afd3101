import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";
import { parseServerMessage } from "../../lib/protocol/parse_server.ts";
import { newPage, type OpenedPage } from "./launch.ts";

/** How a person comes into a room. */
export interface RoomPageOptions extends BrowserContextOptions {
  /** What is done to the page before it is opened. */
  prepare?: (page: Page) => Promise<unknown>;
}

/** Has a page count the connections that it makes, in `connections`. */
export function countConnections(page: Page): Promise<unknown> {
  return page.addInitScript(`
    globalThis.connections = 0;
    globalThis.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(...args) {
        super(...args);
        globalThis.connections++;
      }
    };`);
}

/** A person in a room, by what the page shows and by the names that its parts go by. */
export class RoomPage implements AsyncDisposable {
  /** The page. */
  readonly page: Page;
  /** Each error of the page so far, refusals by the content security policy among them. */
  readonly errors: string[];
  /** Where a message is written. */
  readonly composer: Locator;
  /** Everything said. */
  readonly log: Locator;
  /** What the server called it at each welcome. */
  readonly names: string[] = [];

  /** Takes over a page that was opened. */
  constructor({ page, errors }: OpenedPage) {
    this.page = page;
    this.errors = errors;
    this.composer = page.getByRole("textbox", { name: "Message", exact: true });
    this.log = page.getByRole("log", { name: "Messages" });
    page.on("websocket", (socket) => {
      socket.on("framereceived", ({ payload }) => {
        const message = parseServerMessage(payload);
        if (message.ok && message.value.type === "welcome") this.names.push(message.value.peer);
      });
    });
  }

  /** Opens the page at `url` in a context of its own. */
  static async open(browser: Browser, url: string, { prepare, ...options }: RoomPageOptions = {}) {
    const opened = await newPage(browser, options);
    await prepare?.(opened.page);
    const room = new RoomPage(opened);
    await room.page.goto(url);
    return room;
  }

  /** Opens the page at `url` in another tab of the same browser, or in one that is open. */
  async openBeside(url: string, page?: Page): Promise<RoomPage> {
    const beside = page ?? await this.page.context().newPage();
    const room = new RoomPage({ page: beside, errors: [] });
    beside.on("pageerror", (error) => room.errors.push(String(error)));
    beside.on("console", (message) => {
      if (message.type() === "error") room.errors.push(message.text());
    });
    await beside.goto(url);
    return room;
  }

  /** Waits until the sentence of the status has these words in it. */
  async untilSentence(words: string): Promise<void> {
    await this.page.getByRole("status").filter({ hasText: words }).waitFor();
  }

  /** Says one after the other with the keyboard, as fast as the page takes it. */
  async sayAll(texts: string[]): Promise<void> {
    for (const text of texts) {
      await this.composer.fill(text);
      await this.composer.press("Enter");
    }
  }

  /** Waits until a number of messages is shown. */
  async untilCount(count: number): Promise<void> {
    await this.log.getByRole("listitem").nth(count - 1).waitFor();
  }

  /** Waits until all messages of our own have come as far as `delivery`. */
  async untilAll(delivery: string): Promise<void> {
    const late = this.page.locator(`[data-mine="true"]:not([data-delivery="${delivery}"])`);
    await late.first().waitFor({ state: "detached" });
  }

  /** Everything on the screen, oldest first. */
  texts(): Promise<string[]> {
    return this.log.locator(".slip-text").allInnerTexts();
  }

  /** Waits for a state of the line. */
  async untilStatus(state: string): Promise<void> {
    await this.page.getByRole("status").and(this.#attribute("state", state)).waitFor();
  }

  /** Waits until words travel, and tells how. */
  async path(): Promise<string | null> {
    const status = this.page.getByRole("status").and(this.page.locator("[data-path]"));
    return await status.getAttribute("data-path");
  }

  /** Says something with the button. */
  async say(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.page.getByRole("button", { name: "Send", exact: true }).click();
  }

  /** Waits until a text is shown, as it is. */
  async hear(text: string): Promise<void> {
    await this.log.getByText(text, { exact: true }).waitFor();
  }

  /** Waits until a message of our own has come as far as `delivery`. */
  async untilDelivery(text: string, delivery: string): Promise<void> {
    await this.log.getByRole("listitem").filter({ hasText: text })
      .and(this.#attribute("delivery", delivery)).waitFor();
  }

  /** Has the browser drop the page as when its process dies: no code of it runs any more. */
  async crash(): Promise<void> {
    const crashed = this.page.waitForEvent("crash");
    // Never answered, for there is nobody left to answer.
    void this.page.goto("chrome://crash").catch(() => {});
    await crashed;
  }

  /** Leaves like somebody who closes the window. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.page.context().close();
  }

  #attribute(name: string, value: string): Locator {
    return this.page.locator(`[data-${name}="${value}"]`);
  }
}

/** Two people in one room. */
export interface Pair extends AsyncDisposable {
  /** Who was there first. */
  alice: RoomPage;
  /** Who came second. */
  bob: RoomPage;
}

/** Opens the page at `url` for two people, one after the other, until they are connected. */
export async function openPair(
  browser: Browser,
  url: string,
  options?: RoomPageOptions,
): Promise<Pair> {
  const alice = await RoomPage.open(browser, url, options);
  await alice.untilStatus("waiting");
  const bob = await RoomPage.open(browser, url, options);
  await alice.untilStatus("connected");
  await bob.untilStatus("connected");
  return {
    alice,
    bob,
    async [Symbol.asyncDispose]() {
      await alice[Symbol.asyncDispose]();
      await bob[Symbol.asyncDispose]();
    },
  };
}
