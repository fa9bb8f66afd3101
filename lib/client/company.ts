/**
 * The peers that this side has a connection to, and who they are: a page that was reloaded, and a peer
 * that the server calls by another name after it forgot everybody, are still the same person.
 *
 * @module
 */

import type { Identity } from "./chat_line.ts";
import type { Peer } from "./peer.ts";
import type { Roster } from "./roster.ts";

/** What {@linkcode Company} needs. */
export interface CompanyOptions {
  /** Who is in the room by the server's word. */
  roster: Roster;
  /** A peer came, went, or changed its state. */
  onChange: () => void;
  /** A peer is known by another name: who was `from` is `to`. */
  onRename: (from: string, to: string) => void;
  /** Words can be said to a peer. */
  onReady: (peer: Peer) => void;
}

/** The peers that this side has a connection to. */
export class Company {
  #options: CompanyOptions;
  #peers = new Map<string, Peer>();
  /** What peers say of themselves, while somebody else may be the one they say they are. */
  #claims = new Map<Peer, Identity>();

  /** Begins with nobody. */
  constructor(options: CompanyOptions) {
    this.#options = options;
  }

  /** The peers in the order in which they were met. */
  get peers(): Peer[] {
    return [...this.#peers.values()];
  }

  /** Finds the peer that the server calls `id`. */
  find(id: string): Peer | undefined {
    return this.#peers.get(id);
  }

  /** Whether somebody is here whom the server does not know, and who may get another name from it. */
  get hasStrangers(): boolean {
    return this.peers.some(({ id }) => this.#options.roster.lacks(id));
  }

  /** Takes a peer. */
  add(peer: Peer): void {
    this.#peers.set(peer.id, peer);
    this.#options.onChange();
  }

  /** Closes a peer that left. Does nothing where it is not here. */
  forget(peer: Peer | undefined): void {
    if (peer === undefined || this.#peers.get(peer.id) !== peer) return;
    this.#peers.delete(peer.id);
    this.#claims.delete(peer);
    peer.close();
    this.reconsider();
    this.#options.onChange();
  }

  /** Closes a peer of which nothing is heard; where it is known by its page, it may come back. */
  miss(peer: Peer | undefined): void {
    if (peer?.tab !== undefined) this.#options.roster.miss(peer.id, peer.tab);
    this.forget(peer);
  }

  /** Somebody went: looks again at those who say to be somebody. */
  reconsider(): void {
    for (const [peer, claim] of [...this.#claims]) this.recognize(peer, claim);
  }

  /** A peer has changed its state. */
  follow(peer: Peer): void {
    if (this.#peers.get(peer.id) !== peer) return;
    // Nobody can mend a connection to somebody whom the server does not know.
    const isLost = peer.state !== "connected" && this.#options.roster.lacks(peer.id);
    if (isLost) this.miss(peer);
    else this.#options.onChange();
  }

  /** A peer has said which page it is, and what the server calls it. */
  recognize(peer: Peer, identity: Identity): void {
    const { roster, onChange, onRename, onReady } = this.#options;
    const { tab, peer: alias } = identity;
    const rival = this.peers.find((other) =>
      other !== peer && tab !== undefined && other.tab === tab
    );
    const isTaken = rival !== undefined && (rival.state === "connected" || !roster.lacks(rival.id));
    if (isTaken || tab !== undefined && roster.expects(tab, peer.id)) {
      // Either what is left of a page that was reloaded, or the one that this one says to be.
      if (this.#claims.get(peer)?.tab !== tab) rival?.challenge();
      this.#claims.set(peer, identity);
      peer.isDoubtful = true;
      return;
    }
    this.#claims.delete(peer);
    const { person, isDoubtful } = peer;
    peer.isDoubtful = false;
    if (tab !== undefined) peer.tab = tab;
    peer.name = identity.name;
    roster.greet(peer.person);
    if (person !== peer.person) onRename(person, peer.person);
    onChange();
    // What is owed to the person that it turns out to be.
    const isNews = isDoubtful || person !== peer.person;
    if (isNews && peer.line.isReady) onReady(peer);
    this.forget(rival);
    peer.alias = alias;
    if (alias !== undefined && roster.get(alias)) this.adopt(peer, alias);
  }

  /** The newcomer `id` turns out to be a peer that words cross with, unknown to the server so far. */
  adopt(peer: Peer, id: string): void {
    const { roster, onChange } = this.#options;
    const other = this.#peers.get(id);
    if (!roster.lacks(peer.id) || other?.state === "connected") return;
    this.forget(other);
    this.#peers.delete(peer.id);
    this.#peers.set(id, peer);
    peer.rename(id, roster.get(id)?.isEarlier ?? false);
    peer.release();
    onChange();
  }
}
