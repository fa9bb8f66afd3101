/**
 * The client's whole: one room, its peers, and what is said, as signals that a page redraws from.
 *
 * @module
 */

import { batch, computed, signal } from "@preact/signals";
import { monotonicUlid } from "@std/ulid";
import type { Clock } from "../clock.ts";
import { CLOSE } from "../protocol/close_codes.ts";
import { countBytes, MAX_CHAT_FRAME_BYTES } from "../protocol/limits.ts";
import type { IceConfiguration, ServerMessage, WelcomeMessage } from "../protocol/messages.ts";
import { no, type Result, yes } from "../protocol/result.ts";
import type { Words } from "./chat_line.ts";
import { Journal } from "./journal.ts";
import { Mesh } from "./mesh.ts";
import { PathWatch } from "./path.ts";
import type { Peer } from "./peer.ts";
import type { PeerConnection } from "./peer_connection.ts";
import type { RtcPort } from "./rtc.ts";
import { type ClientSocket, SignalingChannel, type Stop } from "./signaling_channel.ts";
import { deriveStatus, type PeerStatus, type Signaling, type Status } from "./status.ts";
import type { Tab } from "./tab.ts";
import type { Message } from "./message.ts";
import { Transcript } from "./transcript.ts";

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
  /** Which page this is. */
  tab: Pick<Tab, "name" | "resume" | "keep">;
  /** Where what is said is kept; nowhere unless there is one. */
  journal?: Journal;
  /** Tells whether the messages can be seen right now. */
  isVisible: () => boolean;
  /** Makes a connection; the browser's own unless a test brings another. */
  createConnection?: (ice: IceConfiguration) => RtcPort;
  /** Opens a socket; the browser's own unless a test brings another. */
  openSocket?: (url: string, protocol: string) => ClientSocket;
}

/** A conversation in one room. */
export class Conversation {
  /** What the line is doing. */
  readonly status: Readable<Status>;
  /** How each of the others is doing, in the order in which they were met. */
  readonly peers: Readable<readonly PeerStatus[]>;
  /** Everything said, oldest first. */
  readonly messages: Readable<readonly Message[]>;

  #options: ConversationOptions;
  #channel: SignalingChannel;
  #mesh: Mesh;
  #transcript: Transcript;
  #messages = signal<readonly Message[]>([]);
  #signaling = signal<Signaling>({ state: "opening" });
  #peers = signal<readonly PeerStatus[]>([]);
  #past = signal({ hadCompany: false, areMissing: false });
  #paths: PathWatch<PeerConnection>;

  /** Prepares a conversation; {@linkcode Conversation.start} begins it. */
  constructor(options: ConversationOptions) {
    this.#options = options;
    this.#paths = new PathWatch(options.clock, () => this.#show());
    const { tab, journal = new Journal("", undefined) } = options;
    this.#channel = new SignalingChannel({
      ...options,
      resume: tab.resume,
      onMessage: (message) => this.#receive(message),
      onAway: () => this.#lose(),
      onStop: (stop) => this.#stop(stop),
    });
    this.#mesh = new Mesh({
      ...options,
      tab: tab.name,
      people: journal.readPeople(),
      onSignal: (signal) => this.#channel.send(signal),
      askForIce: () => this.#channel.send({ type: "ice-servers" }),
      onChange: () => this.#refresh(),
      onRename: (from, to) => this.#transcript.rename(from, to),
      onReady: (peer) => this.#flush(peer),
      onWords: (peer, words) => this.#hear(peer, words),
      onMark: ({ person }, id, mark) => this.#transcript.mark(id, person, mark),
    });
    this.#transcript = new Transcript({
      journal,
      isHere: (person) => this.#mesh.peers.some((peer) => peer.person === person),
      onChange: () => this.#messages.value = this.#transcript.messages,
    });
    this.#messages.value = this.#transcript.messages;
    this.messages = this.#messages;
    this.peers = this.#peers;
    this.status = computed(() =>
      deriveStatus({
        signaling: this.#signaling.value,
        peers: this.#peers.value,
        ...this.#past.value,
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
    const at = Math.max(Date.now(), this.#transcript.lastSaid);
    const words: Words = { id: monotonicUlid(at), at, text };
    // The fields of a frame add some 80 bytes to the text.
    if (countBytes(JSON.stringify(words)) > MAX_CHAT_FRAME_BYTES - 16) {
      return no("This message is too long: send it in parts of at most 16,000 characters");
    }
    const { peers, people } = this.#mesh;
    const message = this.#transcript.say(words, people);
    for (const peer of peers) this.#tell(peer, words);
    return yes(message);
  }

  /** Marks what arrived while nobody looked as seen. */
  look(): void {
    if (!this.#options.isVisible()) return;
    for (const [id, from] of this.#transcript.unseen) {
      const writer = this.#mesh.peers.find(({ person }) => person === from);
      if (writer?.line.seen(id)) this.#transcript.see(id);
    }
  }

  /** Something changed that may have broken the line, or mended it: looks, and acts at once. */
  wake(): void {
    this.#channel.wake();
    this.#mesh.wake();
  }

  /** Leaves the room; the seat is free at once. Calling it again does nothing. */
  leave(): void {
    for (const peer of this.#mesh.peers) peer.line.bye();
    this.#channel.leave();
    this.#options.tab.keep(undefined);
    this.#signaling.value = { state: "left" };
    this.close();
  }

  /** Stops everything without a word; the seat is kept for a while. Calling it again does nothing. */
  close(): void {
    this.#channel.close();
    this.#mesh.close();
  }

  #receive(message: ServerMessage): void {
    switch (message.type) {
      case "welcome":
        return this.#enter(message);
      case "ice-servers":
        return this.#mesh.ice.receive(message);
      case "peer-joined":
        return this.#mesh.join(message.peer, message.version);
      case "peer-away":
        return this.#mesh.away(message.peer);
      case "peer-back":
        return this.#mesh.back(message.peer);
      case "peer-left":
        if (message.reason === "lost") return this.#mesh.lose(message.peer);
        return this.#mesh.leave(message.peer);
      case "leave":
        return this.#mesh.leave(message.from);
      case "offer":
      case "answer":
      case "candidate":
        return void this.#mesh.receive(message);
      case "ping":
      case "pong":
      case "error":
        return;
      default:
        message satisfies never;
    }
  }

  #enter(welcome: WelcomeMessage): void {
    const { tab } = this.#options;
    // A server that does not know the token any more gives another one.
    const isBack = welcome.resume !== undefined && welcome.resume === tab.resume;
    tab.keep(welcome.resume);
    batch(() => {
      this.#signaling.value = { state: "joined" };
      this.#mesh.enter(welcome, isBack);
    });
  }

  #lose(): void {
    this.#mesh.hold();
    this.#signaling.value = { state: "away" };
  }

  #stop(stop: Stop): void {
    this.#signaling.value = { state: "stopped", stop };
    this.#mesh.hold();
    // Words that cross go on crossing; but where our seat is another page's, that page has them.
    const isTalking = this.#peers.value.some(({ state }) => state === "connected");
    if (!isTalking || stop.code === CLOSE.replaced.code) this.close();
  }

  #refresh(): void {
    const { peers, people } = this.#mesh;
    this.#show();
    const hadCompany = this.#past.value.hadCompany || peers.length > 0;
    this.#past.value = { hadCompany, areMissing: people.length > peers.length };
    this.#transcript.recount(people);
    const connected = peers.filter(({ state }) => state === "connected");
    this.#paths.watch(connected.map(({ connection }) => connection));
  }

  #show(): void {
    const { peers, ice } = this.#mesh;
    this.#peers.value = peers.map((peer) =>
      peer.describe(this.#paths.pathOf(peer.connection), ice.current)
    );
  }

  /** Says to a peer that can be spoken to what it has not got yet. */
  #flush(peer: Peer): void {
    for (const words of this.#transcript.owedTo(peer.person)) this.#tell(peer, words);
    this.#transcript.doubt(peer.person);
    this.look();
  }

  #tell({ line, person, isDoubtful }: Peer, words: Words): void {
    const mark = isDoubtful ? "sending" : line.say(words);
    this.#transcript.mark(words.id, person, mark === "sent" && line.isPlain ? "told" : mark);
  }

  #hear(peer: Peer, words: Words | { text: string }): void {
    const said = "id" in words ? words : { id: monotonicUlid(), at: Date.now(), text: words.text };
    this.#transcript.hear(said, peer.person);
    // Marked as seen after it was acked.
    queueMicrotask(() => this.look());
  }
}
