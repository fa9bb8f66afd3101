/**
 * A sink on a disk (WHATWG File System): in a place that the person chose, or in the page's own.
 *
 * @module
 */

import type { Bytes } from "./chunk.ts";
import { type Received, type Sink, typed } from "./sink.ts";

/** The part of a file on a disk that is used here. */
export type DiskFile = Pick<FileSystemFileHandle, "createWritable" | "getFile"> & {
  /** Takes it off the disk; some browsers have no such thing. */
  remove?: () => Promise<void>;
};

/** What a {@linkcode DiskSink} needs. */
export interface DiskSinkOptions {
  /** Where the file goes. */
  file: DiskFile;
  /** Its type. */
  type: string;
  /** Takes it off the disk; absent where the person chose the place, and keeps the file. */
  remove?: () => Promise<void>;
}

/** Writes a file to a disk. */
export class DiskSink implements Sink {
  #options: DiskSinkOptions;
  /** Opened late: of many files that were accepted, a few are written at a time. */
  #writable: Promise<FileSystemWritableFileStream> | undefined;
  #isOver = false;

  /** Opens nothing yet. */
  constructor(options: DiskSinkOptions) {
    this.#options = options;
  }

  /** Writes the next bytes. */
  async write(bytes: Bytes): Promise<void> {
    await (await this.#open()).write(bytes);
  }

  /** Puts the file in its place, also one without any bytes. */
  async close(): Promise<Received> {
    const { file, type, remove } = this.#options;
    await (await this.#open()).close();
    const content = remove && typed([await file.getFile()], type);
    this.#isOver = true;
    return { content, dispose: () => quietly(async () => await remove?.()) };
  }

  /** Drops what was written, and the empty file that the person was given to choose. */
  async abort(): Promise<void> {
    if (this.#isOver) return;
    this.#isOver = true;
    const { file, remove } = this.#options;
    await quietly(async () => (await this.#writable)?.abort());
    await quietly(async () => {
      if (remove !== undefined) await remove();
      // What was there before, under the same name, is still there.
      else if ((await file.getFile()).size === 0) await file.remove?.();
    });
  }

  #open(): Promise<FileSystemWritableFileStream> {
    if (this.#isOver) return Promise.reject(new DOMException("It was dropped", "AbortError"));
    return this.#writable ??= this.#options.file.createWritable();
  }
}

/** Tidies up; where that fails there is nothing left to tidy. */
async function quietly(tidy: () => Promise<unknown>): Promise<void> {
  try {
    await tidy();
  } catch {
    // The file, or the disk, is gone.
  }
}
