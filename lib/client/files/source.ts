/**
 * A file of ours, read block by block, and never as a whole. Its sum is made along the way, of each
 * byte once, whoever it was read for: so it holds for whoever goes on from an earlier byte, too.
 *
 * @module
 */

import { type Bytes, PAYLOAD_BYTES } from "./chunk.ts";
import { Digest } from "./digest.ts";

/** Bytes that are read at a time: about 1 MiB, in whole chunks. */
export const BLOCK_BYTES: number = 64 * PAYLOAD_BYTES;

/** A file that is read. */
export class Source {
  #file: Blob | undefined;
  #digest = new Digest();
  /** How many bytes from the beginning the sum is of. */
  #summed = 0;
  #sha256: string | undefined;
  /** How many bytes there are. */
  readonly size: number;

  /** Reads nothing yet. */
  constructor(file: Blob) {
    this.#file = file;
    this.size = file.size;
  }

  /** Reads a block from `offset` on; fails where the file changed or cannot be read any more. */
  async read(offset: number): Promise<Bytes> {
    const file = this.#file;
    if (file === undefined) throw new DOMException("It was let go", "NotReadableError");
    const end = Math.min(offset + BLOCK_BYTES, this.size);
    const block = new Uint8Array(await file.slice(offset, end).arrayBuffer());
    if (block.length !== end - offset) throw new DOMException("It is shorter", "NotReadableError");
    this.#sum(block, offset);
    return block;
  }

  /** Answers with the SHA-256 of all of it; reads what nobody has read so far. */
  async sum(): Promise<string> {
    while (this.#summed < this.size) await this.read(this.#summed);
    return this.#sha256 ??= this.#digest.finish();
  }

  /** Lets go of the file. Calling it again does nothing. */
  close(): void {
    this.#file = undefined;
  }

  #sum(block: Bytes, offset: number): void {
    const next = this.#summed - offset;
    if (next < 0 || next >= block.length) return;
    this.#digest.update(block.subarray(next));
    this.#summed += block.length - next;
  }
}
