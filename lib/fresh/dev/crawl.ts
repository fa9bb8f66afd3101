import { join } from "@std/path";
import { compareRouteIds } from "../file_routes.ts";

/** Holds where to look for route and island files. */
export interface CrawlOptions {
  /** Folder of the routes. */
  routeDir: string;
  /** Folder of the islands. */
  islandDir: string;
  /** Files whose path matches are left out. */
  ignore: readonly RegExp[];
}

/** Holds what was found. */
export interface SourceFiles {
  /** Route files in the order they are registered. */
  routes: { id: string; path: string }[];
  /** Paths of island files. */
  islands: string[];
}

/**
 * Lists an app's route and island files. In the routes folder, folders named `(_islands)` hold
 * islands, and other folders named `(_…)` neither islands nor routes.
 */
export async function crawl({ routeDir, islandDir, ignore }: CrawlOptions): Promise<SourceFiles> {
  const isSource = (path: string) =>
    /\.[jt]sx?$/.test(path) && !ignore.some((pattern) => pattern.test(path));

  const islands = (await listFiles(islandDir)).filter(isSource);
  const routes: SourceFiles["routes"] = [];
  for (const path of (await listFiles(routeDir)).filter(isSource)) {
    const id = path.slice(routeDir.length).replaceAll("\\", "/").replace(/\.[^.]+$/, "");
    const [, hidden] = /\/\((_[^/]+)\)\//.exec(id) ?? [];
    if (hidden === undefined) routes.push({ id, path });
    else if (hidden === "_islands") islands.push(path);
  }
  routes.sort((a, b) => compareRouteIds(a.id, b.id));
  return { routes, islands };
}

/** Lists the files in a folder and those below, sorted, or none if there is no such folder. */
export async function listFiles(folder: string): Promise<string[]> {
  const files: string[] = [];
  try {
    for await (const entry of Deno.readDir(folder)) {
      const path = join(folder, entry.name);
      if (entry.isDirectory) files.push(...await listFiles(path));
      else if (entry.isFile) files.push(path);
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return files.sort();
}
