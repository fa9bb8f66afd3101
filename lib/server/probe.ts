/**
 * Asking a full room whether all are there, before a newcomer is sent away: a peer whose network
 * died makes no event, and would keep its seat from the living until the idle timeout.
 *
 * @module
 */

import { CLOSE } from "../protocol/closes.ts";
import type { Deadlines, Expiring } from "./deadlines.ts";
import type { Room, Seat } from "./room.ts";

/** Milliseconds in which a peer that is asked for a sign of life has to give one. */
export const PROBE_TIMEOUT = 2_000;

/**
 * Asks the quiet peers of `room`. Resolves when all have answered or the time is up; those who were
 * silent have lost their seats by then. Answers nothing where there is nobody to ask.
 */
export function probe(room: Room, deadlines: Deadlines): Promise<void> | undefined {
  const silent = new Set<Seat>();
  const { promise, resolve } = Promise.withResolvers<void>();
  const question: Expiring = {
    expire() {
      for (const seat of silent) {
        const { member } = seat;
        room.leave(seat, "lost");
        member?.dismiss(CLOSE.seatLost);
      }
      resolve();
    },
  };
  for (const seat of room.seats) {
    const heard = () => {
      if (!silent.delete(seat) || silent.size > 0) return;
      deadlines.delete(question);
      resolve();
    };
    if (seat.member?.ask(heard)) silent.add(seat);
  }
  if (silent.size === 0) return undefined;
  deadlines.add(question);
  return promise;
}
