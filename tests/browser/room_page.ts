import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";
import { newPage, type OpenedPage } from "./launch.ts";

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

  /** Takes over a page that was opened. */
  constructor({ page, errors }: OpenedPage) {
    this.page = page;
    this.errors = errors;
    this.composer = page.getByRole("textbox", { name: "Message", exact: true });
    this.log = page.getByRole("log", { name: "Messages" });
  }

  /** Opens the page at `url` in a context of its own. */
  static async open(browser: Browser, url: string, options?: BrowserContextOptions) {
    const room = new RoomPage(await newPage(browser, options));
    await room.page.goto(url);
    return room;
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

  /** Leaves like somebody who closes the window. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.page.context().close();
  }

  #attribute(name: string, value: string): Locator {
    return this.page.locator(`[data-${name}="${value}"]`);
  }
}
