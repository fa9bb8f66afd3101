/**
 * The connections to all peers of the room, one each. Who is in the room is the server's word, the
 * `roster`; who can be talked to is another thing: words that cross are never cut off by the server.
 *
 * @module
 */

import type {
  ForwardedSignal,
  IceConfiguration,
  Signal,
  Version,
  WelcomeMessage,
} from "../protocol/messages.ts";
import type { Identity } from "./chat_line.ts";
import { Dues } from "./dues.ts";
import { IceSource } from "./ice.ts";
import { Peer, type PeerOptions } from "./peer.ts";
import { type Entry, Roster } from "./roster.ts";
import { createRtc, type RtcPort } from "./rtc.ts";

/** What a {@linkcode Mesh} needs. */
export interface MeshOptions extends Pick<PeerOptions, "clock" | "onReady" | "onWords" | "onMark"> {
  /** Those who were there before this page was reloaded. */
  people: string[];
  /** The name of this page, which stays the same when it is reloaded. */
  tab: string;
  /** Makes a connection; the browser's own unless a test brings another. */
  createConnection?: (ice: IceConfiguration) => RtcPort;
  /** Carries a signal to the server. */
  onSignal: (signal: Signal) => void;
  /** Asks the server for ICE servers. */
  askForIce: () => void;
  /** A peer came, went, or changed its state. */
  onChange: () => void;
  /** A peer is known by another name: who was `from` is `to`. */
  onRename: (from: string, to: string) => void;
}

/** Milliseconds in which a newcomer may turn out to be somebody that words cross with already. */
const RECOGNITION = 1_000;

/** The peers of a room. */
export class Mesh {
  /** The ICE servers of now. */
  readonly ice: IceSource;
  #options: MeshOptions;
  #roster = new Roster();
  #peers = new Map<string, Peer>();
  /** A second look at who a newcomer is. */
  #dues: Dues;

  /** Makes a mesh without peers. */
  constructor(options: MeshOptions) {
    this.#options = options;
    this.#dues = new Dues(options.clock);
    for (const person of options.people) this.#roster.miss(person, person);
    this.ice = new IceSource({ clock: options.clock, ask: options.askForIce });
  }

  /** The peers in the order in which they were met. */
  get peers(): Peer[] {
    return [...this.#peers.values()];
  }

  /** The people whom words are for: those who are here, and those who may come back. */
  get people(): string[] {
    return [...this.peers.map(({ person }) => person), ...this.#roster.missing];
  }

  /** Takes a seat, with `isBack` the one from before: who can be talked to stays, others begin. */
  enter(welcome: WelcomeMessage, isBack: boolean): void {
    this.#roster.enter(welcome);
    this.ice.receive(welcome);
    this.#dues.clear();
    for (const peer of this.peers) this.#keepOrForget(peer, isBack);
    for (const [id, entry] of this.#roster.entries) {
      // Who is away offers on its own return.
      if (entry.isAway) continue;
      const peer = this.#peers.get(id);
      // Whoever was here first offers to a newcomer, and whoever comes back to all that are there.
      if (peer === undefined) this.#meet(id, { offers: isBack });
      else peer.goOn();
    }
  }

  /** The server is out of reach: nobody can be signaled to. */
  hold(): void {
    this.#roster.expire();
    for (const peer of this.peers) peer.hold();
  }

  /** Meets a newcomer, to whom this side offers. */
  join(id: string, version: Version): void {
    this.#roster.add(id, version);
    this.#meet(id, { offers: true });
  }

  /** The socket of a peer broke. */
  away(id: string): void {
    this.#roster.setAway(id, true);
    this.#peers.get(id)?.suspect();
  }

  /** A peer is back at its seat, and offers where it has no connection to us. */
  back(id: string): void {
    this.#roster.setAway(id, false);
    // In time for its offer.
    void this.ice.refresh();
    const peer = this.#peers.get(id);
    if (peer === undefined) this.#meet(id, { offers: false });
    else if (peer.state === "connected" || peer.isWaiting) peer.release();
    else peer.mend();
  }

  /** A peer left. Does nothing where it is unknown. */
  leave(id: string): void {
    this.#roster.leave(id);
    this.#dues.cancel(id);
    this.#forget(this.#peers.get(id));
  }

  /** The server lost a peer. While words cross, the peer is not lost to us. */
  lose(id: string): void {
    const peer = this.#peers.get(id);
    this.#roster.delete(id);
    this.#dues.cancel(id);
    if (peer?.state === "connected") peer.suspect();
    else this.#miss(peer);
  }

  /** Hands a signal to the connection it is meant for. */
  receive(signal: ForwardedSignal): Promise<void> {
    const { from, type } = signal;
    const entry = this.#roster.get(from);
    const isFirst = type === "offer" && !this.#peers.has(from);
    if (isFirst && entry !== undefined) this.#add(from, entry);
    return this.#peers.get(from)?.connection.receive(signal) ?? Promise.resolve();
  }

  /** Looks whether all lines are well, and mends those that are not. */
  wake(): void {
    for (const peer of this.peers) peer.wake();
  }

  /** Closes every connection; who was here is still known. Calling it again does nothing. */
  close(): void {
    this.#dues.clear();
    this.ice.close();
    for (const peer of this.peers) this.#miss(peer);
  }

  /** At our seat, or at a new one: who can be talked to stays. */
  #keepOrForget(peer: Peer, isBack: boolean): void {
    const entry = this.#roster.get(peer.id);
    // To a newcomer all others are new, and offer; version 1 was told that we left.
    const goesOn = peer.state === "connected" || isBack && entry !== undefined;
    if (!goesOn || entry?.version === 1) return this.#miss(peer);
    if (entry === undefined) peer.hold();
    else peer.rename(peer.id, entry.isEarlier);
    if (!isBack) peer.greet();
  }

  #meet(id: string, { offers }: { offers: boolean }): void {
    const entry = this.#roster.get(id);
    const known = this.peers.find(({ alias }) => alias === id);
    if (entry === undefined) return;
    if (known !== undefined) return this.#adopt(known, id);
    const begin = () => {
      const peer = this.#add(id, entry);
      if (offers || entry.version === 1) peer.begin();
    };
    // Where the server forgot everybody, who is still talked to comes back under another name.
    const mayBeKnown = entry.version === 2 && this.peers.some(({ id }) => this.#roster.lacks(id));
    if (mayBeKnown) this.#dues.set(id, RECOGNITION, begin);
    else begin();
  }

  #add(id: string, { version, isEarlier }: Entry): Peer {
    this.#dues.cancel(id);
    const { createConnection = createRtc, ...options } = this.#options;
    const peer = new Peer({
      ...options,
      id,
      version,
      polite: isEarlier || version === 1,
      identify: () => ({ tab: options.tab, peer: this.#roster.self }),
      createRtc: () => createConnection(this.ice.current),
      refreshIce: () => this.ice.refresh(),
      onSignal: (peer, signal) => options.onSignal({ ...signal, to: peer.id }),
      onChange: (peer) => this.#changed(peer),
      onHello: (peer, identity) => this.#recognize(peer, identity),
      onBye: (peer) => this.#forget(peer),
      onGone: (peer) =>
        this.#roster.reaches(peer.id) ? void peer.connection.renew() : this.#miss(peer),
    });
    this.#peers.set(id, peer);
    options.onChange();
    return peer;
  }

  /** Nothing is heard of it any more; where it is known by its page, it may come back. */
  #miss(peer: Peer | undefined): void {
    if (peer?.tab !== undefined) this.#roster.miss(peer.id, peer.tab);
    this.#forget(peer);
  }

  #forget(peer: Peer | undefined): void {
    if (peer === undefined || this.#peers.get(peer.id) !== peer) return;
    this.#peers.delete(peer.id);
    this.#dues.cancel(peer.id);
    peer.close();
    this.#options.onChange();
  }

  /** A peer has said which page it is, and what the server calls it. */
  #recognize(peer: Peer, { tab, peer: alias }: Identity): void {
    const { person } = peer;
    if (tab !== undefined) peer.tab = tab;
    this.#roster.greet(peer.person);
    if (person !== peer.person) this.#options.onRename(person, peer.person);
    for (const other of this.peers) {
      // What is left of the same page from before it was reloaded.
      const isFormer = other !== peer && other.person === peer.person;
      if (isFormer && !this.#roster.reaches(other.id)) this.#forget(other);
    }
    peer.alias = alias;
    if (alias !== undefined && this.#roster.get(alias)) this.#adopt(peer, alias);
  }

  /** The newcomer `id` turns out to be a peer that words cross with, unknown to the server so far. */
  #adopt(peer: Peer, id: string): void {
    const other = this.#peers.get(id);
    if (!this.#roster.lacks(peer.id) || other?.state === "connected") return;
    this.#forget(other);
    this.#dues.cancel(id);
    this.#peers.delete(peer.id);
    this.#peers.set(id, peer);
    peer.rename(id, this.#roster.get(id)?.isEarlier ?? false);
    peer.release();
    this.#options.onChange();
  }

  #changed(peer: Peer): void {
    if (this.#peers.get(peer.id) !== peer) return;
    // Nobody can mend a connection to somebody whom the server does not know.
    if (peer.state !== "connected" && this.#roster.lacks(peer.id)) this.#miss(peer);
    else this.#options.onChange();
  }
}
