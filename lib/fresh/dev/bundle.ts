import { basename, join, relative, resolve } from "@std/path";
import * as esbuild from "esbuild";
import type { Mode } from "../types.ts";
import { withEsbuild } from "./esbuild_process.ts";
import { ModuleGraph } from "./module_graph.ts";

/** Takes the place of the build's id until it is known; of the same length, for source maps. */
export const BUILD_ID_PLACEHOLDER = "fresh-build-id-comes-here-later!";

/** Holds what to bundle, and how. */
export interface BundleOptions {
  /** Files that become a chunk of their own, by the name of the chunk. */
  entryPoints: Record<string, string>;
  /** Folder of the project. */
  root: string;
  /** Configuration file that the project runs with. */
  configPath: string;
  /** Whether to minify. */
  mode: Mode;
  /** Oldest browsers that must understand the output. */
  target: string | string[];
  /** Whether and how to write source maps. */
  sourceMap: SourceMapOptions | undefined;
}

/** Holds how source maps are written, in the terms of esbuild. */
export interface SourceMapOptions {
  /** Where the map goes. */
  kind: boolean | "linked" | "inline" | "external" | "both";
  /** Prefix of the paths in the map. */
  sourceRoot?: string;
  /** Whether the map holds the sources themselves. */
  sourcesContent?: boolean;
}

/** Holds the bundled files. */
export interface Bundle {
  /** Content by file name. */
  files: Map<string, Uint8Array<ArrayBuffer>>;
  /** Names of the files that the chunk of an entry point imports, by the name of that. */
  imports: Map<string, string[]>;
}

/** Bundles files for browsers, with what they share in chunks of its own. */
export async function bundle(options: BundleOptions): Promise<Bundle> {
  const { entryPoints, root, configPath, mode, target, sourceMap } = options;
  const isProduction = mode === "production";
  const graph = await ModuleGraph.read(Object.values(entryPoints), configPath);
  const { outputFiles, metafile } = await withEsbuild(() =>
    esbuild.build({
      entryPoints,
      bundle: true,
      splitting: true,
      format: "esm",
      platform: "browser",
      target,
      jsx: "automatic",
      jsxImportSource: "preact",
      minify: isProduction,
      sourcemap: isProduction ? sourceMap?.kind ?? false : "linked",
      ...(sourceMap?.sourceRoot !== undefined && { sourceRoot: sourceMap.sourceRoot }),
      ...(sourceMap?.sourcesContent !== undefined && { sourcesContent: sourceMap.sourcesContent }),
      define: { "process.env.NODE_ENV": JSON.stringify(mode) },
      absWorkingDir: root,
      outdir: ".",
      write: false,
      metafile: true,
      logLevel: "silent",
      plugins: [buildIdPlugin(), denoPlugin(graph)],
    })
  );
  assertOnePreact(Object.keys(metafile.inputs));
  const nameOf = (path: string) => relative(root, resolve(root, path));
  return {
    files: new Map(outputFiles.map(({ path, contents }) => [
      nameOf(path),
      contents as Uint8Array<ArrayBuffer>,
    ])),
    imports: new Map(
      Object.keys(entryPoints).map((name) => [name, staticImports(metafile, `${name}.js`)]),
    ),
  };
}

function denoPlugin(graph: ModuleGraph): esbuild.Plugin {
  return {
    name: "deno",
    setup(build) {
      build.onResolve({ filter: /.*/ }, async ({ path, importer, kind, pluginData }) => {
        if (kind === "entry-point" || pluginData === graph) return;
        const resolution = graph.resolve(path, importer);
        if (resolution.kind === "file") return { path: resolution.path };
        if (resolution.kind === "unknown") return;
        // From inside of its own folder, a package is found by its name and its exports apply.
        const { folder, specifier } = resolution;
        const found = await build.resolve(specifier, {
          kind,
          resolveDir: folder,
          pluginData: graph,
        });
        if (found.errors.length === 0) return found;
        // A package without exports is found as a folder.
        const [name] = /^(@[^/]+\/)?[^/]+/.exec(specifier) ?? [""];
        const inFolder = `.${specifier.slice(name.length)}`;
        return await build.resolve(inFolder, { kind, resolveDir: folder, pluginData: graph });
      });
    },
  };
}

function buildIdPlugin(): esbuild.Plugin {
  return {
    name: "build-id",
    setup(build) {
      build.onLoad({ filter: /[\\/]build_id\.ts$/ }, ({ path }) => {
        if (path !== join(import.meta.dirname ?? "", "..", "build_id.ts")) return;
        const contents = `export const getBuildId = () => "${BUILD_ID_PLACEHOLDER}";`;
        return { contents, loader: "js" };
      });
    },
  };
}

// Two copies would each keep hooks and signals to themselves, and nothing on a page would update.
function assertOnePreact(inputs: readonly string[]): void {
  const copies = new Set(inputs.flatMap((path) => /.*\/preact\/\d[^/]*\//.exec(path)?.[0] ?? []));
  if (copies.size > 1) {
    throw new Error(
      `Cannot bundle islands as there must be one copy of preact: current copies are ${
        [...copies].map((path) => `"${path}"`).join(", ")
      }`,
    );
  }
}

function staticImports(metafile: esbuild.Metafile, file: string): string[] {
  const found = new Set<string>();
  for (const queue = [file]; queue.length > 0;) {
    for (const { path, kind } of metafile.outputs[queue.pop() ?? ""]?.imports ?? []) {
      if (kind !== "import-statement" || found.has(path)) continue;
      found.add(path);
      queue.push(path);
    }
  }
  return Array.from(found, (path) => basename(path)).sort();
}
