/** Describes one island: a component that is hydrated in the browser. */
export interface Island {
  /** Identifier that is unique in the build. */
  name: string;
  /** Name that the chunk exports the component under. */
  exportName: string;
  /** URL path of the chunk. */
  file: string;
  /** URL paths of the chunks that {@linkcode Island.file} imports. */
  preload: readonly string[];
}

/** Finds the island that a component stands for. */
export type IslandRegistry = ReadonlyMap<unknown, Island>;

/** Describes one file that is served as it is. */
export interface StaticFile {
  /** Hexadecimal hash of the content. */
  hash: string;
  /** Value of the `Content-Type` header. */
  contentType: string;
  /** Size in bytes. */
  size: number;
  /** Reads the content. */
  read(): Promise<Uint8Array<ArrayBuffer>>;
}

/** Pairs a route file's path below `routes/`, without extension, with the module it holds. */
export interface RouteFile {
  /** Such as `/r/[name]`. */
  id: string;
  /** What the file exports. */
  module: Readonly<Record<string, unknown>>;
}

/** Pairs an island file with the chunk it was bundled to. */
export interface IslandFile {
  /** Name of the default export, and the start of the chunk's file name. */
  name: string;
  /** What the file exports. */
  module: Readonly<Record<string, unknown>>;
  /** URL path of the chunk. */
  file: string;
  /** URL paths of the chunks that the chunk imports. */
  preload: readonly string[];
}

/** Holds everything that a build hands to a running app. */
export interface BuildCache {
  /** Changes whenever anything that browsers load changes. */
  buildId: string;
  /** URL path of the script that hydrates islands. */
  clientEntry: string;
  /** URL path of the script that reloads pages, in development only. */
  devEntry?: string;
  /** Components to hydrate. */
  islands: IslandRegistry;
  /** Files to serve, by encoded URL path. */
  staticFiles: ReadonlyMap<string, StaticFile>;
  /** Route files in the order they are registered. */
  routes: readonly RouteFile[];
}

/** Holds what `_fresh/snapshot.js` exports. */
export interface BuildSnapshot {
  /** See {@linkcode BuildCache.buildId}. */
  buildId: string;
  /** See {@linkcode BuildCache.clientEntry}. */
  clientEntry: string;
  /** Island files. */
  islands: readonly IslandFile[];
  /** Static files, with paths relative to the snapshot. */
  staticFiles: ReadonlyMap<string, Omit<StaticFile, "read"> & { path: string }>;
  /** See {@linkcode BuildCache.routes}. */
  routes: readonly RouteFile[];
}

/** Serves a build that was written to disk, or into a compiled binary. */
export class ProdBuildCache implements BuildCache {
  /** See {@linkcode BuildCache.buildId}. */
  readonly buildId: string;
  /** See {@linkcode BuildCache.clientEntry}. */
  readonly clientEntry: string;
  /** See {@linkcode BuildCache.islands}. */
  readonly islands: IslandRegistry;
  /** See {@linkcode BuildCache.staticFiles}. */
  readonly staticFiles: ReadonlyMap<string, StaticFile>;
  /** See {@linkcode BuildCache.routes}. */
  readonly routes: readonly RouteFile[];

  /** Takes the URL of the folder that the snapshot lies in, and the snapshot. */
  constructor(base: string, snapshot: BuildSnapshot) {
    this.buildId = snapshot.buildId;
    this.clientEntry = snapshot.clientEntry;
    this.islands = registerIslands(snapshot.islands);
    this.routes = snapshot.routes;
    this.staticFiles = new Map(
      Array.from(snapshot.staticFiles, ([pathname, { path, ...file }]) => [
        pathname,
        { ...file, read: () => Deno.readFile(new URL(path, base)) },
      ]),
    );
  }
}

/** Makes every function that island files export an island, under a name of its own. */
export function registerIslands(files: readonly IslandFile[]): IslandRegistry {
  const islands = new Map<unknown, Island>();
  const taken = new Set<string>();
  for (const { name: fileName, module, file, preload } of files) {
    for (const [exportName, component] of Object.entries(module)) {
      if (typeof component !== "function") continue;
      const name = uniqueName(exportName === "default" ? fileName : exportName, taken);
      islands.set(component, { name, exportName, file, preload });
    }
  }
  return islands;
}

/** Appends a number to a name until it is not taken, and takes it. */
export function uniqueName(name: string, taken: Set<string>): string {
  let unique = name;
  for (let i = 1; taken.has(unique); i++) unique = `${name}_${i}`;
  taken.add(unique);
  return unique;
}
