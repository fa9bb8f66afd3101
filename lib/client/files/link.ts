/**
 * The files between this page and one person: what is said, and the ways in and out.
 *
 * @module
 */

import type { Clock } from "../../clock.ts";
import type { FileFrame } from "../../protocol/file_frames.ts";
import type { ChannelPort } from "../rtc.ts";
import { Inbox } from "./inbox.ts";
import { Outbox } from "./outbox.ts";

/** One person that files can go to, and come from; the same across all its connections. */
export interface FilePeer {
  /** Who it is. */
  readonly person: string;
  /** Says something on the channel `chat`; tells whether it went out. */
  say(frame: FileFrame): boolean;
  /** Opens a channel `files` on the connection of now, if there is one. */
  openChannel(): ChannelPort | undefined;
}

/** What a {@linkcode Link} needs. */
export interface LinkOptions {
  /** The time. */
  clock: Clock;
  /** Draws a mark that was never used before. */
  drawMark: () => number;
}

/** A person that files can go to and come from; the connection may come and go. */
export class Link {
  /** What goes out. */
  readonly outbox: Outbox;
  /** What comes in. */
  readonly inbox: Inbox;
  #peer: FilePeer;
  #isUp = true;

  /** Begins with a connection. */
  constructor(peer: FilePeer, { clock, drawMark }: LinkOptions) {
    this.#peer = peer;
    this.inbox = new Inbox({ clock, drawMark });
    this.outbox = new Outbox({ clock, openChannel: () => this.#openChannel() });
  }

  /** Who it is. */
  get person(): string {
    return this.#peer.person;
  }

  /** Whether there is a connection. */
  get isUp(): boolean {
    return this.#isUp;
  }

  /** The connection is there, perhaps another one than before. */
  raise(peer: FilePeer): void {
    this.#peer = peer;
    this.#isUp = true;
    this.outbox.stall();
  }

  /** The connection broke. */
  lower(): void {
    this.#isUp = false;
    this.outbox.stall();
  }

  /** Says something, if there is a connection. */
  say(frame: FileFrame): void {
    if (this.#isUp) this.#peer.say(frame);
  }

  /** Closes its channels. Calling it again does nothing. */
  close(): void {
    this.lower();
    this.inbox.close();
  }

  #openChannel(): ChannelPort | undefined {
    try {
      return this.#isUp ? this.#peer.openChannel() : undefined;
    } catch {
      // Closed in this moment (W3C WebRTC section 6.1).
      return undefined;
    }
  }
}
