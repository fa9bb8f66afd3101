/**
 * The way to the files of a room. What sends and receives them is loaded when there is one; what
 * comes before that waits, in its order.
 *
 * @module
 */

import type { Clock } from "../clock.ts";
import { type FileFrame, FILES_CHANNEL } from "../protocol/file_frames.ts";
import type { FilePeer } from "./files/link.ts";
import type { FileDesk } from "./files/desk.ts";
import type { Parcel } from "./files/transfer.ts";
import type { Peer } from "./peer.ts";
import type { ChannelPort } from "./rtc.ts";

/** What a {@linkcode FileDoor} needs. */
export interface FileDoorOptions {
  /** The time. */
  clock: Clock;
  /** Finds the peer that a person is now. */
  find: (person: string) => Peer | undefined;
  /** {@linkcode FileDoor.parcels} is another map now. */
  onChange: () => void;
}

/** How much waits for the files to be loaded. */
const WAITING = 5_000;

/** The way to the files of a room. */
export class FileDoor {
  #options: FileDoorOptions;
  #desk: FileDesk | undefined;
  #opening: Promise<boolean> | undefined;
  #isClosed = false;
  #waiting: ((desk: FileDesk) => void)[] = [];
  #peers = new Map<string, FilePeer>();
  #reachable = new Set<string>();

  /** Begins closed. */
  constructor(options: FileDoorOptions) {
    this.#options = options;
  }

  /** All files by the `id` of their offer. */
  get parcels(): ReadonlyMap<string, Parcel> {
    return this.#desk?.parcels ?? NOTHING;
  }

  /**
   * Does something with the files, once they can be dealt with: at once, if they can already. Tells
   * whether that may still be.
   */
  use(action: (desk: FileDesk) => void): boolean {
    if (this.#isClosed) return false;
    if (this.#desk !== undefined) action(this.#desk);
    else {
      // However much a peer says of files while they cannot be loaded.
      if (this.#waiting.length >= WAITING) this.#waiting.shift();
      this.#waiting.push(action);
      void this.open();
    }
    return true;
  }

  /** Has the files loaded; tells whether they are. A browser may not try a second time. */
  open(): Promise<boolean> {
    this.#opening ??= this.#open().finally(() => this.#opening = undefined);
    return this.#opening;
  }

  /** Takes what a peer says about a file. */
  receive(peer: Peer, frame: FileFrame): void {
    this.use((desk) => desk.receive(this.#meet(peer.person), frame));
  }

  /** Takes a channel that a peer opened; one that is not for files is closed. */
  adopt(peer: Peer, channel: ChannelPort): void {
    if (channel.label !== FILES_CHANNEL) return channel.close();
    this.use((desk) => desk.adopt(this.#meet(peer.person), channel));
  }

  /** A peer can be spoken to, for the first time or again. */
  ready({ person }: Peer): void {
    this.#reachable.add(person);
    const peer = this.#meet(person);
    this.#desk?.ready(peer);
  }

  /** Who was called `from` is called otherwise: whatever it offered has to be expected anew. */
  rename(from: string): void {
    this.#desk?.rename(from);
    this.#peers.delete(from);
    this.#reachable.delete(from);
  }

  /** Only `reachable` can be spoken to now; of the others, `expected` may come back. */
  keep(reachable: string[], expected: string[]): void {
    for (const person of this.#peers.keys()) {
      if (reachable.includes(person)) continue;
      this.#desk?.lose(person);
      this.#reachable.delete(person);
      if (expected.includes(person)) continue;
      this.#desk?.forget(person);
      this.#peers.delete(person);
    }
  }

  /** Forgets all files, and drops what there is of them here. */
  clear(): void {
    if (this.#desk === undefined && this.#waiting.length === 0) return;
    // After what still waits, which may bring a file.
    this.use((desk) => {
      for (const id of desk.parcels.keys()) desk.discard(id);
    });
  }

  /** Ends everything. Calling it again does nothing. */
  close(): void {
    this.#isClosed = true;
    this.#waiting = [];
    this.#desk?.close();
  }

  async #open(): Promise<boolean> {
    if (this.#desk !== undefined) return true;
    try {
      const { FileDesk } = await import("./files/desk.ts");
      if (this.#isClosed) return false;
      const desk = new FileDesk(this.#options);
      this.#desk = desk;
      for (const person of this.#reachable) desk.ready(this.#meet(person));
      for (const action of this.#waiting.splice(0)) action(desk);
      return true;
    } catch (error) {
      console.warn(error);
      return false;
    }
  }

  #meet(person: string): FilePeer {
    const known = this.#peers.get(person);
    if (known !== undefined) return known;
    const { find } = this.#options;
    const peer: FilePeer = {
      person,
      say: (frame) => find(person)?.line.sayOfFile(frame) ?? false,
      openChannel: () => find(person)?.connection.openChannel(FILES_CHANNEL),
    };
    this.#peers.set(person, peer);
    return peer;
  }
}

const NOTHING: ReadonlyMap<string, Parcel> = new Map();
