import { fromFileUrl, join } from "@std/path";
import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";
import { bundle } from "../../lib/fresh/dev/bundle.ts";
import type { Message } from "../../lib/client/message.ts";
import { secure } from "../../lib/server/security_headers.ts";
import { newPage } from "./launch.ts";
import type { Talk } from "./talking_harness.tsx";

const ROOT = fromFileUrl(new URL("../..", import.meta.url));

/** A server of a page with nothing but the list of messages and the composer. */
export interface TalkingServer extends AsyncDisposable {
  /** Its address. */
  origin: string;
}

/** Serves the list and the composer, under the policy of the app; the path is the language. */
export async function serveTalking(): Promise<TalkingServer> {
  const { files } = await bundle({
    entryPoints: { harness: join(ROOT, "tests/browser/talking_harness.tsx") },
    root: ROOT,
    configPath: join(ROOT, "deno.json"),
    mode: "production",
    target: "es2022",
    sourceMap: undefined,
  });
  const sheets = ["styles.css", "room.css", "messages.css"];
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, async (request) => {
    const name = new URL(request.url).pathname.slice(1);
    if (name.endsWith(".js")) return answer(files.get(name), "text/javascript");
    if (sheets.includes(name)) {
      return answer(await Deno.readTextFile(join(ROOT, "static", name)), "text/css");
    }
    const language = name || "en";
    const direction = language === "ar" ? "rtl" : "ltr";
    return answer(
      `<!DOCTYPE html><html lang="${language}" dir="${direction}"><title>Talking</title>
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <link rel="icon" href="data:,">
      ${sheets.map((sheet) => `<link rel="stylesheet" href="/${sheet}">`).join("")}
      <body></body><script type="module" src="/harness.js"></script></html>`,
      "text/html; charset=utf-8",
    );
  });
  return {
    origin: `http://127.0.0.1:${server.addr.port}`,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

function answer(body: BodyInit | undefined, type: string): Response {
  return secure(new Response(body ?? null, { headers: { "content-type": type } }));
}

/** A page with nothing but the list of messages and the composer. */
export class TalkingPage implements AsyncDisposable {
  /** The page. */
  readonly page: Page;
  /** Each error of the page so far. */
  readonly errors: string[];
  /** Everything said. */
  readonly log: Locator;
  /** Where a message is written. */
  readonly composer: Locator;

  private constructor(page: Page, errors: string[]) {
    this.page = page;
    this.errors = errors;
    this.log = page.getByRole("log");
    this.composer = page.locator("textarea");
  }

  /** Opens the page. */
  static async open(
    browser: Browser,
    url: string,
    { prepare, ...options }: BrowserContextOptions & {
      prepare?: (page: Page) => Promise<unknown>;
    } = {},
  ): Promise<TalkingPage> {
    const { page, errors } = await newPage(browser, options);
    await prepare?.(page);
    await page.goto(url);
    await page.getByRole("log").waitFor();
    return new TalkingPage(page, errors);
  }

  /** Adds messages at the end, and waits until they are drawn. */
  async add(...messages: Message[]): Promise<void> {
    await this.page.evaluate((messages) => {
      (globalThis as unknown as { talk: Talk }).talk.add(...messages);
      return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    }, messages);
  }

  /** Shows something else, and waits until it is drawn. */
  async show(props: Parameters<Talk["show"]>[0]): Promise<void> {
    await this.page.evaluate((props) => {
      (globalThis as unknown as { talk: Talk }).talk.show(props);
      return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    }, props as { messages: Message[] });
  }

  /** Puts a message in the place of the one with its id. */
  async replace(message: Message): Promise<void> {
    await this.page.evaluate((message) => {
      (globalThis as unknown as { talk: Talk }).talk.replace(message);
      return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    }, message);
  }

  /** What the page was told to say. */
  said(): Promise<Talk["said"]> {
    return this.page.evaluate(() => (globalThis as unknown as { talk: Talk }).talk.said);
  }

  /** Each time that writing began or ended. */
  typed(): Promise<boolean[]> {
    return this.page.evaluate(() => (globalThis as unknown as { talk: Talk }).talk.typed);
  }

  /** How many pixels the list is scrolled above its end. */
  aboveEnd(): Promise<number> {
    return this.log.evaluate((log) => log.scrollHeight - log.clientHeight - log.scrollTop);
  }

  /** The message with an id. */
  slip(id: string): Locator {
    return this.log.locator(`[data-id="${id}"]`);
  }

  /** What has the focus. */
  focused(): Locator {
    return this.page.locator(":focus");
  }

  /** Closes the page. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.page.context().close();
  }
}

/** Messages by turns of somebody else and of our own, one a minute, with ids `m0`, `m1`… */
export function makeMessages(count: number, start = Date.UTC(2026, 0, 5, 12)): Message[] {
  return Array.from({ length: count }, (_, index) => {
    const message = { id: `m${index}`, at: start + index * 60_000, text: `message ${index}` };
    const isMine = index % 5 === 4;
    return { ...message, ...(isMine ? { delivery: "seen" } : { from: "ben" }) };
  });
}
