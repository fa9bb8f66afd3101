import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { findBrowser } from "./find_browser.ts";

/** A running browser; `await using` closes it even when the test fails. */
export interface LaunchedBrowser extends AsyncDisposable {
  /** Playwright's handle on the browser. */
  browser: Browser;
  /** Ends the browser and all its processes; calling it again does nothing. */
  close(): Promise<void>;
}

/** A page in a context of its own, and what went wrong in it so far. */
export interface OpenedPage {
  /** The page. */
  page: Page;
  /** Each `console.error` line and uncaught exception of the page, in order; it grows while the page runs. */
  errors: string[];
}

/**
 * Starts a headless Chromium (see {@linkcode findBrowser} for which one).
 *
 * Playwright's own flags already turn off the sandbox (which can't start as root or in most containers),
 * first-run pages, updates, sync and other background traffic. One flag is added:
 * `--allow-loopback-in-peer-connection` lets WebRTC use 127.0.0.1, so that the tests also pass on a
 * machine without a network.
 */
export async function launchBrowser(): Promise<LaunchedBrowser> {
  const { executablePath, env } = await findBrowser();
  const browser = await chromium.launch({
    executablePath,
    headless: true,
    args: ["--allow-loopback-in-peer-connection"],
    env: { ...Deno.env.toObject(), ...env },
  });
  const close = () => browser.close();
  return { browser, close, [Symbol.asyncDispose]: close };
}

/**
 * Opens a page in a fresh context (storage and cookies of its own, like another person's browser) and
 * collects its errors.
 *
 * The page may use the microphone unless `options.permissions` says otherwise, because only then does
 * Chromium offer its peers all local addresses, 127.0.0.1 among them. Without, it offers one `.local`
 * name for the interface of the default route, and nothing at all where there is no such route.
 */
export async function newPage(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<OpenedPage> {
  const context = await browser.newContext({
    permissions: ["microphone"],
    serviceWorkers: "block",
    ...options,
  });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  page.on("pageerror", (error) => errors.push(String(error)));
  return { page, errors };
}
