import { type Places, SMALL_BYTES } from "../../../lib/client/files/choose_sink.ts";

/** What the choice of a place depends on. */
export type Space = Omit<Places, "memory"> & { memory: Pick<Places["memory"], "left"> };

/**
 * Where a file would go, were it accepted: into the page, to a place that the person is asked for, on
 * the page's own shelf – or nowhere.
 */
export type Place = "page" | "picked" | "shelf" | "too-big";

/** Foretells what `chooseSink` finds for a file of `size` bytes. */
export function placeOf(size: number, { memory, pick, shelf, free = Infinity }: Space): Place {
  if (size <= Math.min(SMALL_BYTES, memory.left)) return "page";
  if (pick !== undefined) return "picked";
  if (shelf !== undefined && size <= free) return "shelf";
  return size <= memory.left ? "page" : "too-big";
}

/** The most bytes that a file may have in this browser now, where nobody is asked for a place. */
export function mostOf({ memory, shelf, free = Infinity }: Space): number {
  return Math.max(memory.left, shelf === undefined ? 0 : free);
}
