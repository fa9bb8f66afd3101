import { dirname, join } from "@std/path";

const SKIPPED_ELEMENTS = [
  "a",
  "img",
  "source",
  "body",
  "html",
  "head",
  "title",
  "meta",
  "script",
  "link",
  "style",
  "base",
  "noscript",
  "template",
];

/**
 * Finds the `deno.json` that a project runs with: the nearest one, from its folder upwards, that
 * has compiler options.
 *
 * @throws {TypeError} If its JSX options keep pages from being rendered right.
 */
export async function findConfig(root: string): Promise<string> {
  for (let folder = root;; folder = dirname(folder)) {
    const path = join(folder, "deno.json");
    const config = await readConfig(path);
    if (config?.compilerOptions !== undefined) {
      checkJsx(config.compilerOptions, path);
      return path;
    }
    if (folder === dirname(folder)) break;
  }
  throw new TypeError(
    `Cannot build "${root}" as it must have a deno.json with "compilerOptions", there or in a folder above`,
  );
}

interface JsxOptions {
  jsx?: string;
  jsxImportSource?: string;
  jsxPrecompileSkipElements?: string[];
}

async function readConfig(path: string): Promise<{ compilerOptions?: JsxOptions } | undefined> {
  try {
    return JSON.parse(await Deno.readTextFile(path));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

function checkJsx(options: JsxOptions, path: string): void {
  if (options.jsxImportSource !== "preact") {
    throw new TypeError(
      `Cannot build as "jsxImportSource" must be "preact" in "${path}": current value is "${options.jsxImportSource}"`,
    );
  }
  if (options.jsx !== "precompile") return;
  const missing = SKIPPED_ELEMENTS.filter((name) =>
    !options.jsxPrecompileSkipElements?.includes(name)
  );
  if (missing.length > 0) {
    throw new TypeError(
      `Cannot build as "jsxPrecompileSkipElements" in "${path}" must have: ${missing.join(", ")}`,
    );
  }
}
