import type { BuildCache, Island } from "../build_cache.ts";
import type { Children, Element } from "../types.ts";

/** Holds JSX that was passed to an island: the server renders it, the browser reads it back. */
export interface SlotContent {
  /** What was passed. */
  children: Children;
  /** Whether it is in the document yet; if no island shows it, it is left in a template. */
  rendered: boolean;
}

/** Collects what is found while one document is rendered. */
export class RenderState {
  /** The build that islands come from. */
  readonly build: BuildCache;
  /** Marks inline scripts and styles as ours. */
  readonly nonce: string;
  /** Which of the outermost elements were rendered. */
  readonly seen: Set<"html" | "head" | "body"> = new Set();
  /** Kinds of island in the document. */
  readonly islands: Set<Island> = new Set();
  /** Props of each island in the document, at the index that its marker says. */
  readonly islandProps: Record<string, unknown>[] = [];
  /** Slots, at the index that their markers say. */
  readonly slots: SlotContent[] = [];
  /** Elements for `<head>`, by the key that makes one take the place of another, or themselves. */
  readonly head: Map<unknown, Element> = new Map();
  /** Whether the vnode that is being rendered is part of `<head>`. */
  insideHead = false;
  /** Boundaries around the vnode that is being rendered, the innermost last. */
  readonly boundaries: ("island" | "slot")[] = [];
  readonly #basePath: string;

  /** Takes the build, the nonce and the app's path prefix. */
  constructor(options: { build: BuildCache; nonce: string; basePath: string }) {
    this.build = options.build;
    this.nonce = options.nonce;
    this.#basePath = options.basePath;
  }

  /** Tells whether the vnode that is being rendered is part of an island already. */
  get insideIsland(): boolean {
    return this.boundaries.at(-1) === "island";
  }

  /** Prefixes a path of the build with the app's path prefix. */
  url(path: string): string {
    return this.#basePath + path;
  }

  /** Lists the URL paths of all scripts that the islands found so far need. */
  scripts(): string[] {
    if (this.islands.size === 0) return [];
    const paths = new Set([this.build.clientEntry]);
    for (const { file, preload } of this.islands) {
      for (const path of [file, ...preload]) paths.add(path);
    }
    return Array.from(paths, (path) => this.url(path));
  }
}
