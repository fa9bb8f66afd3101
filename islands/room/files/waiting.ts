import type { Places } from "../../../lib/client/files/choose_sink.ts";
import type { Parcel } from "../../../lib/client/files/transfer.ts";
import { placeOf } from "./place.ts";

/** The files that wait for an answer, and for whose place nobody has to be asked; oldest first. */
export function waitingIn(
  parcels: ReadonlyMap<string, Parcel>,
  places: Places,
): string[] {
  let { left } = places.memory;
  return [...parcels.values()].filter(({ direction, size, transfers }) => {
    if (direction === "out" || transfers[0]?.state !== "offered") return false;
    // Each takes its room, if all are accepted.
    const place = placeOf(size, { ...places, memory: { left } });
    if (place === "page") left -= size;
    return place === "page" || place === "shelf";
  }).map(({ id }) => id);
}
