import type { Places } from "../../../lib/client/files/choose_sink.ts";
import type { Parcel } from "../../../lib/client/files/transfer.ts";
import { placeOf } from "./place.ts";

/** The files that wait for an answer, and for whose place nobody has to be asked; oldest first. */
export function waitingIn(
  parcels: ReadonlyMap<string, Parcel>,
  places: Places,
): string[] {
  return [...parcels.values()].filter(({ direction, size, transfers }) => {
    if (direction === "out" || transfers[0]?.state !== "offered") return false;
    const place = placeOf(size, places);
    return place === "page" || place === "shelf";
  }).map(({ id }) => id);
}
