/**
 * The chat with one peer: frames in, frames out. A peer whose first words are no frame, and every
 * peer of version 1 that does not begin with `hello`, is a plain client: it is sent plain words, and
 * what it sends is shown as it is.
 *
 * What is sent the moment a channel opens may be lost, for the browser at the other end opens it a
 * little later (seen in Chromium on a busy machine). So a `hello` is answered with one, and nothing
 * else is said before the peer was heard; one that keeps silent is spoken to all the same.
 *
 * @module
 */

import { CHAT_APP, CHAT_VERSION, type ChatFrame, parseChatFrame } from "../protocol/chat.ts";
import type { Cancel, Clock } from "../clock.ts";
import type { FileFrame } from "../protocol/file_frames.ts";
import { countBytes, MAX_CHAT_FRAME_BYTES } from "../protocol/limits.ts";
import type { Version } from "../protocol/messages.ts";
import { frameOf, type Words, wordsOf } from "./words.ts";

/** Who somebody is to a peer. */
export interface Identity {
  /** What it calls itself. */
  name?: string | undefined;
  /** The page, which may be reloaded. */
  tab?: string | undefined;
  /** What the server calls it. */
  peer?: string | undefined;
}

/** Begins the name of a person whose page is not known: only what the server called it once. */
export const NAMELESS = "peer:";

/** What a {@linkcode ChatLine} needs. */
export interface ChatLineOptions {
  /** The time. */
  clock: Clock;
  /** The version that the peer speaks to the server. */
  version: Version;
  /** Who we are, now. */
  identify: () => Identity;
  /** Sends a frame; tells whether it went out. */
  send: (text: string) => boolean;
  /** The peer says who it is. */
  onHello: (identity: Identity) => void;
  /** The peer said something; acked when this returns. */
  onWords: (words: Words) => void;
  /** A plain peer said something, which has no id and no time of its own. */
  onPlain: (text: string) => void;
  /** The message `id` arrived there, or was seen. */
  onMark: (id: string, mark: "delivered" | "seen") => void;
  /** The peer is writing, or not any more. */
  onTyping: (isTyping: boolean) => void;
  /** The peer said what becomes of a file. */
  onFile: (frame: FileFrame) => void;
  /** Words can be said from now on. */
  onReady: () => void;
  /** The peer leaves on purpose. */
  onBye: () => void;
}

/** Milliseconds that a peer has to speak first, once the channel is open. */
const GREETING = 2_000;

/**
 * Milliseconds until a plain client is spoken to: where it offered, too, it listens on its own channel,
 * which opens a moment later than ours.
 */
const PLAIN_GREETING = 300;

/** A chat with one peer over one channel. */
export class ChatLine {
  #options: ChatLineOptions;
  #greeted = false;
  #answered = false;
  #plain: boolean;
  #heard = false;
  #isReady = false;
  #answersPings = false;
  #cancelGreeting: Cancel = () => {};
  /** Acks that could not go out yet: some peers speak before they confirm that the channel is open. */
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

  /** Whether words can be said. */
  get isReady(): boolean {
    return this.#isReady;
  }

  /** Whether the peer is known to answer when it is asked if it is there. */
  get answersPings(): boolean {
    return this.#answersPings;
  }

  /** Says hello, once, to a peer that may understand it, and what was held back. */
  open(): void {
    if (!this.#plain && !this.#greeted) this.greet();
    for (const frame of this.#held.splice(0)) this.#reply(frame);
    if (this.#isReady || this.#heard) return this.#speak();
    const patience = this.#plain ? PLAIN_GREETING : GREETING;
    this.#cancelGreeting();
    this.#cancelGreeting = this.#options.clock.after(patience, () => this.#speak());
  }

  /** Says who we are to a peer that may understand it. */
  greet(): void {
    if (this.#plain) return;
    const hello = { t: "hello", app: CHAT_APP, v: CHAT_VERSION } as const;
    if (this.#send({ ...hello, ...this.#options.identify() })) this.#greeted = true;
  }

  /** Sends words; tells how far they have come. */
  say(words: Words): "sending" | "sent" {
    if (!this.#isReady) return "sending";
    const { send } = this.#options;
    if (!this.#plain) return this.#send(frameOf(words)) ? "sent" : "sending";
    // A plain client can be told of a file, but has no way to ask for it.
    return send(words.file?.name ?? words.text) ? "sent" : "sending";
  }

  /** Tells the peer that its message was on a visible screen; answers whether that went out. */
  seen(id: string): boolean {
    return this.#plain || this.#send({ t: "seen", id });
  }

  /** Tells the peer that somebody is writing here, or not any more. */
  typing(on: boolean): void {
    if (this.#isReady && !this.#plain) this.#send({ t: "typing", on });
  }

  /** Says what becomes of a file; tells whether that went out. */
  sayOfFile(frame: FileFrame): boolean {
    return this.#isReady && !this.#plain && this.#send(frame);
  }

  /** Asks the peer whether it is there. */
  ping(at: number): void {
    if (!this.#plain) this.#send({ t: "ping", at });
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
      const isHello = frame.ok && frame.value.t === "hello";
      this.#plain = !frame.ok || this.#options.version === 1 && !isHello;
      // Its hello was lost, and ours may have been: it answers this one.
      if (!isHello) this.greet();
    }
    if (this.#plain) this.#options.onPlain(data);
    else if (frame.ok && countBytes(data) <= MAX_CHAT_FRAME_BYTES) this.#act(frame.value);
    if (isFirst) this.#speak();
  }

  /** Waits for nothing any more. Calling it again does nothing. */
  close(): void {
    this.#cancelGreeting();
  }

  #speak(): void {
    this.#cancelGreeting();
    this.#isReady = true;
    this.#options.onReady();
  }

  #act(frame: ChatFrame): void {
    const { onHello, onWords, onMark, onBye, onTyping, onFile } = this.#options;
    switch (frame.t) {
      case "hello":
        if (!this.#answered) this.greet();
        this.#answered = true;
        return onHello(frame);
      case "say":
      case "file-offer":
        onWords(wordsOf(frame));
        // Acked even when it is known already: the first ack may have been lost.
        return this.#reply({ t: "ack", id: frame.id });
      case "ack":
        return onMark(frame.id, "delivered");
      case "seen":
        return onMark(frame.id, "seen");
      case "ping":
        this.#answersPings = true;
        return void this.#send({ t: "pong", at: frame.at });
      case "pong":
        this.#answersPings = true;
        return;
      case "bye":
        return onBye();
      case "typing":
        return onTyping(frame.on);
      case "file-ask":
      case "file-accept":
      case "file-reject":
      case "file-cancel":
      case "file-pause":
      case "file-got":
      case "file-end":
      case "file-done":
        return onFile(frame);
      default:
        frame satisfies never;
    }
  }

  #reply(frame: ChatFrame): void {
    if (!this.#send(frame)) this.#held.push(frame);
  }

  #send(frame: ChatFrame): boolean {
    return this.#options.send(JSON.stringify(frame));
  }
}
