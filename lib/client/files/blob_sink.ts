/**
 * A sink where the browser offers no better one: the file becomes a Blob, which the browser keeps
 * outside of the page's own memory, in part on its disk.
 *
 * @module
 */

import type { Bytes } from "./chunk.ts";
import { type Received, type Sink, SinkError, typed } from "./sink.ts";

/** The most bytes of all Blobs of a page together; browsers fail at more, each in its own way. */
export const MAX_BLOB_BYTES: number = 512 * 1024 * 1024;

/** Bytes that are handed to the browser at a time. */
const PART_BYTES = 1024 * 1024;

/** The room for the Blobs of a page. */
export class BlobRoom {
  #left = MAX_BLOB_BYTES;

  /** How many bytes there is room for. */
  get left(): number {
    return this.#left;
  }

  /** Sets room aside for a file, until it is dropped; answers with nothing where there is none. */
  open({ size, type }: { size: number; type: string }): BlobSink | undefined {
    if (size > this.#left) return undefined;
    this.#left -= size;
    return new BlobSink({ size, type, onDrop: () => this.#left += size });
  }
}

/** What a {@linkcode BlobSink} needs. */
export interface BlobSinkOptions {
  /** The most bytes of it. */
  size: number;
  /** Its type. */
  type: string;
  /** It is dropped. */
  onDrop: () => void;
}

/** Collects a file. */
export class BlobSink implements Sink {
  #options: BlobSinkOptions;
  /** What the browser has. */
  #parts: Blob[] = [];
  /** What it does not have yet, in one piece, however small the pieces are in which it comes. */
  #pending: Bytes = new Uint8Array();
  #filled = 0;
  #left: number;
  #isDropped = false;

  /** Begins an empty file. */
  constructor(options: BlobSinkOptions) {
    this.#options = options;
    this.#left = options.size;
  }

  /** Takes the next bytes. */
  // deno-lint-ignore require-await -- so that what is thrown is a rejection, as elsewhere
  async write(bytes: Bytes): Promise<void> {
    if (bytes.length > this.#left) throw new SinkError("too-big");
    for (let taken = 0; taken < bytes.length;) {
      if (this.#filled === this.#pending.length) this.#flush();
      const piece = bytes.subarray(taken, taken + this.#pending.length - this.#filled);
      this.#pending.set(piece, this.#filled);
      this.#filled += piece.length;
      this.#left -= piece.length;
      taken += piece.length;
    }
  }

  /** Answers with the Blob. */
  close(): Promise<Received> {
    this.#flush();
    const received: Received = {
      content: typed(this.#parts, this.#options.type),
      dispose: () => {
        received.content = undefined;
        return this.abort();
      },
    };
    this.#parts = [];
    return Promise.resolve(received);
  }

  /** Drops what there is. */
  abort(): Promise<void> {
    this.#parts = [];
    this.#pending = new Uint8Array();
    this.#filled = 0;
    if (!this.#isDropped) this.#options.onDrop();
    this.#isDropped = true;
    return Promise.resolve();
  }

  /** Hands over what there is, and makes room for what is left, or a part of it. */
  #flush(): void {
    if (this.#filled > 0) this.#parts.push(new Blob([this.#pending.subarray(0, this.#filled)]));
    this.#pending = new Uint8Array(Math.min(PART_BYTES, this.#left));
    this.#filled = 0;
  }
}
