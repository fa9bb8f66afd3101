/**
 * The chat with one peer: frames in, frames out. A peer whose first words are no frame, and every
 * peer of version 1 that does not begin with `hello`, is a plain client: it is sent plain words, and
 * what it sends is shown as it is.
 *
 * What is sent the moment a channel opens may be lost, for the browser at the other end opens it a
 * little later (seen in Chromium on a busy machine). So a `hello` is answered with one, and nothing
 * that was kept is sent before the peer was heard.
 *
 * @module
 */

import { CHAT_APP, CHAT_VERSION, type ChatFrame, parseChatFrame } from "../protocol/chat.ts";
import type { Version } from "../protocol/messages.ts";

/** A message as it travels: `id` is a ULID, `at` milliseconds since 1970. */
export interface Words {
  /** The same at every resending. */
  id: string;
  /** When it was said, by the clock of who said it. */
  at: number;
  /** What was said. */
  text: string;
}

/** What a {@linkcode ChatLine} needs. */
export interface ChatLineOptions {
  /** The version that the peer speaks to the server. */
  version: Version;
  /** Sends a frame; tells whether it went out. */
  send: (text: string) => boolean;
  /** The peer said something. */
  onWords: (words: Words) => void;
  /** A plain peer said something, which has no id and no time of its own. */
  onPlain: (text: string) => void;
  /** The message `id` arrived there, or was seen. */
  onMark: (id: string, mark: "delivered" | "seen") => void;
  /** The channel is open, and it is known how the peer speaks. */
  onReady: () => void;
  /** The peer leaves on purpose. */
  onBye: () => void;
}

/** A chat with one peer over one channel. */
export class ChatLine {
  #options: ChatLineOptions;
  #greeted = false;
  #answered = false;
  #plain: boolean;
  #heard = false;
  /** What could not go out yet: some peers speak before they confirm that the channel is open. */
  #held: ChatFrame[] = [];

  /** Prepares the line; {@linkcode ChatLine.open} speaks first. */
  constructor(options: ChatLineOptions) {
    this.#options = options;
    this.#plain = options.version === 1;
  }

  /** Whether the peer is taken for a plain client, which acks nothing. */
  get isPlain(): boolean {
    return this.#plain;
  }

  /** Says hello, once, to a peer that may understand it, and what was held back. */
  open(): void {
    if (!this.#plain && !this.#greeted) this.#greet();
    for (const frame of this.#held.splice(0)) this.#reply(frame);
    if (this.#plain || this.#heard) this.#options.onReady();
  }

  /** Sends words; tells how far they have come. */
  say(words: Words): "sending" | "sent" {
    const { send } = this.#options;
    const went = this.#plain ? send(words.text) : this.#send({ t: "say", ...words });
    return went ? "sent" : "sending";
  }

  /** Tells the peer that its message was on a visible screen. */
  seen(id: string): void {
    if (!this.#plain) this.#reply({ t: "seen", id });
  }

  /** Tells the peer that this side leaves. */
  bye(): void {
    if (!this.#plain) this.#send({ t: "bye" });
  }

  /** Takes a frame of the peer. */
  receive(data: unknown): void {
    if (typeof data !== "string") return;
    const frame = parseChatFrame(data);
    const isFirst = !this.#heard;
    if (isFirst) {
      this.#heard = true;
      this.#plain = !frame.ok || this.#options.version === 1 && frame.value.t !== "hello";
    }
    if (this.#plain) this.#options.onPlain(data);
    else if (frame.ok) this.#act(frame.value);
    if (isFirst) this.#options.onReady();
  }

  #act(frame: ChatFrame): void {
    const { onWords, onMark, onBye } = this.#options;
    switch (frame.t) {
      case "hello":
        if (!this.#answered) this.#answered = this.#greet();
        return;
      case "say":
        // Acked even when it is known already: the first ack may have been lost.
        this.#reply({ t: "ack", id: frame.id });
        return onWords({ id: frame.id, at: frame.at, text: frame.text });
      case "ack":
        return onMark(frame.id, "delivered");
      case "seen":
        return onMark(frame.id, "seen");
      case "bye":
        return onBye();
      case "typing":
        return;
      default:
        frame satisfies never;
    }
  }

  #greet(): boolean {
    const went = this.#send({ t: "hello", app: CHAT_APP, v: CHAT_VERSION });
    this.#greeted ||= went;
    return went;
  }

  #reply(frame: ChatFrame): void {
    if (!this.#send(frame)) this.#held.push(frame);
  }

  #send(frame: ChatFrame): boolean {
    return this.#options.send(JSON.stringify(frame));
  }
}
