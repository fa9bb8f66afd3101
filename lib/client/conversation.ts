/**
 * The client's whole: one room, its peers, and what is said, as signals that a page redraws from.
 *
 * @module
 */

import { computed, type ReadonlySignal, signal } from "@preact/signals";
import { monotonicUlid } from "@std/ulid";
import type { Cancel, Clock } from "../clock.ts";
import { CLOSE } from "../protocol/close_codes.ts";
import { exceedsBytes, MAX_CHAT_FRAME_BYTES } from "../protocol/limits.ts";
import type { IceServer, ServerMessage } from "../protocol/messages.ts";
import { no, type Result, yes } from "../protocol/result.ts";
import type { Words } from "./chat_line.ts";
import { Mesh, type Peer } from "./mesh.ts";
import type { Path } from "./path.ts";
import type { ConnectionState, RtcPort } from "./peer_connection.ts";
import { type ClientSocket, SignalingChannel, type Stop } from "./signaling_channel.ts";

/** How far a message of ours has come. */
export type Delivery = "sending" | "sent" | "delivered" | "seen";

/** A message on the screen; `delivery` stands on our own ones only. */
export interface Message {
  id: string;
  /** Milliseconds since 1970, by its writer's clock. */
  at: number;
  text: string;
  delivery?: Delivery;
}

/** What the line is doing, with what is known of why. */
export type Status =
  | { state: "connecting"; to: "server" | "peer" }
  | { state: "waiting" }
  | { state: "connected"; path: Path | undefined }
  | { state: "reconnecting"; to: "server" | "peer" }
  | { state: "failed"; cause: "no-path" | "no-webrtc" | "refused"; detail?: string }
  | { state: "full" }
  | { state: "ended"; by: "us" | "them" };

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

/** Where the signaling channel is. */
type Signaling =
  | { state: "opening" | "joined" | "away" | "left" }
  | { state: "stopped"; stop: Stop };

/** Milliseconds between two looks at the path in use. */
const PATH_INTERVAL = 2_000;

/** A conversation in one room. */
export class Conversation {
  /** What the line is doing. */
  readonly status: ReadonlySignal<Status>;
  /** Everything said, oldest first. */
  readonly messages: ReadonlySignal<readonly Message[]>;
  /** How many other peers are in the room. */
  readonly present: ReadonlySignal<number>;

  #options: ConversationOptions;
  #channel: SignalingChannel;
  #mesh: Mesh;
  #messages = signal<readonly Message[]>([]);
  #signaling = signal<Signaling>({ state: "opening" });
  #peerStates = signal<readonly ConnectionState[]>([]);
  #path = signal<Path | undefined>(undefined);
  #hadCompany = signal(false);
  #known = new Set<string>();
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
      onOpen: (peer) => this.#flush(peer),
      onWords: (peer, words) => this.#hear(peer, words),
      onMark: (id, mark) => this.#mark(id, mark),
    });
    this.messages = this.#messages;
    this.present = computed(() => this.#peerStates.value.length);
    this.status = computed(() => this.#status());
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
    if (exceedsBytes(JSON.stringify(words), MAX_CHAT_FRAME_BYTES - 16)) {
      return no("This message is too long: send it in parts of at most 16,000 characters");
    }
    const message: Message = { ...words, delivery: "sending" };
    this.#messages.value = [...this.#messages.value, message];
    for (const { line } of this.#mesh.peers) this.#mark(message.id, line.say(words));
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
        this.#mesh.welcome(message.peers, message.iceServers);
        this.#signaling.value = { state: "joined" };
        return;
      case "peer-joined":
        return this.#mesh.join(message.peer, message.version);
      case "peer-left":
        return this.#mesh.leave(message.peer);
      case "leave":
        return this.#mesh.leave(message.from);
      case "offer":
      case "answer":
      case "candidate":
        this.#mesh.receive(message);
        return;
      case "peer-away":
      case "peer-back":
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
    for (const { id, at, text, delivery } of this.#messages.value) {
      if (delivery === "sending" || delivery === "sent") {
        this.#mark(id, peer.line.say({ id, at, text }));
      }
    }
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
    this.#messages.value = this.#messages.value.map((message) =>
      message.id === id && isFurther(mark, message.delivery)
        ? { ...message, delivery: mark }
        : message
    );
  }

  #status(): Status {
    const signaling = this.#signaling.value;
    const states = this.#peerStates.value;
    if (signaling.state === "left") return { state: "ended", by: "us" };
    if (signaling.state === "stopped") return stopped(signaling.stop);
    if (states.includes("connected")) return { state: "connected", path: this.#path.value };
    if (signaling.state === "away") return { state: "reconnecting", to: "server" };
    if (signaling.state === "opening") return { state: "connecting", to: "server" };
    if (states.includes("connecting")) return { state: "connecting", to: "peer" };
    if (states.includes("reconnecting")) return { state: "reconnecting", to: "peer" };
    if (states.includes("failed")) return { state: "failed", cause: "no-path" };
    return this.#hadCompany.value ? { state: "ended", by: "them" } : { state: "waiting" };
  }
}

function stopped({ code, error }: Stop): Status {
  if (code === CLOSE.roomFull.code) return { state: "full" };
  return { state: "failed", cause: "refused", ...(error && { detail: error.message }) };
}

const ORDER: readonly Delivery[] = ["sending", "sent", "delivered", "seen"];

function isFurther(mark: Delivery, than: Delivery | undefined): boolean {
  return than !== undefined && ORDER.indexOf(mark) > ORDER.indexOf(than);
}
