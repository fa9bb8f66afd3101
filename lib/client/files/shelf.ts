/**
 * The page's own place on the disk (WHATWG File System, origin private), for files that are too big for
 * memory where the browser cannot ask the person for a place. It is emptied when the page goes, or,
 * as most pages go without notice, by the next one.
 *
 * @module
 */

import { randomId } from "../../protocol/ids.ts";
import type { DiskFile } from "./disk_sink.ts";

/** The part of a browser that the shelf is made of. */
export interface ShelfOptions {
  /** Opens the page's own place. */
  openDirectory: () => Promise<FileSystemDirectoryHandle>;
  /** Tells pages that live from those that are gone (W3C Web Locks). */
  locks: Pick<LockManager, "request">;
}

/** A file on the shelf. */
export interface ShelfFile {
  /** It. */
  file: DiskFile;
  /** Takes it off. */
  remove: () => Promise<void>;
}

/** The folder that holds the shelves of all pages. */
const FOLDER = "incoming";

/** The files of one page. */
export class Shelf {
  #all: FileSystemDirectoryHandle;
  #own: FileSystemDirectoryHandle;
  #release: () => void;
  #count = 0;
  /** One thing after the other: a folder cannot be taken away while something in it is. */
  #operations: Promise<unknown> = Promise.resolve();

  private constructor(options: {
    all: FileSystemDirectoryHandle;
    own: FileSystemDirectoryHandle;
    release: () => void;
  }) {
    this.#all = options.all;
    this.#own = options.own;
    this.#release = options.release;
  }

  /** Makes room for this page, and clears what pages left that are gone; nothing where it cannot. */
  static async open({ openDirectory, locks }: ShelfOptions): Promise<Shelf | undefined> {
    const name = randomId(16);
    const release = await hold(locks, name);
    if (release === undefined) return undefined;
    try {
      const root = await openDirectory();
      const all = await root.getDirectoryHandle(FOLDER, { create: true });
      const own = await all.getDirectoryHandle(name, { create: true });
      await sweep(all, locks);
      return new Shelf({ all, own, release });
    } catch {
      // Private windows of some browsers have no such place.
      release();
      return undefined;
    }
  }

  /** Makes an empty file. */
  create(): Promise<ShelfFile> {
    const name = String(++this.#count);
    const remove = () => this.#chain(() => this.#own.removeEntry(name));
    return this.#chain(async () => {
      return { file: await this.#own.getFileHandle(name, { create: true }), remove };
    });
  }

  /** Clears everything. Calling it again does nothing. */
  async close(): Promise<void> {
    await this.#chain(() => remove(this.#all, this.#own.name));
    this.#release();
  }

  #chain<T>(operation: () => Promise<T>): Promise<T> {
    const result = this.#operations.then(operation);
    this.#operations = result.catch(() => {});
    return result;
  }
}

async function sweep(
  all: FileSystemDirectoryHandle,
  locks: ShelfOptions["locks"],
): Promise<void> {
  for await (const name of all.keys()) {
    const release = await hold(locks, name);
    if (release === undefined) continue;
    await remove(all, name);
    release();
  }
}

async function remove(all: FileSystemDirectoryHandle, name: string): Promise<void> {
  try {
    await all.removeEntry(name, { recursive: true });
  } catch {
    // It is gone, or something of it is still being written: the next page clears it.
  }
}

/** Takes the lock of a shelf, and answers with what gives it back; with nothing where it is taken. */
function hold(locks: ShelfOptions["locks"], name: string): Promise<(() => void) | undefined> {
  return new Promise((resolve) => {
    const keep = (lock: Lock | null) => {
      if (lock === null) return resolve(undefined);
      const { promise, resolve: release } = Promise.withResolvers<void>();
      resolve(release);
      return promise;
    };
    locks.request(`tincan:shelf:${name}`, { ifAvailable: true }, keep)
      .catch(() => resolve(undefined));
  });
}
