/**
 * The data channels `chat` of one connection. Where both sides offered there are two: both are heard.
 * Each side speaks on the one on which it heard the other first, for a browser may not listen yet to
 * one that is open; and before that, on the one that the impolite side opened.
 *
 * @module
 */

import type { ChannelPort } from "./rtc.ts";

/** What {@linkcode ChatChannels} need. */
export interface ChatChannelsOptions {
  /** Hears every frame. */
  onFrame: (data: unknown) => void;
  /** A channel came, opened or closed. */
  onChange: () => void;
}

/** How many channels are listened to at a time. */
const CHANNELS = 8;

/** The channels `chat` of a connection. */
export class ChatChannels {
  #options: ChatChannelsOptions;
  /** The one to speak on first. */
  #channels: ChannelPort[] = [];
  /** The one on which the peer was heard first. */
  #proven: ChannelPort | undefined;

  /** Begins without a channel. */
  constructor(options: ChatChannelsOptions) {
    this.#options = options;
  }

  /** Where the chat is: nobody opened a channel yet, one is on its way, open, or all are closed. */
  get state(): "none" | "opening" | "open" | "closed" {
    if (this.#channels.length === 0) return "none";
    if (this.#open() !== undefined) return "open";
    return this.#channels.some(({ readyState }) => readyState === "connecting")
      ? "opening"
      : "closed";
  }

  /** Takes a channel; `preferred` is the one to speak on. */
  adopt(channel: ChannelPort, preferred: boolean): void {
    if (this.#channels.length > 0) {
      this.#channels = this.#channels.filter(({ readyState }) => readyState !== "closed");
    }
    // More of them than any trouble needs are refused.
    if (this.#channels.length >= CHANNELS) return channel.close();
    if (preferred) this.#channels.unshift(channel);
    else this.#channels.push(channel);
    channel.onmessage = ({ data }) => {
      this.#proven ??= channel;
      this.#options.onFrame(data);
    };
    channel.onopen = () => this.#options.onChange();
    channel.onclose = () => this.#options.onChange();
    this.#options.onChange();
  }

  /** Sends a frame; tells whether there was an open channel that took it. */
  send(text: string): boolean {
    const channel = this.#open();
    if (channel === undefined) {
      // Chromium under load lets a channel fall back to connecting, without an event.
      this.#options.onChange();
      return false;
    }
    try {
      channel.send(text);
      return true;
    } catch {
      // Closed, or its buffer is full (W3C WebRTC section 6.2): the words are kept, and sent again.
      return false;
    }
  }

  /** Closes them all, and hears nothing more. Calling it again does nothing. */
  close(): void {
    this.#proven = undefined;
    for (const channel of this.#channels.splice(0)) {
      channel.onmessage = null;
      channel.onopen = null;
      channel.onclose = null;
      channel.close();
    }
  }

  #open(): ChannelPort | undefined {
    const proven = this.#proven?.readyState === "open" ? this.#proven : undefined;
    return proven ?? this.#channels.find(({ readyState }) => readyState === "open");
  }
}
