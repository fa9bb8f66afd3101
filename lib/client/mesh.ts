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
import type { Clock } from "../clock.ts";
import { Company } from "./company.ts";
import { Dues } from "./dues.ts";
import { IceSource } from "./ice.ts";
import { Peer, type PeerEvents } from "./peer.ts";
import { type Entry, Roster } from "./roster.ts";
import { createRtc, type RtcPort } from "./rtc.ts";

/** What a {@linkcode Mesh} needs. */
export interface MeshOptions {
  /** The time. */
  clock: Clock;
  /** What we call ourselves. */
  nickname: () => string | undefined;
  /** Hears what comes from a peer. */
  attend: (peer: Peer) => Omit<PeerEvents, "onHello" | "onBye">;
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
  #company: Company;
  /** A second look at who a newcomer is. */
  #dues: Dues;

  /** Makes a mesh without peers. */
  constructor(options: MeshOptions) {
    this.#options = options;
    this.#company = new Company({
      ...options,
      roster: this.#roster,
      onReady: (peer) => options.attend(peer).onReady(),
    });
    this.#dues = new Dues(options.clock);
    for (const person of options.people) this.#roster.miss(person, person);
    this.ice = new IceSource({ clock: options.clock, ask: options.askForIce });
  }

  /** The peers in the order in which they were met. */
  get peers(): Peer[] {
    return this.#company.peers;
  }

  /** Those who vanished, and may come back. */
  get missing(): string[] {
    return this.#roster.missing;
  }

  /** The people whom words are for: those who are here, and those who may come back. */
  get people(): string[] {
    return [...this.peers.map(({ person }) => person), ...this.missing];
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
      const peer = this.#company.find(id);
      // Whoever was here first offers to a newcomer, and whoever comes back to all that are there.
      if (peer === undefined) this.#meet(id, { offers: isBack });
      else peer.goOn();
    }
    this.#company.reconsider();
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
    this.#company.find(id)?.suspect();
  }

  /** A peer is back at its seat, and offers where it has no connection to us. */
  back(id: string): void {
    this.#roster.setAway(id, false);
    // In time for its offer.
    void this.ice.refresh();
    const peer = this.#company.find(id);
    if (peer === undefined) this.#meet(id, { offers: false });
    else if (peer.state === "connected" || peer.isWaiting) peer.release();
    else peer.mend();
  }

  /** A peer left. Does nothing where it is unknown. */
  leave(id: string): void {
    this.#roster.leave(id);
    this.#dues.cancel(id);
    this.#company.forget(this.#company.find(id));
    this.#company.reconsider();
  }

  /** The server lost a peer. While words cross, the peer is not lost to us. */
  lose(id: string): void {
    const peer = this.#company.find(id);
    this.#roster.delete(id);
    this.#dues.cancel(id);
    if (peer?.state === "connected") peer.suspect();
    else this.#company.miss(peer);
    this.#company.reconsider();
  }

  /** Hands a signal to the connection it is meant for. */
  receive(signal: ForwardedSignal): Promise<void> {
    const { from, type } = signal;
    const entry = this.#roster.get(from);
    const isFirst = type === "offer" && this.#company.find(from) === undefined;
    if (isFirst && entry !== undefined) this.#add(from, entry);
    return this.#company.find(from)?.connection.receive(signal) ?? Promise.resolve();
  }

  /** Tells everybody who we are, as that changed. */
  greet(): void {
    for (const peer of this.peers) peer.greet();
  }

  /** Looks whether all lines are well, and mends those that are not. */
  wake(): void {
    for (const peer of this.peers) peer.wake();
  }

  /** Closes every connection; who was here is still known. Calling it again does nothing. */
  close(): void {
    this.#dues.clear();
    this.ice.close();
    for (const peer of this.peers) this.#company.miss(peer);
  }

  /** At our seat, or at a new one: who can be talked to stays. */
  #keepOrForget(peer: Peer, isBack: boolean): void {
    const entry = this.#roster.get(peer.id);
    // To a newcomer all others are new, and offer; version 1 was told that we left.
    const goesOn = peer.state === "connected" || isBack && entry !== undefined;
    if (!goesOn || entry?.version === 1) return this.#company.miss(peer);
    if (entry === undefined) peer.hold();
    else peer.rename(peer.id, entry.isEarlier);
    if (!isBack) peer.greet();
  }

  #meet(id: string, { offers }: { offers: boolean }): void {
    const entry = this.#roster.get(id);
    const known = this.peers.find(({ alias }) => alias === id);
    if (entry === undefined) return;
    if (known !== undefined) return this.#company.adopt(known, id);
    const begin = () => {
      // It may have turned out to be somebody, or have offered.
      if (this.#company.find(id) !== undefined) return;
      const peer = this.#add(id, entry);
      if (offers || entry.version === 1) peer.begin();
    };
    // Where the server forgot everybody, who is still talked to comes back under another name.
    const mayBeKnown = entry.version === 2 && this.#company.hasStrangers;
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
      identify: () => ({ name: options.nickname(), tab: options.tab, peer: this.#roster.self }),
      createRtc: () => createConnection(this.ice.current),
      refreshIce: () => this.ice.refresh(),
      onSignal: (peer, signal) => options.onSignal({ ...signal, to: peer.id }),
      onChange: (peer) => this.#company.follow(peer),
      attend: (peer) => ({
        ...options.attend(peer),
        onHello: (identity) => this.#company.recognize(peer, identity),
        onBye: () => this.#company.forget(peer),
      }),
      onGone: (peer) =>
        this.#roster.reaches(peer.id) ? void peer.connection.renew() : this.#company.miss(peer),
    });
    this.#company.add(peer);
    return peer;
  }
}
