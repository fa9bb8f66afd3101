/**
 * A file of ours on its way to one person. It goes where the receiver says it wants it from, as far as
 * that is known to write it, and is over when the receiver says so.
 *
 * @module
 */

import type { FileFrame } from "../../protocol/file_frames.ts";
import { type Bytes, formatChunk } from "./chunk.ts";
import { Reel } from "./reel.ts";
import type { Source } from "./source.ts";
import {
  endingOf,
  type EndReason,
  Standing,
  type Transfer,
  type TransferOptions,
  type TransferState,
} from "./transfer.ts";

/** What a {@linkcode Sending} needs. */
export interface SendingOptions extends TransferOptions {
  /** Where its bytes are. */
  source: Source;
  /** It may have something to send. */
  onWake: () => void;
}

/** A file on its way out. */
export class Sending {
  #options: SendingOptions;
  #standing: Standing;
  #reel: Reel;
  /** What the receiver calls it on the lane; absent while it has not said from where to go on. */
  #mark: number | undefined;
  #sent = 0;
  #got = 0;
  #hasTurn = false;
  #hasEnded = false;

  /** Begins as an offer. */
  constructor(options: SendingOptions) {
    this.#options = options;
    this.#standing = new Standing(options.person, options.clock);
    this.#reel = new Reel({
      source: options.source,
      onLoad: options.onWake,
      onFail: () => this.#fail("unreadable"),
    });
  }

  /** Whether it is accepted, and not over. */
  get isLive(): boolean {
    return this.#standing.isLive;
  }

  /** Whether it has bytes left that it may send. */
  get isHungry(): boolean {
    return this.isLive && this.#mark !== undefined && !this.#standing.isPaused &&
      this.#sent < this.#options.offer.size;
  }

  /** Whether it is to go on, and nobody says from where. */
  get isStalled(): boolean {
    return this.isLive && this.#mark === undefined;
  }

  /** Bytes that were sent, and are not known to be written. */
  get outstanding(): number {
    return this.isLive && this.#mark !== undefined ? this.#sent - this.#got : 0;
  }

  /** Draws it. */
  describe(): Transfer {
    return this.#standing.describe(this.#options.offer.size, this.#state);
  }

  /** The receiver wants it, from `offset` on. */
  accept(offset: number, mark: number): void {
    const { ending } = this.#standing;
    if (ending?.state === "cancelled" && ending.by === "us") return this.ask();
    if (offset > this.#options.offer.size) return this.#fail("mismatch");
    this.#standing.accept(offset);
    this.#sent = this.#got = offset;
    this.#mark = mark;
    this.#hasTurn = this.#hasEnded = false;
    if (this.#standing.isPausedByUs) this.#say({ t: "file-pause", id: this.#id, on: true });
    this.#options.onChange("state");
    this.#move();
  }

  /** No chunk may go out under this mark any more, for another file has it. */
  revoke(mark: number): void {
    if (this.#mark === mark) this.stall();
  }

  /** The way broke: nothing is sent before the receiver says from where. */
  stall(): void {
    this.#mark = undefined;
    this.#reel.drop();
    this.#hasTurn = false;
    if (this.isLive) this.#options.onChange("state");
  }

  /** Asks how far the receiver is, as the way is there again; or says how it ended. */
  ask(): void {
    const { ending } = this.#standing;
    const isOurs = ending?.by === "us" && ending.reason !== undefined && ending.reason !== "left";
    if (this.isLive) this.#say({ t: "file-ask", id: this.#id });
    else if (isOurs) this.#say({ t: "file-cancel", id: this.#id, reason: ending.reason });
    else if (ending?.reason === "left") this.#reopen();
  }

  /** Takes its turn: the next chunk, with at most `limit` bytes outstanding. */
  take(limit: number): Bytes | undefined {
    if (!this.#hasTurn) {
      this.#hasTurn = true;
      this.#options.onChange("state");
    }
    const mark = this.#mark;
    if (mark === undefined || this.outstanding >= limit) return undefined;
    const payload = this.#reel.take(this.#sent);
    if (payload === undefined) return undefined;
    const chunk = formatChunk({ mark, offset: this.#sent, payload });
    this.#sent += payload.length;
    if (this.#sent === this.#options.offer.size) void this.#end();
    return chunk;
  }

  /** Takes what the receiver says. */
  receive(frame: Exclude<FileFrame, { t: "file-accept" | "file-end" | "file-ask" }>): void {
    switch (frame.t) {
      case "file-got":
        // More than was sent cannot be there, and less than before was said earlier.
        if (!this.isLive || frame.offset <= this.#got || frame.offset > this.#sent) return;
        this.#got = frame.offset;
        this.#standing.note(frame.offset);
        this.#options.onChange(this.#isComplete ? "state" : "progress");
        return this.#options.onWake();
      case "file-pause":
        if (!this.isLive) return;
        this.#standing.isPausedByThem = frame.on;
        return this.#resume();
      case "file-done":
        if (!this.isLive || !this.#hasEnded) return;
        this.#standing.note(this.#options.offer.size);
        return this.#close({ state: "done" });
      case "file-reject":
        if (this.#isOver) return;
        return this.#close({ state: "rejected", by: "them" });
      case "file-cancel":
        if (this.#isOver) return;
        // Its page was reloaded: what it had is lost, and it may want it again.
        if (frame.reason === "gone") return this.#reopen();
        return this.#close(endingOf(frame.reason, "them"));
      default:
        frame satisfies never;
    }
  }

  /** Holds it, or lets it go on. */
  pause(on: boolean): void {
    if (!this.isLive || this.#standing.isPausedByUs === on) return;
    this.#standing.isPausedByUs = on;
    this.#say({ t: "file-pause", id: this.#id, on });
    this.#resume();
  }

  /** Ends it, unless it is over. */
  cancel(): void {
    this.#fail("cancelled");
  }

  /** The person is gone for good. */
  leave(): void {
    if (!this.#isOver) this.#close(endingOf("left", "them"));
  }

  get #id(): string {
    return this.#options.offer.id;
  }

  get #isOver(): boolean {
    return this.#standing.ending !== undefined;
  }

  get #isComplete(): boolean {
    return this.#got === this.#options.offer.size;
  }

  get #state(): TransferState {
    if (!this.#standing.isAccepted) return "offered";
    if (this.#mark === undefined) return "stalled";
    if (this.#isComplete) return "verifying";
    if (this.#standing.isPaused) return "paused";
    return this.#hasTurn ? "moving" : "waiting";
  }

  #say(frame: FileFrame): void {
    this.#options.say(frame);
  }

  #reopen(): void {
    this.#mark = undefined;
    this.#reel.drop();
    this.#standing.reopen();
    this.#options.onChange("state");
  }

  #resume(): void {
    this.#hasTurn = false;
    this.#standing.restart(this.#got);
    this.#options.onChange("state");
    this.#move();
  }

  #move(): void {
    if (this.#sent === this.#options.offer.size) void this.#end();
    else this.#options.onWake();
  }

  async #end(): Promise<void> {
    const mark = this.#mark;
    this.#reel.drop();
    try {
      const sha256 = await this.#options.source.sum();
      if (!this.isLive || this.#mark !== mark || mark === undefined) return;
      this.#hasEnded = true;
      this.#say({ t: "file-end", id: this.#id, sha256 });
    } catch {
      this.#fail("unreadable");
    }
  }

  #fail(reason: Exclude<EndReason, "left">): void {
    if (this.#isOver) return;
    this.#say({ t: "file-cancel", id: this.#id, reason });
    this.#close(endingOf(reason, "us"));
  }

  #close(ending: NonNullable<Standing["ending"]>): void {
    this.#standing.ending = ending;
    this.#mark = undefined;
    this.#reel.drop();
    this.#options.onChange("state");
    // Who waits gets its turn.
    this.#options.onWake();
  }
}
