/**
 * Everything that comes in from one person: the channels that it opened, and the files that their
 * chunks belong to. A chunk of a mark that nobody waits for is dropped.
 *
 * @module
 */

import type { Cancel, Clock } from "../../clock.ts";
import { FILE_WINDOW, FILES_CHANNEL } from "../../protocol/file_frames.ts";
import type { ChannelPort } from "../rtc.ts";
import { type Bytes, parseChunk } from "./chunk.ts";

/** Channels of one person that are listened to at a time. */
const CHANNELS = 8;

/** Bytes of one person's that may wait for sinks: twice what an honest sender sends. */
const MAX_PENDING_BYTES = 2 * FILE_WINDOW;

/** Milliseconds of silence after which what was sent is taken for lost. */
const SILENCE = 5_000;

/** A file that chunks come for. */
export interface Recipient {
  /** Bytes of memory that wait for the sink. */
  readonly pending: number;
  /** Takes a chunk; `isTooMuch` where no more fits. */
  take(chunk: { offset: number; payload: Bytes }, isTooMuch: boolean): void;
}

/** What an {@linkcode Inbox} needs. */
export interface InboxOptions {
  /** The time. */
  clock: Clock;
  /** Draws a mark that was never used before. */
  drawMark: () => number;
}

/** The way in from one person. */
export class Inbox {
  #options: InboxOptions;
  #channels: ChannelPort[] = [];
  #recipients = new Map<number, Recipient>();
  #watches = new Map<number, Cancel>();
  #heardAt = 0;

  /** Begins with nothing to wait for. */
  constructor(options: InboxOptions) {
    this.#options = options;
  }

  /** Listens to a channel; one of another name is left alone. */
  adopt(channel: ChannelPort): void {
    if (channel.label !== FILES_CHANNEL) return;
    this.#channels = this.#channels.filter(({ readyState }) => readyState !== "closed");
    // More of them than any trouble needs are refused.
    if (this.#channels.length >= CHANNELS) return channel.close();
    channel.binaryType = "arraybuffer";
    channel.onmessage = ({ data }) => this.#hear(data);
    this.#channels.push(channel);
  }

  /** Has chunks come to `recipient`; answers with the mark to ask for them by. */
  open(recipient: Recipient): number {
    const mark = this.#options.drawMark();
    this.#recipients.set(mark, recipient);
    return mark;
  }

  /** Says when nothing has come from this person for a while; again and again, until `mark` is shut. */
  watch(mark: number, onSilence: () => void): void {
    const { clock } = this.#options;
    this.#watches.get(mark)?.();
    const check = () => {
      if (clock.now() - this.#heardAt >= SILENCE) onSilence();
    };
    this.#watches.set(mark, clock.every(SILENCE, check));
  }

  /** Nothing is to come under `mark` any more. */
  shut(mark: number): void {
    this.#recipients.delete(mark);
    this.#watches.get(mark)?.();
    this.#watches.delete(mark);
  }

  /** Listens to nothing any more. Calling it again does nothing. */
  close(): void {
    for (const channel of this.#channels.splice(0)) {
      channel.onmessage = null;
      channel.close();
    }
  }

  #hear(data: unknown): void {
    this.#heardAt = this.#options.clock.now();
    const chunk = parseChunk(data);
    if (!chunk.ok) return;
    const { mark, offset, payload } = chunk.value;
    const recipient = this.#recipients.get(mark);
    if (recipient === undefined) return;
    let total = payload.length;
    for (const { pending } of this.#recipients.values()) total += pending;
    recipient.take({ offset, payload }, total > MAX_PENDING_BYTES);
  }
}
