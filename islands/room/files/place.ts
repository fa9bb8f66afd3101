import { type Places, SMALL_BYTES } from "../../../lib/client/files/choose_sink.ts";

/**
 * Where a file would go, were it accepted: into the page, to a place that the person is asked for, on
 * the page's own shelf – or nowhere.
 */
export type Place = "page" | "picked" | "shelf" | "too-big";

/** Foretells what `chooseSink` finds for a file of `size` bytes. */
export function placeOf(size: number, { memory, pick, shelf }: Places): Place {
  if (size <= Math.min(SMALL_BYTES, memory.left)) return "page";
  if (pick !== undefined) return "picked";
  if (shelf !== undefined) return "shelf";
  return size <= memory.left ? "page" : "too-big";
}
