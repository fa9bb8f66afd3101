/**
 * How far a file has come with one person: what a page draws, and what both directions keep of it.
 *
 * @module
 */

import type { Clock } from "../../clock.ts";
import type { FileFrame, FileOffer, FileReason } from "../../protocol/file_frames.ts";
import { RateMeter } from "./rate.ts";

/**
 * How a transfer is doing: nobody accepted it yet, it waits for its turn, moves, is held, has no
 * connection, has its sum compared – or is over, in one of four ways.
 */
export type TransferState =
  | "offered"
  | "waiting"
  | "moving"
  | "paused"
  | "stalled"
  | "verifying"
  | "done"
  | "rejected"
  | "cancelled"
  | "failed";

/** Who did something. */
export type Side = "us" | "them";

/** Why a transfer is over; `left` means that the person went for good. */
export type EndReason = FileReason | "left";

/** A file on its way to, or from, one person. */
export interface Transfer {
  /** Who is at the other end. */
  readonly person: string;
  /** How it is doing. */
  readonly state: TransferState;
  /** Bytes that are safely at the receiver. */
  readonly bytes: number;
  /** Bytes in a second; 0 unless it moves, and before anything can be said. */
  readonly rate: number;
  /** Seconds until all is there, where that can be said. */
  readonly secondsLeft: number | undefined;
  /** Whether this side holds it. */
  readonly isPausedByUs: boolean;
  /** Whether the other side holds it. */
  readonly isPausedByThem: boolean;
  /** Who ended it; absent where it is not over, or done. */
  readonly by: Side | undefined;
  /** Why it was cancelled, or has failed. */
  readonly reason: EndReason | undefined;
}

/** How a transfer was ended. */
export interface Ending {
  /** In which way. */
  readonly state: "done" | "rejected" | "cancelled" | "failed";
  /** By whom. */
  readonly by?: Side;
  /** Why. */
  readonly reason?: EndReason;
}

/** A file that is offered, and where it stands with each person that it concerns. */
export interface Parcel {
  /** The `id` of the message that offers it. */
  readonly id: string;
  /** Its name, which any disk takes. */
  readonly name: string;
  /** Its bytes. */
  readonly size: number;
  /** Its type, as `type/subtype`; it is the sender's word, and no more. */
  readonly type: string;
  /** Whether it goes out, or comes in. */
  readonly direction: "out" | "in";
  /** Whether it is ours, and is not to be had any more. */
  readonly isWithdrawn: boolean;
  /** The file itself: ours, or what came, unless that went to a place that the person chose. */
  readonly content: Blob | undefined;
  /** One, for a file that comes in; for one of ours, one for each person that answered. */
  readonly transfers: readonly Transfer[];
}

/** What a transfer needs, whichever way it goes. */
export interface TransferOptions {
  /** The time. */
  clock: Clock;
  /** The file. */
  offer: FileOffer;
  /** Who is at the other end. */
  person: string;
  /** Says something to that person, if it can be reached. */
  say: (frame: FileFrame) => void;
  /** It moved on, or its state changed. */
  onChange: (what: "state" | "progress") => void;
}

/** Makes an ending of what somebody said. */
export function endingOf(reason: EndReason, by: Side): Ending {
  return { state: reason === "cancelled" ? "cancelled" : "failed", by, reason };
}

/** How a transfer ended at the receiver, in words for a sender that may not have heard. */
export function lastWord(id: string, ending: Ending | undefined): FileFrame {
  if (ending?.state === "done") return { t: "file-done", id };
  if (ending?.state === "rejected") return { t: "file-reject", id };
  // Of what was accepted before the page was reloaded nothing is left.
  const reason = ending?.reason === undefined || ending.reason === "left" ? "gone" : ending.reason;
  return { t: "file-cancel", id, reason };
}

/** What is kept of a transfer, whichever way it goes. */
export class Standing {
  /** Who is at the other end. */
  readonly person: string;
  /** Whether the receiver wants it. */
  isAccepted = false;
  /** Whether this side holds it. */
  isPausedByUs = false;
  /** Whether the other side holds it. */
  isPausedByThem = false;
  /** How it ended, if it did. */
  ending: Ending | undefined;
  #meter: RateMeter;
  #bytes = 0;

  /** Begins as an offer. */
  constructor(person: string, clock: Clock) {
    this.person = person;
    this.#meter = new RateMeter(clock);
  }

  /** Whether it is to go on: accepted, and not over. */
  get isLive(): boolean {
    return this.isAccepted && this.ending === undefined;
  }

  /** Whether the receiver can have it, for the first time or again. */
  get isOpen(): boolean {
    const { ending, isLive } = this;
    return !isLive && ending?.state !== "done" &&
      !(ending?.state === "cancelled" && ending.by === "them");
  }

  /** Whether somebody holds it. */
  get isPaused(): boolean {
    return this.isPausedByUs || this.isPausedByThem;
  }

  /** It was accepted, from `bytes` on. */
  accept(bytes: number): void {
    this.isAccepted = true;
    this.isPausedByThem = false;
    this.ending = undefined;
    this.restart(bytes);
  }

  /** It is an offer again, of which nothing has arrived. */
  reopen(): void {
    this.isAccepted = this.isPausedByUs = this.isPausedByThem = false;
    this.ending = undefined;
    this.restart(0);
  }

  /** There are `bytes` now; the time before this does not count for the rate. */
  restart(bytes: number): void {
    this.#bytes = bytes;
    this.#meter.reset(bytes);
  }

  /** There are `bytes` now. */
  note(bytes: number): void {
    this.#bytes = bytes;
    this.#meter.note(bytes);
  }

  /** Draws it, in `state` unless it is over. */
  describe(size: number, state: TransferState): Transfer {
    const { person, ending, isPausedByUs, isPausedByThem } = this;
    const rate = state === "moving" && ending === undefined ? this.#meter.rate : 0;
    return {
      person,
      state: ending?.state ?? state,
      bytes: this.#bytes,
      rate,
      secondsLeft: rate > 0 ? Math.ceil((size - this.#bytes) / rate) : undefined,
      isPausedByUs,
      isPausedByThem,
      by: ending?.by,
      reason: ending?.reason,
    };
  }
}
