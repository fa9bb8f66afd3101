/**
 * The client's whole: one room, its peers, and what is said, as signals that a page redraws from.
 *
 * @module
 */

import { computed, signal } from "@preact/signals";
import { monotonicUlid } from "@std/ulid";
import type { Cancel, Clock } from "../clock.ts";
import { countBytes, MAX_CHAT_FRAME_BYTES } from "../protocol/limits.ts";
import type { IceServer, ServerMessage } from "../protocol/messages.ts";
import { no, type Result, yes } from "../protocol/result.ts";
import type { Words } from "./chat_line.ts";
import { Mesh, type Peer } from "./mesh.ts";
import type { Path } from "./path.ts";
import type { ConnectionState, RtcPort } from "./peer_connection.ts";
import { type ClientSocket, SignalingChannel, type Stop } from "./signaling_channel.ts";
import { deriveStatus, type Signaling, type Status } from "./status.ts";

/** How far a message of ours has come. */
export type Delivery = "sending" | "sent" | "delivered" | "seen";

/** A message on the screen; `delivery` stands on our own ones only. */
export interface Message {
  /** A ULID, the same on both screens. */
  id: string;
  /** Milliseconds since 1970, by its writer's clock. */
  at: number;
  /** What was said, as it was said. */
  text: string;
  /** How far it has come, if it is ours. */
  delivery?: Delivery;
}

/** A value that a page redraws from whenever it changes: a signal, to be read only. */
export interface Readable<T> {
  /** The value now. */
  readonly value: T;
}

/** What a {@linkcode Conversation} needs. */
export interface ConversationOptions {
  /** The address of the room: `ws(s)://host/ws/signal?room=NAME`. */
  url: string;
  /** The time. */
  clock: Clock;
  /** Tells whether the messages can be seen right now. */
  isVisible: () => boolean;
  /** Makes a connection; the browser's own unless a test brings another. */
  createConnection?: (iceServers: IceServer[]) => RtcPort;
  /** Opens a socket; the browser's own unless a test brings another. */
  openSocket?: (url: string, protocol: string) => ClientSocket;
}

/** Milliseconds between two looks at the path in use. */
const PATH_INTERVAL = 2_000;

/** A conversation in one room. */
export class Conversation {
  /** What the line is doing. */
  readonly status: Readable<Status>;
  /** Everything said, oldest first. */
  readonly messages: Readable<readonly Message[]>;
  /** How many other peers are in the room. */
  readonly present: Readable<number>;

  #options: ConversationOptions;
  #channel: SignalingChannel;
  #mesh: Mesh;
  #messages = signal<readonly Message[]>([]);
  #signaling = signal<Signaling>({ state: "opening" });
  #peerStates = signal<readonly ConnectionState[]>([]);
  #path = signal<Path | undefined>(undefined);
  #hadCompany = signal(false);
  /** What the server calls us. */
  #peer: string | undefined;
  #known = new Set<string>();
  /** The messages of ours that nobody is known to have got yet. */
  #owed = new Set<string>();
  #unseen = new Map<string, Peer>();
  #stopMeasuring: Cancel = () => {};

  /** Prepares a conversation; {@linkcode Conversation.start} begins it. */
  constructor(options: ConversationOptions) {
    this.#options = options;
    this.#channel = new SignalingChannel({
      ...options,
      onMessage: (message) => this.#receive(message),
      onAway: () => this.#signaling.value = { state: "away" },
      onStop: (stop) => this.#stop(stop),
    });
    this.#mesh = new Mesh({
      ...options,
      onSignal: (signal) => this.#channel.send(signal),
      onChange: () => this.#refresh(),
      onReady: (peer) => this.#flush(peer),
      onWords: (peer, words) => this.#hear(peer, words),
      onMark: (id, mark) => this.#mark(id, mark),
    });
    this.messages = this.#messages;
    this.present = computed(() => this.#peerStates.value.length);
    this.status = computed(() =>
      deriveStatus({
        signaling: this.#signaling.value,
        peers: this.#peerStates.value,
        path: this.#path.value,
        hadCompany: this.#hadCompany.value,
      })
    );
  }

  /** Joins the room. Calling it again does nothing. */
  start(): void {
    this.#channel.open();
  }

  /** Says `text` to everybody here, or to the one who comes next. */
  say(text: string): Result<Message> {
    if (text.trim() === "") return no("There is nothing to send yet");
    const words: Words = { id: monotonicUlid(), at: Date.now(), text };
    // The fields of a frame add some 80 bytes to the text.
    if (countBytes(JSON.stringify(words)) > MAX_CHAT_FRAME_BYTES - 16) {
      return no("This message is too long: send it in parts of at most 16,000 characters");
    }
    const message: Message = { ...words, delivery: "sending" };
    this.#messages.value = [...this.#messages.value, message];
    this.#known.add(message.id);
    this.#owed.add(message.id);
    for (const peer of this.#mesh.peers) this.#tell(peer, words);
    return yes(message);
  }

  /** Marks what arrived while nobody looked as seen. */
  look(): void {
    if (!this.#options.isVisible()) return;
    for (const [id, peer] of this.#unseen) peer.line.seen(id);
    this.#unseen.clear();
  }

  /** Leaves the room; the seat is free at once. Calling it again does nothing. */
  leave(): void {
    for (const { line } of this.#mesh.peers) line.bye();
    this.#channel.leave();
    this.#signaling.value = { state: "left" };
    this.close();
  }

  /** Stops everything without a word. Calling it again does nothing. */
  close(): void {
    this.#stopMeasuring();
    this.#channel.close();
    this.#mesh.close();
  }

  #receive(message: ServerMessage): void {
    switch (message.type) {
      case "welcome":
        if (message.peer === this.#peer) this.#mesh.resume(message.peers, message.iceServers);
        else this.#mesh.welcome(message.peers, message.iceServers);
        this.#peer = message.peer;
        // After a return: who was here did not leave, but may be on the way back, too.
        this.#hadCompany.value = message.peers.length > 0 || this.#mesh.peers.length > 0;
        this.#signaling.value = { state: "joined" };
        return;
      case "peer-joined":
        return this.#mesh.join(message.peer, message.version);
      case "peer-left":
        if (message.reason === "lost") this.#mesh.lose(message.peer);
        else this.#mesh.leave(message.peer);
        return;
      case "leave":
        return this.#mesh.leave(message.from);
      case "offer":
      case "answer":
      case "candidate":
        this.#mesh.receive(message);
        return;
      case "peer-back":
        return this.#mesh.back(message.peer);
      case "peer-away":
      case "ping":
      case "pong":
      case "error":
        return;
      default:
        message satisfies never;
    }
  }

  #stop(stop: Stop): void {
    this.#signaling.value = { state: "stopped", stop };
    this.close();
  }

  #refresh(): void {
    const states = this.#mesh.peers.map(({ connection }) => connection.state);
    this.#peerStates.value = states;
    if (states.length > 0) this.#hadCompany.value = true;
    this.#stopMeasuring();
    if (!states.includes("connected")) return;
    void this.#measure();
    this.#stopMeasuring = this.#options.clock.every(PATH_INTERVAL, () => void this.#measure());
  }

  async #measure(): Promise<void> {
    const connected = this.#mesh.peers.find(({ connection }) => connection.state === "connected");
    const path = await connected?.connection.path();
    if (path !== undefined) this.#path.value = path;
  }

  /** Sends a peer that just became reachable what it has not got yet. */
  #flush(peer: Peer): void {
    for (const { id, at, text } of this.#messages.value) {
      if (this.#owed.has(id)) this.#tell(peer, { id, at, text });
    }
  }

  #tell({ line }: Peer, words: Words): void {
    const mark = line.say(words);
    this.#mark(words.id, mark);
    // A plain client never acks: what is on its way there is not said again.
    if (mark === "sent" && line.isPlain) this.#owed.delete(words.id);
  }

  #hear(peer: Peer, words: Words | { text: string }): void {
    const message = "id" in words
      ? words
      : { id: monotonicUlid(), at: Date.now(), text: words.text };
    if (this.#known.has(message.id)) return;
    this.#known.add(message.id);
    this.#messages.value = [...this.#messages.value, message];
    this.#unseen.set(message.id, peer);
    this.look();
  }

  #mark(id: string, mark: Delivery): void {
    if (mark === "delivered" || mark === "seen") this.#owed.delete(id);
    this.#messages.value = this.#messages.value.map((message) =>
      message.id === id && isFurther(mark, message.delivery)
        ? { ...message, delivery: mark }
        : message
    );
  }
}

const ORDER: readonly Delivery[] = ["sending", "sent", "delivered", "seen"];

function isFurther(mark: Delivery, than: Delivery | undefined): boolean {
  return than !== undefined && ORDER.indexOf(mark) > ORDER.indexOf(than);
}
