/**
 * Builds the app into `_fresh/` (`build`; with `--if-stale` only where a source is newer), or serves
 * it while it is being written (`serve`), reloading the page after every change.
 *
 * @module
 */

import type { Builder, OnTransformArgs } from "fresh/dev";
import { fromFileUrl, join } from "@std/path";
import { explainListenError } from "./server/listen.ts";

const ROOT = fromFileUrl(new URL("..", import.meta.url));

/** Everything that the build is made of. */
const SOURCES = ["deno.json", "deno.lock", "main.ts", "islands", "lib", "routes", "static"];

if (import.meta.main) {
  const [command, flag] = Deno.args;
  if (command === "serve") await serve();
  else if (command !== "build") throw new TypeError(`"${command}" must be build or serve`);
  else if (flag !== "--if-stale" || await isStale()) await (await createBuilder()).build();
}

async function createBuilder(): Promise<Builder> {
  // Not imported above: to see that nothing is stale takes no bundler.
  const { Builder } = await import("fresh/dev");
  const builder: Builder = new Builder({
    root: ROOT,
    // The first that know light-dark(), which every colour here is written with: of early 2024.
    target: ["chrome123", "firefox120", "safari17.5"],
    // Sub-folders of islands/ hold plain components, which travel inside the islands.
    ignore: [/[/\\]islands[/\\][^/\\]+[/\\]/],
  });
  builder.onTransformStaticFile({ pluginName: "minify", filter: /\.(css|js)$/ }, minify);
  return builder;
}

/** What is in `static/` is written to be read; a browser takes it without. */
async function minify({ text, path, target, mode }: OnTransformArgs) {
  if (mode === "development") return;
  const { transform } = await import("esbuild");
  const loader = path.endsWith(".css") ? "css" : "js";
  const { code } = await transform(text, { loader, target, minify: true, logLevel: "silent" });
  return { content: code };
}

async function serve(): Promise<void> {
  const port = Number(Deno.env.get("PORT") ?? 8000);
  const builder = await createBuilder();
  try {
    await builder.listen(() => import("../main.ts"), { port });
  } catch (error) {
    if (!(error instanceof Deno.errors.AddrInUse)) throw error;
    console.error(explainListenError(error, { port, hostname: "0.0.0.0" }));
    Deno.exit(1);
  }
}

async function isStale(): Promise<boolean> {
  const built = await newest(join(ROOT, "_fresh", "server.js"));
  for (const source of SOURCES) {
    if (await newest(join(ROOT, source)) > built) return true;
  }
  return false;
}

/** When `path`, or what is in it, was last changed, in milliseconds since 1970; 0 where it is not there. */
async function newest(path: string): Promise<number> {
  const info = await stat(path);
  let latest = info?.mtime?.getTime() ?? 0;
  if (!info?.isDirectory) return latest;
  for await (const { name } of Deno.readDir(path)) {
    latest = Math.max(latest, await newest(join(path, name)));
  }
  return latest;
}

async function stat(path: string): Promise<Deno.FileInfo | undefined> {
  try {
    return await Deno.stat(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
