/**
 * Which place a file goes to.
 *
 * @module
 */

import type { FileOffer } from "../../protocol/file_frames.ts";
import type { BlobRoom } from "./blob_sink.ts";
import { type DiskFile, DiskSink } from "./disk_sink.ts";
import type { Shelf } from "./shelf.ts";
import type { Sink } from "./sink.ts";

/** The most bytes of a file that stays in the page without a question, so that it can be shown. */
export const SMALL_BYTES: number = 64 * 1024 * 1024;

/** What this browser has. */
export interface Places {
  /** The room for Blobs. */
  memory: BlobRoom;
  /** Asks the person for a place, as `showSaveFilePicker` does; only right after a click. */
  pick?: ((options: { suggestedName: string }) => Promise<DiskFile>) | undefined;
  /** The page's own place on the disk. */
  shelf?: Pick<Shelf, "create"> | undefined;
  /** How many bytes the browser lets the shelf have, where it says so (WHATWG Storage). */
  free?: number | undefined;
}

/** Why there is no place: the person wants none, or the browser has none that is big enough. */
export type NoSink = "dismissed" | "too-big";

/** Finds a place for a file; call it in the click itself, for later no browser asks the person. */
export async function chooseSink(
  offer: FileOffer,
  { memory, pick, shelf, free = Infinity }: Places,
): Promise<Sink | NoSink> {
  const { name, size, type } = offer;
  const small = size <= SMALL_BYTES ? memory.open(offer) : undefined;
  if (small !== undefined) return small;
  if (pick !== undefined) {
    try {
      return new DiskSink({ file: await pick({ suggestedName: name }), type });
    } catch (error) {
      if (error instanceof Error && error.name === "AbortError") return "dismissed";
      // Not allowed here, or not with this name: elsewhere, then.
    }
  }
  if (shelf !== undefined && size <= free) {
    try {
      return new DiskSink({ ...await shelf.create(), type });
    } catch {
      // No room, or no place any more.
    }
  }
  return memory.open(offer) ?? "too-big";
}
