import { join } from "@std/path";

const ROOT = new URL("../..", import.meta.url).pathname;

/** A file that somebody wrote. */
export interface Source {
  /** Its path in the tree. */
  path: string;
  /** What it holds, without comments. */
  text: string;
}

/** Reads the scripts in `folders`. */
export async function readSources(...folders: string[]): Promise<Source[]> {
  const sources: Source[] = [];
  for (const folder of folders) {
    for await (const { name, isDirectory } of Deno.readDir(join(ROOT, folder))) {
      const path = `${folder}/${name}`;
      if (isDirectory) sources.push(...await readSources(path));
      else if (/\.(tsx?|js)$/.test(name)) {
        sources.push({ path, text: withoutComments(await Deno.readTextFile(join(ROOT, path))) });
      }
    }
  }
  return sources;
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[^]*?\*\/|(^|\s)\/\/.*$/gm, "$1");
}
