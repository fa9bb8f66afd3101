/**
 * The client's whole: one room, its peers, and what is said, as signals that a page redraws from.
 *
 * @module
 */

import { batch, computed, signal } from "@preact/signals";
import { parseNickname } from "../protocol/nickname.ts";
import { CLOSE_CODES } from "../protocol/close_codes.ts";
import type { WelcomeMessage } from "../protocol/messages.ts";
import type { Result } from "../protocol/result.ts";
import type { ConversationOptions, Readable } from "./conversation_options.ts";
import { dispatch } from "./dispatch.ts";
import { FileDoor } from "./file_door.ts";
import type { Parcel } from "./files/transfer.ts";
import { Journal } from "./journal.ts";
import { Mesh } from "./mesh.ts";
import { PathWatch } from "./path.ts";
import type { PeerConnection } from "./peer_connection.ts";
import { SignalingChannel, type Stop } from "./signaling_channel.ts";
import { deriveStatus, type PeerStatus, type Signaling, type Status } from "./status.ts";
import type { Message } from "./message.ts";
import { Names } from "./names.ts";
import { Post } from "./post.ts";
import { Transcript } from "./transcript.ts";
import { Typing } from "./typing.ts";

/** A conversation in one room. */
export class Conversation {
  /** What the line is doing. */
  readonly status: Readable<Status>;
  /** How each of the others is doing, in the order in which they were met. */
  readonly peers: Readable<readonly PeerStatus[]>;
  /** The people who vanished, and may come back. */
  readonly missing: Readable<readonly string[]>;
  /** Everything said, oldest first. */
  readonly messages: Readable<readonly Message[]>;
  /** What people call themselves, by person. */
  readonly names: Readable<ReadonlyMap<string, string>>;
  /** The number of each person that was met, from 2 on. */
  readonly numbers: Readable<ReadonlyMap<string, number>>;
  /** The people who are writing. */
  readonly typing: Readable<readonly string[]>;
  /** The files, by the message that offers each. */
  readonly parcels: Readable<ReadonlyMap<string, Parcel>>;
  /** The way to what sends and receives them. */
  readonly files: FileDoor;

  #options: ConversationOptions;
  #channel: SignalingChannel;
  #mesh: Mesh;
  #transcript: Transcript;
  #post: Post;
  #names: Names;
  #typing: Typing;
  #nickname: string | undefined;
  #messages = signal<readonly Message[]>([]);
  #signaling = signal<Signaling>({ state: "opening" });
  #peers = signal<readonly PeerStatus[]>([]);
  #missing = signal<readonly string[]>([]);
  #hadCompany = signal(false);
  #called = signal<ReadonlyMap<string, string>>(new Map());
  #numbers = signal<ReadonlyMap<string, number>>(new Map());
  #writers = signal<readonly string[]>([]);
  #parcels = signal<ReadonlyMap<string, Parcel>>(new Map());
  #paths: PathWatch<PeerConnection>;

  /** Prepares a conversation; {@linkcode Conversation.start} begins it. */
  constructor(options: ConversationOptions) {
    this.#options = options;
    this.#paths = new PathWatch(options.clock, () => this.#show());
    const { tab, journal = new Journal("", undefined), clock, isVisible } = options;
    this.#nickname = options.nickname;
    this.#names = new Names(journal);
    this.#typing = new Typing(clock, () => this.#writers.value = this.#typing.people);
    this.#channel = new SignalingChannel({
      ...options,
      resume: tab.resume,
      onMessage: (message) =>
        message.type === "welcome" ? this.#enter(message) : dispatch(message, this.#mesh),
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
      onRename: (from, to) => {
        this.#names.rename(from, to);
        this.#post.rename(from, to);
      },
      nickname: () => this.#nickname,
      attend: (peer) => this.#post.attend(peer),
    });
    this.#transcript = new Transcript({
      journal,
      isHere: (person) => this.#mesh.peers.some((peer) => peer.person === person),
      onChange: () => this.#messages.value = this.#transcript.messages,
    });
    this.files = new FileDoor({
      clock,
      find: (person) => this.#mesh.peers.find((peer) => peer.person === person),
      onChange: () => this.#parcels.value = this.files.parcels,
    });
    this.#post = new Post({
      transcript: this.#transcript,
      typing: this.#typing,
      files: this.files,
      mesh: this.#mesh,
      isVisible,
    });
    this.#messages.value = this.#transcript.messages;
    this.#called.value = this.#names.all;
    this.messages = this.#messages;
    this.missing = this.#missing;
    this.names = this.#called;
    this.numbers = this.#numbers;
    this.typing = this.#writers;
    this.parcels = this.#parcels;
    this.peers = this.#peers;
    this.status = computed(() =>
      deriveStatus({
        signaling: this.#signaling.value,
        peers: this.#peers.value,
        hadCompany: this.#hadCompany.value,
        areMissing: this.#missing.value.length > 0,
      })
    );
  }

  /** Joins the room. Calling it again does nothing. */
  start(): void {
    this.#channel.open();
  }

  /** Says `text` to everybody here, or to the one who comes next; `re` is what it answers. */
  say(text: string, { re }: { re?: string | undefined } = {}): Result<Message> {
    return this.#post.say(text, re);
  }

  /** Offers a file to everybody here, or to the one who comes next. */
  offer(file: File): Result<Message> {
    return this.#post.offer(file);
  }

  /** Tells everybody here that we are writing, or not any more. */
  write(isTyping: boolean): void {
    for (const peer of this.#mesh.peers) peer.line.typing(isTyping);
  }

  /** Takes another nickname, or none, and tells everybody here; answers with what is left of it. */
  rename(nickname: string | undefined): string | undefined {
    this.#nickname = parseNickname(nickname);
    this.#mesh.greet();
    return this.#nickname;
  }

  /** Forgets all that was said, on this side: also what somebody has not got yet. */
  clear(): void {
    this.#transcript.clear();
    this.files.clear();
    this.#names.clear();
    this.#refresh();
  }

  /** Marks what arrived while nobody looked as seen. */
  look(): void {
    this.#post.look();
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
    this.#typing.close();
    this.files.close();
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
    if (!isTalking || stop.code === CLOSE_CODES.replaced) this.close();
  }

  #refresh(): void {
    const { peers, people, missing } = this.#mesh;
    const connected = peers.filter(({ state }) => state === "connected");
    batch(() => {
      this.#show();
      for (const person of people) this.#names.meet(person);
      for (const { person, name, tab } of peers) {
        if (tab) this.#names.learn(person, name);
      }
      this.#called.value = this.#names.all;
      this.#numbers.value = this.#names.numbers;
      if (peers.length > 0) this.#hadCompany.value = true;
      this.#missing.value = missing;
      this.#typing.keep(peers.map(({ person }) => person));
      this.files.keep(connected.map(({ person }) => person), people);
      this.#transcript.recount(people);
    });
    this.#paths.watch(connected.map(({ connection }) => connection));
  }

  #show(): void {
    const { peers, ice } = this.#mesh;
    this.#peers.value = peers.map((peer) =>
      peer.describe(this.#paths.pathOf(peer.connection), ice.current)
    );
  }
}
