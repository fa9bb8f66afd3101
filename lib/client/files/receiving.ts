/**
 * A file that somebody offers, on its way here. It is asked for from the first byte that is not here
 * yet, again whenever the way there is new, and is there when its sum is what the sender says.
 *
 * @module
 */

import type { FileFrame, FileOffer, FileReason } from "../../protocol/file_frames.ts";
import type { Bytes } from "./chunk.ts";
import type { Inbox } from "./inbox.ts";
import { Receipts } from "./receipts.ts";
import type { Received, Sink } from "./sink.ts";
import {
  endingOf,
  lastWord,
  type Parcel,
  Standing,
  type TransferOptions,
  type TransferState,
} from "./transfer.ts";
import { SinkWriter } from "./sink_writer.ts";

/** What a {@linkcode Receiving} needs. */
export interface ReceivingOptions extends TransferOptions {
  /** The way in, where the person can be reached. */
  inbox: () => Inbox | undefined;
}

/** A file on its way in. */
export class Receiving {
  /** Who offers it. */
  readonly person: string;
  #options: ReceivingOptions;
  #offer: FileOffer;
  #standing: Standing;
  #writing: SinkWriter | undefined;
  #received: Received | undefined;
  /** What its chunks are called; absent while nothing can come. */
  #mark: number | undefined;
  #sha256: string | undefined;
  #inbox: Inbox | undefined;
  #receipts: Receipts;
  #hasHeard = false;

  /** Begins as an offer. */
  constructor(options: ReceivingOptions) {
    this.#options = options;
    this.#offer = options.offer;
    this.person = options.person;
    this.#standing = new Standing(options.person, options.clock);
    this.#receipts = new Receipts(options.clock, (offset) => {
      options.say({ t: "file-got", id: options.offer.id, offset });
    });
  }

  /** Bytes of memory that wait for the sink. */
  get pending(): number {
    return this.#writing?.pending ?? 0;
  }

  /** Draws it. */
  draw(): Parcel {
    const transfers = [this.#standing.describe(this.#offer.size, this.#state)];
    const file = { ...this.#offer, content: this.#received?.content };
    return { ...file, direction: "in", isWithdrawn: false, transfers };
  }

  /** Takes it into `sink`, from the beginning; drops the sink where there is nothing to take. */
  accept(sink: Sink): void {
    if (!this.#standing.isOpen) return void sink.abort().catch(() => {});
    this.#writing = new SinkWriter({
      sink,
      onWritten: () => this.#advance(),
      onFail: (reason) => this.#fail(reason),
      onDone: (received) => this.#finish(received),
    });
    this.#standing.accept(0);
    this.request();
  }

  /** Asks for what is not here yet, if there is a way; what was said and not heard may be lost. */
  request(): void {
    const writing = this.#writing;
    if (!this.#standing.isLive || writing === undefined || writing.isClosing) return;
    this.stall();
    const inbox = this.#inbox = this.#options.inbox();
    if (inbox === undefined) return;
    const offset = writing.rewind();
    const mark = this.#mark = inbox.open(this);
    this.#receipts.start(offset);
    this.#standing.isPausedByThem = false;
    this.#options.say({ t: "file-accept", id: this.#offer.id, offset, mark });
    if (this.#standing.isPausedByUs) {
      this.#options.say({ t: "file-pause", id: this.#offer.id, on: true });
    }
  }

  /** The way broke. */
  stall(): void {
    this.#shut();
    if (this.#standing.isLive) this.#rest();
  }

  /** The way is there again. */
  greet(): void {
    const { ending } = this.#standing;
    if (ending?.by === "us") return this.#options.say(lastWord(this.#offer.id, ending));
    if (ending?.reason !== "left") return this.request();
    // Whoever had left for good is back.
    this.#standing.reopen();
    this.#options.onChange("state");
  }

  /** Takes a chunk under its mark; `isTooMuch` where no more fits. */
  take({ offset, payload }: { offset: number; payload: Bytes }, isTooMuch: boolean): void {
    const writing = this.#writing;
    if (writing === undefined || !this.#standing.isLive) return;
    const isOver = offset + payload.length > this.#offer.size;
    if (isOver || isTooMuch) return this.#fail("mismatch");
    if (!this.#hasHeard) {
      this.#hasHeard = true;
      this.#options.onChange("state");
    }
    // A browser under load loses what is sent in the moment a channel opens: that is sent again.
    if (offset > writing.next) return this.request();
    if (offset === writing.next) writing.push(payload);
  }

  /** Takes what the sender says. */
  receive(frame: FileFrame & { t: "file-end" | "file-ask" | "file-pause" | "file-cancel" }): void {
    const { ending, isLive } = this.#standing;
    switch (frame.t) {
      case "file-end":
        if (ending !== undefined) return this.#options.say(lastWord(this.#offer.id, ending));
        if (!isLive) return;
        this.#sha256 = frame.sha256;
        if (this.#mark !== undefined) this.#inbox?.watch(this.#mark, () => this.#miss());
        return this.#complete();
      case "file-ask":
        if (isLive) return this.request();
        return this.#options.say(lastWord(this.#offer.id, ending));
      case "file-pause":
        if (!isLive) return;
        this.#standing.isPausedByThem = frame.on;
        return this.#rest();
      case "file-cancel":
        if (ending !== undefined) return;
        this.#writing?.abort();
        return this.#close(endingOf(frame.reason, "them"));
      default:
        frame satisfies never;
    }
  }

  /** Holds it, or lets it go on. */
  pause(on: boolean): void {
    if (!this.#standing.isLive || this.#standing.isPausedByUs === on) return;
    this.#standing.isPausedByUs = on;
    this.#options.say({ t: "file-pause", id: this.#offer.id, on });
    this.#rest();
  }

  /** Does not want it. */
  reject(): void {
    if (this.#standing.isAccepted || this.#standing.ending !== undefined) return;
    this.#options.say({ t: "file-reject", id: this.#offer.id });
    this.#close({ state: "rejected", by: "us" });
  }

  /** Ends it, unless it is over. */
  cancel(reason: FileReason): void {
    if (this.#standing.ending === undefined) this.#fail(reason);
  }

  /** The person is gone for good. */
  leave(): void {
    if (this.#standing.ending !== undefined || this.#writing?.isClosing) return this.#shut();
    this.#writing?.abort();
    this.#close(endingOf("left", "them"));
  }

  /** Drops everything, also what is here. Calling it again does nothing. */
  close(): void {
    this.#shut();
    this.#writing?.abort();
    this.#writing = undefined;
    this.#received?.dispose().catch(() => {});
    this.#received = undefined;
  }

  get #state(): TransferState {
    if (!this.#standing.isAccepted) return "offered";
    if (this.#writing?.isClosing) return "verifying";
    if (this.#mark === undefined) return "stalled";
    if (this.#writing?.written === this.#offer.size) return "verifying";
    if (this.#standing.isPaused) return "paused";
    return this.#hasHeard ? "moving" : "waiting";
  }

  #shut(): void {
    if (this.#mark !== undefined) this.#inbox?.shut(this.#mark);
    this.#mark = this.#sha256 = undefined;
  }

  /** What comes next is of another time. */
  #rest(): void {
    this.#hasHeard = false;
    this.#standing.restart(this.#writing?.written ?? 0);
    this.#options.onChange("state");
  }

  #advance(): void {
    const offset = this.#writing?.written ?? 0;
    this.#standing.note(offset);
    this.#options.onChange(offset === this.#offer.size ? "state" : "progress");
    if (this.#mark !== undefined) this.#receipts.note(offset, this.#offer.size);
    this.#complete();
  }

  #complete(): void {
    if (this.#sha256 === undefined || this.#writing?.written !== this.#offer.size) return;
    void this.#writing.finish(this.#sha256);
    this.#options.onChange("state");
  }

  /** The sender has sent all, and nothing comes any more: what is not here was lost. */
  #miss(): void {
    const { size } = this.#offer;
    if (!this.#standing.isPaused && (this.#writing?.next ?? size) < size) this.request();
  }

  #finish(received: Received): void {
    this.#received = received;
    this.#options.say({ t: "file-done", id: this.#offer.id });
    this.#close({ state: "done" });
  }

  #fail(reason: FileReason): void {
    this.#writing?.abort();
    this.#options.say({ t: "file-cancel", id: this.#offer.id, reason });
    this.#close(endingOf(reason, "us"));
  }

  #close(ending: NonNullable<Standing["ending"]>): void {
    this.#shut();
    this.#standing.ending = ending;
    this.#writing = undefined;
    this.#options.onChange("state");
  }
}
