/**
 * The connections to all peers of the room, one each.
 *
 * @module
 */

import type { Cancel, Clock } from "../clock.ts";
import type {
  Description,
  ForwardedSignal,
  IceServer,
  PeerEntry,
  Signal,
  Version,
} from "../protocol/messages.ts";
import { ChatLine, type Words } from "./chat_line.ts";
import {
  type ConnectionState,
  createRtc,
  type LocalSignal,
  PeerConnection,
  type RtcPort,
} from "./peer_connection.ts";

/** A peer of the room, as this side sees it. */
export interface Peer {
  /** The id that the server gave it. */
  readonly id: string;
  /** The version that it speaks to the server. */
  readonly version: Version;
  /** The connection to it. */
  readonly connection: PeerConnection;
  /** The chat with it. */
  readonly line: ChatLine;
  /** The certificate of its connection, once it has said it. */
  fingerprint?: string;
}

/** What a {@linkcode Mesh} needs. */
export interface MeshOptions {
  /** The time. */
  clock: Clock;
  /** Makes a connection; the browser's own unless a test brings another. */
  createConnection?: (iceServers: IceServer[]) => RtcPort;
  /** Carries a signal to the server. */
  onSignal: (signal: Signal) => void;
  /** A peer came, went, or changed its state. */
  onChange: () => void;
  /** A peer can be reached, and it is known how it speaks. */
  onReady: (peer: Peer) => void;
  /** A peer said something; `id` and `at` are missing where it is a plain client. */
  onWords: (peer: Peer, words: Words | { text: string }) => void;
  /** A message of ours arrived, or was seen. */
  onMark: (id: string, mark: "delivered" | "seen") => void;
}

/**
 * Milliseconds in which a peer of version 1 may offer by itself: nobody told it who does. Two offers
 * that cross would undo each other, for its browser gives way just as this side does.
 */
const PATIENCE = 500;

/** The peers of a room. */
export class Mesh {
  #options: MeshOptions;
  #peers = new Map<string, Peer>();
  /** What takes back the offer that is due to a peer of version 1. */
  #dueOffers = new Map<string, Cancel>();
  /** Peers that the server has lost, but this side has not. */
  #lost = new Set<string>();
  #iceServers: IceServer[] = [];

  /** Makes a mesh without peers. */
  constructor(options: MeshOptions) {
    this.#options = options;
  }

  /** The peers in the order in which they were met. */
  get peers(): Peer[] {
    return [...this.#peers.values()];
  }

  /** Begins anew with the peers that were there before us; they offer, or else this side does. */
  welcome(peers: PeerEntry[], iceServers: IceServer[]): void {
    this.close();
    this.#iceServers = iceServers;
    for (const { peer, version } of peers) {
      const { connection } = this.#add(peer, { version, polite: true });
      if (version === 1) this.#openLater(peer, connection);
    }
  }

  /**
   * Goes on after our own return to our seat: who is still here keeps the connection, which never
   * went through the server; who came meanwhile gets an offer.
   */
  resume(peers: PeerEntry[], iceServers: IceServer[]): void {
    this.#iceServers = iceServers;
    const here = new Set(peers.map(({ peer }) => peer));
    for (const { id } of this.peers) {
      if (!here.has(id)) this.lose(id);
    }
    for (const { peer, version, state } of peers) {
      // Who is away offers on its own return. Version 1 was told that we left, and does not wait.
      if (version === 1 || state === "present" && !this.#isConnected(peer)) {
        this.join(peer, version);
      }
    }
  }

  /** A peer is back at its seat; where no words cross, it begins anew, and offers. */
  back(id: string): void {
    if (!this.#isConnected(id)) this.#add(id, { version: 2, polite: true });
  }

  /** Meets a newcomer, to whom this side offers. */
  join(peer: string, version: Version): void {
    const { connection } = this.#add(peer, { version, polite: version === 1 });
    if (version === 1) this.#openLater(peer, connection);
    else connection.open();
  }

  /** Forgets a peer. Does nothing where it is unknown. */
  leave(id: string): void {
    if (this.#forget(id)) this.#options.onChange();
  }

  /** The server lost a peer. While words cross, the peer is not lost to us. */
  lose(id: string): void {
    if (this.#isConnected(id)) this.#lost.add(id);
    else this.leave(id);
  }

  /** Hands a signal to the connection it is meant for. */
  receive(signal: ForwardedSignal): Promise<void> {
    const { from, type } = signal;
    if (type === "offer") this.#cancelOffer(from);
    if (type !== "candidate") this.#checkFingerprint(from, signal);
    return this.#peers.get(from)?.connection.receive(signal) ?? Promise.resolve();
  }

  /** Closes every connection. Calling it again does nothing. */
  close(): void {
    for (const { id } of this.peers) this.leave(id);
  }

  #isConnected(id: string): boolean {
    return this.#peers.get(id)?.connection.state === "connected";
  }

  /**
   * A description with another certificate (RFC 8122) is of another connection: the peer began anew,
   * and so does this side.
   */
  #checkFingerprint(id: string, { type, sdp }: Description): void {
    const [, fingerprint] = /^a=fingerprint:(.*)$/m.exec(sdp) ?? [];
    let peer = this.#peers.get(id);
    if (peer === undefined || fingerprint === undefined) return;
    if (type === "offer" && peer.fingerprint !== undefined && peer.fingerprint !== fingerprint) {
      peer = this.#add(id, { version: peer.version, polite: true });
    }
    peer.fingerprint ??= fingerprint;
  }

  #add(id: string, { version, polite }: { version: Version; polite: boolean }): Peer {
    this.#forget(id);
    const { createConnection = createRtc, onSignal, onWords, onMark } = this.#options;
    const connection = new PeerConnection(createConnection(this.#iceServers), {
      polite,
      onSignal: (signal) => onSignal(address(signal, id)),
      onState: (state) => this.#changed(peer, state),
      onFrame: (data) => line.receive(data),
    });
    const line = new ChatLine({
      version,
      send: (text) => connection.send(text),
      onWords: (words) => onWords(peer, words),
      onPlain: (text) => onWords(peer, { text }),
      onMark,
      onReady: () => this.#options.onReady(peer),
      onBye: () => this.leave(id),
    });
    const peer: Peer = { id, version, connection, line };
    this.#peers.set(id, peer);
    this.#options.onChange();
    return peer;
  }

  #forget(id: string): boolean {
    const peer = this.#peers.get(id);
    if (peer === undefined) return false;
    this.#peers.delete(id);
    this.#lost.delete(id);
    this.#cancelOffer(id);
    peer.connection.close();
    return true;
  }

  #openLater(id: string, connection: PeerConnection): void {
    this.#dueOffers.set(id, this.#options.clock.after(PATIENCE, () => connection.open()));
  }

  #cancelOffer(id: string): void {
    this.#dueOffers.get(id)?.();
    this.#dueOffers.delete(id);
  }

  #changed(peer: Peer, state: ConnectionState): void {
    if (this.#peers.get(peer.id) !== peer) return;
    if (state === "connected") peer.line.open();
    if (this.#lost.has(peer.id)) return this.leave(peer.id);
    this.#options.onChange();
  }
}

function address(signal: LocalSignal, to: string): Signal {
  return { ...signal, to };
}
