import { contentType } from "@std/media-types";
import { extname, join, relative } from "@std/path";
import type { StaticFile } from "../build_cache.ts";
import { encodePathname } from "../middlewares/static_files.ts";
import { listFiles } from "./crawl.ts";

/** Holds how static folders are read. */
export interface StaticDirOptions {
  /** Folder of the build, which is none of them. */
  outDir: string;
  /** Makes a file into what is served; `undefined` where it is served as it is. */
  transform: (
    path: string,
    content: Uint8Array<ArrayBuffer>,
  ) => Promise<Uint8Array<ArrayBuffer> | undefined>;
}

/**
 * Reads the files of the static folders. The first folder that has a file wins; dot files are left
 * out, but for `.well-known`.
 */
export async function readStaticDirs(
  folders: readonly string[],
  { outDir, transform }: StaticDirOptions,
): Promise<Map<string, StaticFile>> {
  const files = new Map<string, StaticFile>();
  for (const folder of folders) {
    for (const path of await listFiles(folder)) {
      const name = relative(folder, path).replaceAll("\\", "/");
      const isHidden = /(^|\/)\.(?!well-known\/)/.test(name);
      const pathname = encodePathname(name);
      if (isHidden || path.startsWith(join(outDir, "/")) || files.has(pathname)) continue;
      const content = await Deno.readFile(path);
      const transformed = await transform(path, content);
      if (transformed !== undefined) {
        files.set(pathname, await staticFile(path, transformed));
        continue;
      }
      const { hash, size } = await staticFile(path, content);
      files.set(pathname, {
        hash,
        size,
        contentType: contentTypeOf(path),
        read: () => Deno.readFile(path),
      });
    }
  }
  return files;
}

/** Makes a static file of content that is in memory. */
export async function staticFile(
  name: string,
  content: Uint8Array<ArrayBuffer>,
): Promise<StaticFile> {
  return {
    hash: await hashOf([content]),
    size: content.byteLength,
    contentType: contentTypeOf(name),
    read: () => Promise.resolve(content),
  };
}

/** Hashes some content to 32 hexadecimal digits. */
export async function hashOf(
  parts: readonly (Uint8Array<ArrayBuffer> | string)[],
): Promise<string> {
  const content = await new Blob([...parts]).arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
  return Array.from(digest.subarray(0, 16), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function contentTypeOf(path: string): string {
  return contentType(extname(path)) ?? "application/octet-stream";
}
