import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { RECENT_ROOMS_KEY, RecentRooms } from "../../lib/client/recent_rooms.ts";
import { FakeStorage } from "../fakes/storage.ts";
import { newPage } from "./launch.ts";

/** How a person comes to the start page. */
export interface HomePageOptions extends BrowserContextOptions {
  /** The rooms that the browser remembers, as they are kept. */
  kept?: string;
  /** What time it is there, and stays; that of this machine unless said. */
  now?: number;
}

const MINUTE = 60_000;

/** A moment to stand still at. */
export const NOW = Date.UTC(2026, 0, 31, 12);

/** A person at the start page. */
export class HomePage implements AsyncDisposable {
  /** The page. */
  readonly page: Page;
  /** Each error of the page so far. */
  readonly errors: string[];

  private constructor(page: Page, errors: string[]) {
    this.page = page;
    this.errors = errors;
  }

  /** Opens the start page of the server at `origin` in a context of its own. */
  static async open(
    browser: Browser,
    origin: string,
    { kept, now, ...options }: HomePageOptions = {},
  ): Promise<HomePage> {
    const { page, errors } = await newPage(browser, options);
    if (kept !== undefined) await page.addInitScript(keep(kept));
    if (now !== undefined) await page.clock.setFixedTime(now);
    await page.goto(origin);
    return new HomePage(page, errors);
  }

  /** Writes something into the field, as it is, and joins. */
  async join(text: string): Promise<void> {
    await this.page.getByRole("textbox", { name: "Room name" }).fill(text);
    await this.page.getByRole("button", { name: "Join room" }).click();
  }

  /** The names of the rooms that are listed, as they stand. */
  rooms(): Promise<string[]> {
    return this.page.locator(".recent-room bdi").allInnerTexts();
  }

  /** What the browser remembers. */
  kept(): Promise<string | null> {
    return this.page.evaluate((key) => localStorage.getItem(key), RECENT_ROOMS_KEY);
  }

  /** Leaves like somebody who closes the window. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.page.context().close();
  }
}

/** A script that has the browser remember these rooms, as they are kept. */
export function keep(kept: string): string {
  return `localStorage.setItem(...${JSON.stringify([RECENT_ROOMS_KEY, kept])})`;
}

/** What a room's page keeps when this device was in these rooms, a minute each, until {@linkcode NOW}. */
export function remember(...names: string[]): string {
  const storage = new FakeStorage();
  const rooms = new RecentRooms(storage);
  names.forEach((name, index) => rooms.visit(name, NOW - (names.length - index) * MINUTE));
  return storage.getItem(RECENT_ROOMS_KEY) ?? "";
}
