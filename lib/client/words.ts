/**
 * What is said in one go: text, or a file that is offered.
 *
 * @module
 */

import type { ChatFrame } from "../protocol/chat.ts";
import type { FileOffer } from "../protocol/file_frames.ts";

/** What is known of a file before it is here. */
export type FileInfo = Omit<FileOffer, "id">;

/** A message as it travels: `id` is a ULID, `at` milliseconds since 1970. */
export interface Words {
  /** The same at every resending. */
  id: string;
  /** When it was said, by the clock of who said it. */
  at: number;
  /** What was said. */
  text: string;
  /** The message that it answers. */
  re?: string;
  /** The file that it offers; there is no text then. */
  file?: FileInfo;
}

/** Writes words as a frame. */
export function frameOf({ text, file, re, ...named }: Words): ChatFrame {
  if (file !== undefined) return { t: "file-offer", ...named, ...file };
  return { t: "say", ...named, text, ...(re !== undefined && { re }) };
}

/** Reads the words of a frame. */
export function wordsOf(frame: ChatFrame & { t: "say" | "file-offer" }): Words {
  const { id, at } = frame;
  if (frame.t === "file-offer") {
    const { name, size, type } = frame;
    return { id, at, text: "", file: { name, size, type } };
  }
  return { id, at, text: frame.text, ...(frame.re !== undefined && { re: frame.re }) };
}
