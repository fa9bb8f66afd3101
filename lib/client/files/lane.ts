/**
 * The data channel on which bytes go out to one person. It takes no more than the browser sends soon,
 * and asks for the next chunk when there is room: nothing waits in between, so nothing has to be
 * released when the channel closes.
 *
 * @module
 */

import { MAX_FILE_CHUNK_BYTES } from "../../protocol/file_frames.ts";
import type { Bytes } from "./chunk.ts";
import type { ChannelPort } from "../rtc.ts";

/** The most bytes that wait in the browser: with more of them, words on the channel beside wait longer. */
export const HIGH_WATER: number = 256 * 1024;

/** Bytes that still wait when more are added (W3C WebRTC, `bufferedAmountLowThreshold`). */
const LOW_WATER = 64 * 1024;

/** What a {@linkcode Lane} needs. */
export interface LaneOptions {
  /** Opens a channel, if there is a connection. */
  open: () => ChannelPort | undefined;
  /** Whether there is anything to send. */
  wants: () => boolean;
  /** The next chunk, if one is at hand. */
  next: () => Bytes | undefined;
  /** The channel broke, or none could be opened; what it had taken may be lost. */
  onBreak: () => void;
}

/** A way out for chunks. */
export class Lane {
  #options: LaneOptions;
  #channel: ChannelPort | undefined;

  /** Opens nothing before there is something to send. */
  constructor(options: LaneOptions) {
    this.#options = options;
  }

  /** Sends what there is, as far as there is room. */
  wake(): void {
    const channel = this.#channel ?? this.#open();
    if (channel?.readyState !== "open") return;
    while (channel.bufferedAmount <= HIGH_WATER - MAX_FILE_CHUNK_BYTES) {
      const chunk = this.#options.next();
      if (chunk === undefined) return;
      try {
        channel.send(chunk);
      } catch {
        // Closing, or full against all reckoning (W3C WebRTC section 6.2): the chunk is lost.
        return this.#break();
      }
    }
  }

  /** Closes the channel; the next thing to send opens another. Calling it again does nothing. */
  close(): void {
    const channel = this.#channel;
    this.#channel = undefined;
    if (channel === undefined) return;
    channel.onopen = null;
    channel.onclose = null;
    channel.onbufferedamountlow = null;
    channel.close();
  }

  #open(): ChannelPort | undefined {
    const { open, wants, onBreak } = this.#options;
    if (!wants()) return undefined;
    const channel = open();
    if (channel === undefined) {
      onBreak();
      return undefined;
    }
    channel.binaryType = "arraybuffer";
    channel.bufferedAmountLowThreshold = LOW_WATER;
    channel.onopen = () => this.wake();
    channel.onbufferedamountlow = () => this.wake();
    channel.onclose = () => this.#break();
    return this.#channel = channel;
  }

  #break(): void {
    this.close();
    this.#options.onBreak();
  }
}
