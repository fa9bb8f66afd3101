/**
 * What a page draws of all files: made anew only where something changed, and told of at once where
 * a state changed, a few times a second where bytes moved.
 *
 * @module
 */

import type { Cancel, Clock } from "../../clock.ts";
import type { Parcel, Transfer } from "./transfer.ts";

/** Milliseconds between two reports of bytes that moved. */
const PROGRESS = 200;

/** Milliseconds after which a rate is told of again although nothing moved: it sinks. */
const DECAY = 1_000;

/** What a {@linkcode Board} needs. */
export interface BoardOptions {
  /** The time. */
  clock: Clock;
  /** Draws a file; `undefined` where there is none of that name any more. */
  draw: (id: string) => Parcel | undefined;
  /** There is something new to see. */
  onChange: () => void;
}

/** The files, as they can be seen. */
export class Board {
  #options: BoardOptions;
  #parcels: ReadonlyMap<string, Parcel> = new Map();
  #changed = new Set<string>();
  #reportedAt = -PROGRESS;
  /** Whether the map is another one than at the last report; somebody may have looked since. */
  #hasNews = false;
  #isDue = false;
  #cancelSoon: Cancel | undefined;
  #cancelDecay: Cancel | undefined;
  #isClosed = false;

  /** Begins empty. */
  constructor(options: BoardOptions) {
    this.#options = options;
  }

  /** All files by their `id`, as of now: the same map, and in it the same objects, unless they changed. */
  get parcels(): ReadonlyMap<string, Parcel> {
    if (this.#changed.size > 0) this.#redraw();
    return this.#parcels;
  }

  /** The file `id` changed. */
  note(id: string, what: "state" | "progress"): void {
    if (this.#isClosed) return;
    this.#changed.add(id);
    if (what === "state") return this.#reportNow();
    if (this.#isDue) return;
    const delay = this.#reportedAt + PROGRESS - this.#options.clock.now();
    this.#cancelSoon ??= this.#options.clock.after(Math.max(0, delay), () => this.#report());
  }

  /** Reports nothing any more. Calling it again does nothing. */
  close(): void {
    this.#isClosed = true;
    this.#cancelTimers();
  }

  /** One report for all that changes in one go. */
  #reportNow(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    queueMicrotask(() => {
      this.#isDue = false;
      if (!this.#isClosed) this.#report();
    });
  }

  #report(): void {
    this.#cancelTimers();
    const parcels = this.parcels;
    this.#reportedAt = this.#options.clock.now();
    const moving = [...parcels.values()].filter(({ transfers }) => transfers.some(isMoving));
    if (moving.length > 0) {
      this.#cancelDecay = this.#options.clock.after(DECAY, () => {
        for (const { id } of moving) this.#changed.add(id);
        this.#report();
      });
    }
    if (!this.#hasNews) return;
    this.#hasNews = false;
    this.#options.onChange();
  }

  #cancelTimers(): void {
    this.#cancelSoon?.();
    this.#cancelDecay?.();
    this.#cancelSoon = this.#cancelDecay = undefined;
  }

  #redraw(): void {
    const parcels = new Map(this.#parcels);
    let isNew = false;
    for (const id of this.#changed) {
      const before = parcels.get(id);
      const after = this.#options.draw(id);
      if (after === undefined) isNew = parcels.delete(id) || isNew;
      else if (before === undefined || !isSame(before, after)) {
        parcels.set(id, after);
        isNew = true;
      }
    }
    this.#changed.clear();
    if (!isNew) return;
    this.#parcels = parcels;
    this.#hasNews = true;
  }
}

function isMoving({ state }: Transfer): boolean {
  return state === "moving";
}

function isSame(one: Parcel, other: Parcel): boolean {
  return one.isWithdrawn === other.isWithdrawn && one.content === other.content &&
    one.transfers.length === other.transfers.length &&
    one.transfers.every((transfer, index) => isSameTransfer(transfer, other.transfers[index]!));
}

function isSameTransfer(one: Transfer, other: Transfer): boolean {
  return Object.entries(one).every(([key, value]) => other[key as keyof Transfer] === value);
}
