/**
 * Where a file that comes in goes.
 *
 * @module
 */

import type { FileReason } from "../../protocol/file_frames.ts";
import type { Bytes } from "./chunk.ts";

/** A place for one file. */
export interface Sink {
  /** Takes the next bytes; resolves when they are written. */
  write(bytes: Bytes): Promise<void>;
  /** That was all. */
  close(): Promise<Received>;
  /** Drops what there is. Calling it again does nothing. */
  abort(): Promise<void>;
}

/** A file that came. */
export interface Received {
  /** It; absent where it is in a place that the person chose. */
  content: Blob | undefined;
  /** Drops it, unless the person chose its place. Calling it again does nothing. */
  dispose(): Promise<void>;
}

/** A sink takes no more, and knows why. */
export class SinkError extends Error {
  /** Why. */
  readonly reason: FileReason;

  /** Tells `reason`. */
  constructor(reason: FileReason) {
    super(`The sink takes no more: ${reason}`);
    this.reason = reason;
  }
}

/** Finds the reason why writing failed. */
export function reasonOf(error: unknown): FileReason {
  if (error instanceof SinkError) return error.reason;
  // A DOMException in some browsers, a class of its own in others (WebIDL, QuotaExceededError).
  const isFull = error instanceof Error && error.name === "QuotaExceededError";
  return isFull ? "disk-full" : "unwritable";
}

/** What a browser may draw, and runs no code of. */
const DRAWN = /^(image\/(avif|bmp|gif|jpeg|png|webp)|(audio|video)\/[a-z0-9.+-]+)$/;

/**
 * Gives a file its type, if it is one that can be shown. Any other is plain bytes: opened in a tab of
 * its own, a page that somebody sent would run as ours.
 */
export function typed(content: Blob[], type: string): Blob {
  return new Blob(content, { type: DRAWN.test(type) ? type : "application/octet-stream" });
}
