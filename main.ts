/**
 * The composition root: settings, then services, then the app. Imported, it starts nothing; run
 * directly, it serves, or shows the protocol with `demo [URL]`.
 *
 * @module
 */

import { App, csp, staticFiles } from "fresh";
import { systemClock } from "./lib/clock.ts";
import { runDemo } from "./lib/demo.ts";
import { parseConfig, type SettingName, SETTINGS } from "./lib/server/config.ts";
import { compressFiles } from "./lib/server/compress.ts";
import { type Address, explainListenError, Listener, urlOf } from "./lib/server/listen.ts";
import { readPreferences } from "./lib/server/preferences.ts";
import { relieve } from "./lib/server/relieve.ts";
import { CSP_DIRECTIVES, secure } from "./lib/server/security_headers.ts";
import { createSignaling, type Signaling } from "./lib/server/signaling.ts";
import type { State } from "./lib/server/state.ts";

const names = Object.keys(SETTINGS) as SettingName[];
const parsed = parseConfig(Object.fromEntries(names.map((name) => [name, Deno.env.get(name)])));
if (!parsed.ok) {
  if (import.meta.main) fail(parsed.reason);
  throw new TypeError(parsed.reason);
}
const config = parsed.value;

/** What the signaling sockets of the app share; whoever serves the app closes it. */
export const signaling: Signaling = createSignaling(config, systemClock);
const withPolicy = csp<State>({ csp: CSP_DIRECTIVES, useNonce: true });

/** The app: pages, assets and the signaling socket. */
export const app = new App<State>()
  .use(async (ctx) => {
    if (ctx.req.headers.get("upgrade") === null) return secure(await withPolicy(ctx));
    const response = await ctx.next();
    // The headers of an upgrade are not ours to change, and no browser reads them.
    return response.status === 101 ? response : secure(response);
  })
  .use(compressFiles())
  .use(staticFiles())
  .use((ctx) => {
    Object.assign(ctx.state, { signaling, ...readPreferences(ctx.req) });
    return ctx.next();
  })
  .fsRoutes();

const NOT_FOUND = "ERR_MODULE_NOT_FOUND";

// Not awaited: the built server imports this module, which must have been evaluated by then.
if (import.meta.main) void main(Deno.args);

async function main([command = "serve", url]: string[]): Promise<void> {
  switch (command) {
    case "serve":
      console.log(`Tincan is listening on ${urlOf((await serve(config)).address)}`);
      return;
    case "demo":
      return await demo(url);
    default:
      fail(`Cannot run "${command}": it must be serve or demo [URL]`);
  }
}

/** Serves the app as it was built by `deno task build`. */
async function serve(address: Address): Promise<Listener> {
  const { default: { fetch } } = await importBuilt();
  const opened = Listener.open(fetch, address, systemClock);
  if (!opened.ok) fail(opened.reason);
  if (signaling.memory.isShort()) {
    const { rss } = Deno.memoryUsage();
    const current = `current value is "${config.limits.MAX_RSS}"`;
    fail(
      `Cannot start server as "MAX_RSS" must be above ${rss}, which is used already: ${current}`,
    );
  }
  signaling.memory.relieve = (why) =>
    relieve(signaling, { listener: opened.value, why }).catch((error) =>
      fail(explainListenError(error, address))
    );
  return opened.value;
}

async function importBuilt(): Promise<{ default: { fetch: Deno.ServeHandler } }> {
  try {
    // Named in full, so that it is part of what was loaded at the start and needs no right to read.
    // @ts-ignore: it is not there before the first build
    return await import("./_fresh/server.js");
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === NOT_FOUND)) throw error;
    fail("Cannot start server as it is not built: run deno task build first");
  }
}

/** Shows two simulated clients, against `url` or a server of its own. */
async function demo(url?: string): Promise<void> {
  const own = url === undefined ? await serve({ hostname: "127.0.0.1", port: 0 }) : null;
  const shown = await runDemo(url ?? urlOf(own!.address), systemClock);
  await own?.shutdown();
  signaling.close();
  if (!shown.ok) fail(shown.reason);
}

function fail(reason: string): never {
  console.error(reason);
  Deno.exit(1);
}
