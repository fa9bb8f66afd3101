/**
 * All files that are offered in a room, ours and theirs, and what becomes of them. Whatever a peer
 * says, it takes no more memory than its files are allowed, and it harms nobody else's.
 *
 * @module
 */

import type { Clock } from "../../clock.ts";
import type { FileFrame, FileOffer, FileReason } from "../../protocol/file_frames.ts";
import { Board } from "./board.ts";
import type { ChannelPort } from "../rtc.ts";
import { type FilePeer, Link } from "./link.ts";
import { Outgoing } from "./outgoing.ts";
import { Receiving } from "./receiving.ts";
import type { Sink } from "./sink.ts";
import type { Parcel } from "./transfer.ts";

/** Files of others that are kept in mind; more are ignored. */
const MAX_OFFERS = 2_000;

/** What a {@linkcode FileDesk} needs. */
export interface FileDeskOptions {
  /** The time. */
  clock: Clock;
  /** {@linkcode FileDesk.parcels} is another map now. */
  onChange: () => void;
}

/** Sends and receives files. */
export class FileDesk {
  #clock: Clock;
  #board: Board;
  #links = new Map<string, Link>();
  #outgoing = new Map<string, Outgoing>();
  #incoming = new Map<string, Receiving>();
  #marks = 0;

  /** Begins without people and files. */
  constructor({ clock, onChange }: FileDeskOptions) {
    this.#clock = clock;
    this.#board = new Board({
      clock,
      draw: (id) => (this.#outgoing.get(id) ?? this.#incoming.get(id))?.draw(),
      onChange,
    });
  }

  /** All files by the `id` of their offer; a map, and in it an object, is new where it changed. */
  get parcels(): ReadonlyMap<string, Parcel> {
    return this.#board.parcels;
  }

  /** Has a file of ours ready for everybody who accepts it from now on. */
  send(offer: FileOffer, file: Blob): void {
    const { id } = offer;
    if (this.#isKnown(id)) return;
    const outgoing = new Outgoing({
      clock: this.#clock,
      offer: strip(offer),
      file,
      link: (person) => this.#links.get(person),
      onChange: (what) => this.#board.note(id, what),
    });
    this.#outgoing.set(id, outgoing);
    this.#board.note(id, "state");
  }

  /** `person` offers a file: it may be accepted from now on. Tells whether it is kept in mind. */
  expect(offer: FileOffer, person: string): boolean {
    const { id } = offer;
    if (this.#isKnown(id)) return this.#incoming.get(id)?.person === person;
    if (this.#incoming.size >= MAX_OFFERS) return false;
    const receiving = new Receiving({
      clock: this.#clock,
      offer: strip(offer),
      person,
      say: (frame) => this.#links.get(person)?.say(frame),
      inbox: () => {
        const link = this.#links.get(person);
        return link?.isUp ? link.inbox : undefined;
      },
      onChange: (what) => this.#board.note(id, what),
    });
    this.#incoming.set(id, receiving);
    this.#board.note(id, "state");
    return true;
  }

  /** `person` is called otherwise from now on: what it offered may be expected anew. */
  rename(person: string): void {
    for (const [id, receiving] of this.#incoming) {
      if (receiving.person !== person) continue;
      receiving.close();
      this.#incoming.delete(id);
      this.#board.note(id, "state");
    }
    for (const outgoing of this.#outgoing.values()) outgoing.drop(person);
    this.#links.get(person)?.close();
    this.#links.delete(person);
  }

  /** Takes a file of somebody's into `sink`, which is dropped where it cannot be had. */
  accept(id: string, sink: Sink): void {
    const receiving = this.#incoming.get(id);
    if (receiving === undefined) void sink.abort().catch(() => {});
    else receiving.accept(sink);
  }

  /** Does not want a file of somebody's. */
  reject(id: string): void {
    this.#incoming.get(id)?.reject();
  }

  /**
   * Ends a file that is not through: one of somebody's for `reason`, one of ours with everybody, or
   * with one person only.
   */
  cancel(id: string, options: { person?: string; reason?: FileReason } = {}): void {
    const { person, reason = "cancelled" } = options;
    this.#incoming.get(id)?.cancel(reason);
    if (person !== undefined) this.#outgoing.get(id)?.cancel(person);
    else this.#outgoing.get(id)?.withdraw(this.#links.values());
  }

  /** Holds a file that moves, or lets it go on. */
  pause(id: string, on: boolean): void {
    (this.#incoming.get(id) ?? this.#outgoing.get(id))?.pause(on);
  }

  /** Forgets a file, whatever became of it, and drops what there is of it here. */
  discard(id: string): void {
    this.cancel(id);
    this.#incoming.get(id)?.close();
    this.#incoming.delete(id);
    this.#outgoing.delete(id);
    this.#board.note(id, "state");
  }

  /** Takes what a peer says about a file. */
  receive(peer: FilePeer, frame: FileFrame): void {
    const link = this.#meet(peer);
    const { person } = peer;
    const incoming = this.#incoming.get(frame.id);
    const theirs = incoming?.person === person ? incoming : undefined;
    const ours = this.#outgoing.get(frame.id);
    switch (frame.t) {
      case "file-end":
        return theirs?.receive(frame);
      case "file-ask":
        if (theirs !== undefined) return theirs.receive(frame);
        return link.say({ t: "file-cancel", id: frame.id, reason: "gone" });
      case "file-cancel":
      case "file-pause":
        if (theirs !== undefined) return theirs.receive(frame);
        return ours?.receive(link, frame);
      case "file-accept":
        if (ours !== undefined) return ours.receive(link, frame);
        // This page was reloaded since: the file is not there any more.
        return link.say({ t: "file-cancel", id: frame.id, reason: "gone" });
      case "file-reject":
      case "file-got":
      case "file-done":
        return ours?.receive(link, frame);
      default:
        frame satisfies never;
    }
  }

  /** Takes a channel `files` that a peer opened. */
  adopt(peer: FilePeer, channel: ChannelPort): void {
    this.#meet(peer).inbox.adopt(channel);
  }

  /** The chat with a peer is open, for the first time or again: takes up what was under way. */
  ready(peer: FilePeer): void {
    const { person } = peer;
    const link = this.#meet(peer);
    link.raise(peer);
    for (const outgoing of this.#outgoing.values()) outgoing.greet(link);
    for (const receiving of this.#of(person)) receiving.greet();
  }

  /** The connection to `person` broke; it may come back. */
  lose(person: string): void {
    const link = this.#links.get(person);
    if (link === undefined) return;
    link.lower();
    for (const receiving of this.#of(person)) receiving.stall();
  }

  /** `person` is gone for good. */
  forget(person: string): void {
    this.#links.get(person)?.close();
    this.#links.delete(person);
    for (const outgoing of this.#outgoing.values()) outgoing.leave(person);
    for (const receiving of this.#of(person)) receiving.leave();
  }

  /** Drops everything, and reports nothing any more. Calling it again does nothing. */
  close(): void {
    this.#board.close();
    for (const link of this.#links.values()) link.close();
    for (const outgoing of this.#outgoing.values()) outgoing.close();
    for (const receiving of this.#incoming.values()) receiving.close();
    // What is accepted from now on finds nothing.
    this.#incoming.clear();
  }

  #isKnown(id: string): boolean {
    return this.#outgoing.has(id) || this.#incoming.has(id);
  }

  #meet(peer: FilePeer): Link {
    const known = this.#links.get(peer.person);
    if (known !== undefined) return known;
    // No mark is used twice, so that no late chunk can be taken for one of another file.
    const drawMark = () => this.#marks = this.#marks % 0xffff_ffff + 1;
    const link = new Link(peer, { clock: this.#clock, drawMark });
    this.#links.set(peer.person, link);
    return link;
  }

  #of(person: string): Receiving[] {
    return [...this.#incoming.values()].filter((receiving) => receiving.person === person);
  }
}

/** An offer without anything else that was said with it. */
function strip({ id, name, size, type }: FileOffer): FileOffer {
  return { id, name, size, type };
}
