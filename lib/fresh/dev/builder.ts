import { basename, fromFileUrl, isAbsolute, join, toFileUrl } from "@std/path";
import { App, type ListenOptions, setBuildCache } from "../app.ts";
import { type BuildCache, registerIslands, type StaticFile, uniqueName } from "../build_cache.ts";
import type { Mode } from "../types.ts";
import { BUILD_ID_PLACEHOLDER, bundle, type SourceMapOptions } from "./bundle.ts";
import { findConfig } from "./check_config.ts";
import { crawl } from "./crawl.ts";
import { liveReload } from "./live_reload.ts";
import { hashOf, readStaticDirs, staticFile } from "./static_dir.ts";
import {
  type OnTransformOptions,
  transform,
  type Transformer,
  type TransformFn,
} from "./transform.ts";
import { type BuildOutput, writeBuild } from "./write_build.ts";

/** Holds the options of a {@linkcode Builder}. Paths are relative to the root, or `file:` URLs. */
export interface BuildOptions {
  /** Folder of the project; the current one by default. */
  root?: string;
  /** Folder to write to; `_fresh` by default. */
  outDir?: string;
  /** Folder or folders of files to serve as they are; `static` by default. */
  staticDir?: string | string[];
  /** Folder of the islands; `islands` by default. */
  islandDir?: string;
  /** Folder of the routes; `routes` by default. */
  routeDir?: string;
  /** Module that exports `app`; `main.ts` by default. */
  serverEntry?: string;
  /** Oldest browsers to bundle for, in the terms of esbuild. */
  target?: string | string[];
  /** Route and island files to leave out, by their path; tests by default. */
  ignore?: RegExp[];
  /** Whether and how to write source maps in production. */
  sourceMap?: SourceMapOptions;
}

/** Holds the options of a builder with defaults filled in and paths made absolute. */
export interface ResolvedBuildConfig {
  /** Folder of the project. */
  root: string;
  /** Folder to write to. */
  outDir: string;
  /** Folders of files to serve as they are. */
  staticDir: string[];
  /** Folder of the islands. */
  islandDir: string;
  /** Folder of the routes. */
  routeDir: string;
  /** Module that exports `app`. */
  serverEntry: string;
  /** Oldest browsers to bundle for. */
  target: string | string[];
  /** Route and island files to leave out. */
  ignore: RegExp[];
  /** Whether and how to write source maps in production. */
  sourceMap: SourceMapOptions | undefined;
  /** What the last build was made for. */
  mode: Mode;
}

/** Builds an app: finds its routes and islands, and bundles the islands for browsers. */
// An app's state is of no concern to its build.
// deno-lint-ignore no-explicit-any
export class Builder<State = any> {
  /** The options, with defaults filled in. */
  readonly config: ResolvedBuildConfig;
  #transformers: Transformer[] = [];

  /** Resolves the options; nothing is read yet. */
  constructor(options: BuildOptions = {}) {
    const root = toPath(options.root ?? ".", Deno.cwd());
    this.config = {
      root,
      outDir: toPath(options.outDir ?? "_fresh", root),
      staticDir: [options.staticDir ?? "static"].flat().map((folder) => toPath(folder, root)),
      islandDir: toPath(options.islandDir ?? "islands", root),
      routeDir: toPath(options.routeDir ?? "routes", root),
      serverEntry: toPath(options.serverEntry ?? "main.ts", root),
      target: options.target ?? ["chrome99", "firefox99", "safari15"],
      ignore: options.ignore ?? [/[._]test\.(?:[tj]sx?|[mc][tj]s)$/],
      sourceMap: options.sourceMap,
      mode: "production",
    };
  }

  /** Has static files made into others: what `callback` returns is served in their place. */
  onTransformStaticFile(options: OnTransformOptions, callback: TransformFn): void {
    this.#transformers.push({ options, fn: callback });
  }

  /**
   * Builds to disk, or to memory for tests. Returns a function that gives the build to an app;
   * after a build to disk, use `_fresh/server.js` instead.
   */
  async build(
    options: { mode?: Mode; snapshot?: "disk" | "memory" } = {},
  ): Promise<(app: App<State>) => void> {
    const mode = this.config.mode = options.mode ?? "production";
    const output = await this.#bundle();
    if (options.snapshot !== "memory") {
      await writeBuild(output, this.config);
    }
    const build = await load(output);
    return (app) => {
      app.config.root = this.config.root;
      setBuildCache(app, build, mode);
    };
  }

  /**
   * Serves an app in development: nothing is cached, and pages reload when the server was started
   * again. To have it start again when a file changes, run it with `deno run --watch`.
   */
  async listen(
    importApp: () => Promise<{ app: App<State> } | App<State>>,
    options: ListenOptions = {},
  ): Promise<void> {
    this.config.mode = "development";
    const [output, imported] = await Promise.all([this.#bundle(), importApp()]);
    const app = imported instanceof App ? imported : imported.app;
    app.config.root = this.config.root;
    setBuildCache(app, await load(output), "development");

    const handler = app.handler();
    await new App<State>({ mode: "development" })
      .use(liveReload())
      .all("*", (ctx) => handler(ctx.req, ctx.info))
      .listen(options);
  }

  async #bundle(): Promise<BuildOutput & { devEntry?: string }> {
    const { root, mode, target, sourceMap, staticDir, outDir } = this.config;
    const [configPath, { routes, islands }, ownFiles] = await Promise.all([
      findConfig(root),
      crawl(this.config),
      readStaticDirs(staticDir, {
        outDir,
        transform: (path, content) =>
          transform(this.#transformers, { path, content, target, mode, root }),
      }),
    ]);
    const entryPoints: Record<string, string> = { "fresh-runtime": clientFile("boot.ts") };
    if (mode === "development") entryPoints["fresh-dev"] = clientFile("live_reload.ts");
    const taken = new Set(Object.keys(entryPoints));
    const named = islands.map((path) => ({ path, name: uniqueName(identifierOf(path), taken) }));
    for (const { path, name } of named) entryPoints[name] = path;

    const { files, imports } = await bundle({
      entryPoints,
      root,
      configPath,
      mode,
      target,
      sourceMap,
    });
    const buildId = await hashOf([
      ...Array.from(files).flatMap(([name, content]) => [name, content]),
      ...Array.from(ownFiles).flatMap(([name, { hash }]) => [name, hash]),
    ]);
    const prefix = `/_fresh/js/${buildId}/`;
    const runtimeImports = imports.get("fresh-runtime") ?? [];
    const staticFiles = new Map<string, StaticFile>(ownFiles);
    for (const [name, content] of files) {
      staticFiles.set(prefix + name, await staticFile(name, insertBuildId(content, buildId)));
    }
    return {
      buildId,
      clientEntry: `${prefix}fresh-runtime.js`,
      ...(mode === "development" && { devEntry: `${prefix}fresh-dev.js` }),
      routes,
      islands: named.map(({ path, name }) => {
        const shared = new Set([...runtimeImports, ...imports.get(name) ?? []]);
        const preload = Array.from(shared, (file) => prefix + file);
        return { name, path, file: `${prefix}${name}.js`, preload };
      }),
      staticFiles,
    };
  }
}

async function load(output: BuildOutput & { devEntry?: string }): Promise<BuildCache> {
  const importFile = (path: string) => import(toFileUrl(path).href);
  const islands = await Promise.all(
    output.islands.map(async ({ path, ...island }) => ({
      ...island,
      module: await importFile(path),
    })),
  );
  const routes = await Promise.all(
    output.routes.map(async ({ id, path }) => ({ id, module: await importFile(path) })),
  );
  return { ...output, routes, islands: registerIslands(islands) };
}

function toPath(path: string, root: string): string {
  if (path.startsWith("file:")) return fromFileUrl(path);
  return isAbsolute(path) ? path : join(root, path);
}

function clientFile(name: string): string {
  return fromFileUrl(new URL(`../client/${name}`, import.meta.url));
}

function identifierOf(path: string): string {
  const name = basename(path).replace(/\.[^.]+$/, "").replaceAll(/[^A-Za-z0-9_$]+/g, "_");
  return /^\d/.test(name) ? `_${name}` : name;
}

function insertBuildId(
  content: Uint8Array<ArrayBuffer>,
  buildId: string,
): Uint8Array<ArrayBuffer> {
  const source = new TextDecoder().decode(content);
  // Copied, as the types of older Deno leave open what kind of buffer an encoder fills.
  return new Uint8Array(
    new TextEncoder().encode(source.replaceAll(BUILD_ID_PLACEHOLDER, buildId)),
  );
}
