/**
 * The bytes of one file on their way into its sink: one write at a time, and a sum of what was written.
 *
 * @module
 */

import type { FileReason } from "../../protocol/file_frames.ts";
import type { Bytes } from "./chunk.ts";
import { Digest } from "./digest.ts";
import { reasonOf, type Received, type Sink } from "./sink.ts";

/** The most bytes of one write. */
const WRITE_BYTES = 256 * 1024;

/** What a chunk takes of memory beside its bytes, so that many small ones are no way around a bound. */
const CHUNK_COST = 1024;

/** What a {@linkcode SinkWriter} needs. */
export interface SinkWriterOptions {
  /** Where the bytes go. */
  sink: Sink;
  /** More of them are written. */
  onWritten: () => void;
  /** They cannot be written, or are not those that were announced; the sink is dropped. */
  onFail: (reason: FileReason) => void;
  /** The file is there, and whole. */
  onDone: (received: Received) => void;
}

/** Writes a file. */
export class SinkWriter {
  #options: SinkWriterOptions;
  #digest = new Digest();
  #queue: Bytes[] = [];
  #queued = 0;
  /** Bytes that are written, or in the hands of the sink. */
  #taken = 0;
  #written = 0;
  #isWriting = false;
  #isClosing = false;
  #isOver = false;

  /** Begins an empty file. */
  constructor(options: SinkWriterOptions) {
    this.#options = options;
  }

  /** Bytes of memory that wait for the sink. */
  get pending(): number {
    return this.next - this.#written + this.#queue.length * CHUNK_COST;
  }

  /** Bytes that are written. */
  get written(): number {
    return this.#written;
  }

  /** Where the next bytes belong. */
  get next(): number {
    return this.#taken + this.#queued;
  }

  /** Whether nothing more is written, as all is. */
  get isClosing(): boolean {
    return this.#isClosing;
  }

  /** Takes the next bytes. */
  push(bytes: Bytes): void {
    if (this.#isClosing || this.#isOver) return;
    this.#queue.push(bytes);
    this.#queued += bytes.length;
    void this.#drain();
  }

  /** Drops what waits, so that it can be sent again; answers where the next bytes belong. */
  rewind(): number {
    this.#queue = [];
    this.#queued = 0;
    return this.#taken;
  }

  /** All is written: puts it in its place, if its sum is `sha256`. Only the first call counts. */
  async finish(sha256: string): Promise<void> {
    if (this.#isClosing || this.#isOver) return;
    this.#isClosing = true;
    if (this.#digest.finish() !== sha256) return this.#fail("mismatch");
    try {
      const received = await this.#options.sink.close();
      // Ended meanwhile: nobody wants it any more.
      if (this.#isOver) return await received.dispose();
      this.#isOver = true;
      this.#options.onDone(received);
    } catch (error) {
      this.#fail(reasonOf(error));
    }
  }

  /** Drops everything. Calling it again does nothing. */
  abort(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.rewind();
    this.#options.sink.abort().catch(() => {});
  }

  async #drain(): Promise<void> {
    if (this.#isWriting) return;
    this.#isWriting = true;
    try {
      while (this.#queue.length > 0 && !this.#isOver) {
        const bytes = this.#takeBatch();
        this.#digest.update(bytes);
        await this.#options.sink.write(bytes);
        if (this.#isOver) return;
        this.#written += bytes.length;
        this.#options.onWritten();
      }
    } catch (error) {
      this.#fail(reasonOf(error));
    } finally {
      this.#isWriting = false;
    }
  }

  #takeBatch(): Bytes {
    let length = 0;
    let count = 0;
    for (const { length: more } of this.#queue) {
      if (count > 0 && length + more > WRITE_BYTES) break;
      length += more;
      count++;
    }
    const batch = new Uint8Array(length);
    let offset = 0;
    for (const bytes of this.#queue.splice(0, count)) {
      batch.set(bytes, offset);
      offset += bytes.length;
    }
    this.#queued -= length;
    this.#taken += length;
    return batch;
  }

  #fail(reason: FileReason): void {
    if (this.#isOver) return;
    this.abort();
    this.#options.onFail(reason);
  }
}
