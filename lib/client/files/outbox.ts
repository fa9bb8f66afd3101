/**
 * Everything that goes out to one person: a few files at a time, a chunk of each in turn, on one lane.
 * The others wait for a file that has nothing left to send.
 *
 * @module
 */

import type { Cancel, Clock } from "../../clock.ts";
import { FILE_WINDOW } from "../../protocol/file_frames.ts";
import type { ChannelPort } from "../rtc.ts";
import type { Bytes } from "./chunk.ts";
import { Lane } from "./lane.ts";
import type { Sending } from "./sending.ts";

/** Files that move at a time. */
export const STREAMS = 4;

/** Milliseconds until a lane that broke, while all else goes on, is tried again. */
const REST = 1_000;

/** What an {@linkcode Outbox} needs. */
export interface OutboxOptions {
  /** The time. */
  clock: Clock;
  /** Opens a channel, if there is a connection. */
  openChannel: () => ChannelPort | undefined;
}

/** The way out to one person. */
export class Outbox {
  #clock: Clock;
  #lane: Lane;
  /** Those that are not over, in the order in which they were accepted. */
  #sendings = new Set<Sending>();
  /** Those whose turn it is, the next one first. */
  #moving: Sending[] = [];
  #cancelRest: Cancel = () => {};

  /** Begins with nothing to send. */
  constructor({ clock, openChannel }: OutboxOptions) {
    this.#clock = clock;
    this.#lane = new Lane({
      open: openChannel,
      wants: () => [...this.#sendings].some(({ isHungry }) => isHungry),
      next: () => this.#next(),
      onBreak: () => this.#mend(),
    });
  }

  /** Takes a file that was accepted under `mark`, which no other one has from now on. */
  add(sending: Sending, mark: number): void {
    for (const other of this.#sendings) if (other !== sending) other.revoke(mark);
    this.#sendings.add(sending);
  }

  /** One of them may have something to send, or there may be room for it. */
  wake(): void {
    for (const sending of this.#sendings) if (!sending.isLive) this.#sendings.delete(sending);
    this.#lane.wake();
  }

  /** The connection broke: nothing goes out before each was accepted again. */
  stall(): void {
    this.#cancelRest();
    this.#lane.close();
    for (const sending of this.#sendings) sending.stall();
  }

  #next(): Bytes | undefined {
    this.#moving = this.#moving.filter(({ isHungry }) => isHungry);
    let room = FILE_WINDOW;
    for (const sending of this.#sendings) {
      room -= sending.outstanding;
      const isFree = this.#moving.length < STREAMS && sending.isHungry;
      if (isFree && !this.#moving.includes(sending)) this.#moving.push(sending);
    }
    if (room <= 0) return undefined;
    const share = FILE_WINDOW / this.#moving.length;
    for (const sending of [...this.#moving]) {
      const chunk = sending.take(share);
      // Whoever had its turn, or has nothing at hand, goes to the end.
      this.#moving.push(this.#moving.shift()!);
      if (chunk !== undefined) return chunk;
    }
    return undefined;
  }

  #mend(): void {
    this.stall();
    this.#cancelRest = this.#clock.after(REST, () => {
      for (const sending of this.#sendings) if (sending.isStalled) sending.ask();
    });
  }
}
