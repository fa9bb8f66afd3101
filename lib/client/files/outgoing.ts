/**
 * A file of ours, and everybody that it goes to: each person takes it, or not, by itself.
 *
 * @module
 */

import type { Clock } from "../../clock.ts";
import type { FileFrame, FileOffer } from "../../protocol/file_frames.ts";
import type { Link } from "./link.ts";
import { Sending } from "./sending.ts";
import { Source } from "./source.ts";
import type { Parcel } from "./transfer.ts";

/** What an {@linkcode Outgoing} needs. */
export interface OutgoingOptions {
  /** The time. */
  clock: Clock;
  /** What is offered. */
  offer: FileOffer;
  /** It. */
  file: Blob;
  /** How a person is reached; `undefined` where it is not there. */
  link: (person: string) => Link | undefined;
  /** It moved on, or its state changed. */
  onChange: (what: "state" | "progress") => void;
}

/** What a receiver says. */
export type ReceiverFrame = Exclude<FileFrame, { t: "file-end" | "file-ask" }>;

/** A file that is offered to whoever hears of it. */
export class Outgoing {
  #options: OutgoingOptions;
  #source: Source;
  #file: Blob | undefined;
  #sendings = new Map<string, Sending>();

  /** Waits for somebody to accept it. */
  constructor(options: OutgoingOptions) {
    this.#options = options;
    this.#file = options.file;
    this.#source = new Source(options.file);
  }

  /** Draws it. */
  draw(): Parcel {
    return {
      ...this.#options.offer,
      direction: "out",
      isWithdrawn: this.#file === undefined,
      content: this.#file,
      transfers: [...this.#sendings.values()].map((sending) => sending.describe()),
    };
  }

  /** Takes what somebody says. */
  receive(link: Link, frame: ReceiverFrame): void {
    const { person } = link;
    if (frame.t === "file-accept") {
      if (this.#file === undefined) return this.#withdraw(link);
      const sending = this.#sending(person);
      link.outbox.add(sending, frame.mark);
      sending.accept(frame.offset, frame.mark);
    } else if (frame.t === "file-reject" || frame.t === "file-cancel") {
      // Those are the only other words of somebody who never accepted it.
      this.#sending(person).receive(frame);
    } else this.#sendings.get(person)?.receive(frame);
  }

  /** Holds it, or lets it go on, with everybody that it goes to now. */
  pause(on: boolean): void {
    for (const sending of this.#sendings.values()) sending.pause(on);
  }

  /** Ends it with one person, who may not have it any more. */
  cancel(person: string): void {
    this.#sendings.get(person)?.cancel();
  }

  /** Ends it with everybody, and lets go of the file; `links` are those who may have heard of it. */
  withdraw(links: Iterable<Link>): void {
    if (this.#file === undefined) return;
    this.close();
    for (const sending of this.#sendings.values()) sending.cancel();
    for (const link of links) this.#withdraw(link);
    this.#options.onChange("state");
  }

  /** The way to somebody is there again. */
  greet(link: Link): void {
    if (this.#file === undefined) this.#withdraw(link);
    else this.#sendings.get(link.person)?.ask();
  }

  /** `person` is gone for good. */
  leave(person: string): void {
    this.#sendings.get(person)?.leave();
  }

  /** There is no such person any more. */
  drop(person: string): void {
    if (this.#sendings.delete(person)) this.#options.onChange("state");
  }

  /** Lets go of the file. Calling it again does nothing. */
  close(): void {
    this.#file = undefined;
    this.#source.close();
  }

  #sending(person: string): Sending {
    const known = this.#sendings.get(person);
    if (known !== undefined) return known;
    const { clock, offer, link, onChange } = this.#options;
    const sending = new Sending({
      clock,
      offer,
      source: this.#source,
      person,
      say: (frame) => link(person)?.say(frame),
      onWake: () => link(person)?.outbox.wake(),
      onChange,
    });
    this.#sendings.set(person, sending);
    return sending;
  }

  #withdraw(link: Link): void {
    link.say({ t: "file-cancel", id: this.#options.offer.id, reason: "cancelled" });
  }
}
