import type { Mode } from "../types.ts";

/** Says which files a transformation is for. */
export interface OnTransformOptions {
  /** Who transforms, for error messages. */
  pluginName: string;
  /** Matches the paths of the files. */
  filter: RegExp;
  /** Paths to leave out: patterns, or parts of a path. */
  exclude?: Array<string | RegExp>;
}

/** Holds a file to transform. */
export interface OnTransformArgs {
  /** Its absolute path. */
  path: string;
  /** Oldest browsers that must understand the result. */
  target: string | string[];
  /** Its content as text. */
  text: string;
  /** Its content. */
  content: Uint8Array<ArrayBuffer>;
  /** What is being built. */
  mode: Mode;
  /** Folder of the project. */
  root: string;
}

/** Holds what a file was made into. */
export interface OnTransformResult {
  /** The content. */
  content: string | Uint8Array<ArrayBuffer>;
}

/** Transforms a file, or leaves it as it is. */
export type TransformFn = (
  args: OnTransformArgs,
) => void | OnTransformResult | Promise<void | OnTransformResult>;

/** A transformation of static files. */
export interface Transformer {
  /** Which files it is for. */
  options: OnTransformOptions;
  /** What it does. */
  fn: TransformFn;
}

/** Applies the transformations, one after the other; `undefined` where none is for the file. */
export async function transform(
  transformers: readonly Transformer[],
  file: Omit<OnTransformArgs, "text">,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  let { content } = file;
  let isTransformed = false;
  for (const { options, fn } of transformers) {
    if (!isFor(options, file.path)) continue;
    const result = await fn({ ...file, content, text: new TextDecoder().decode(content) });
    if (!result) continue;
    const made = result.content;
    content = typeof made === "string" ? new TextEncoder().encode(made) : made;
    isTransformed = true;
  }
  return isTransformed ? content : undefined;
}

function isFor({ filter, exclude = [] }: OnTransformOptions, path: string): boolean {
  const matches = (pattern: string | RegExp) =>
    typeof pattern === "string" ? path.includes(pattern) : path.search(pattern) >= 0;
  return matches(filter) && !exclude.some(matches);
}
