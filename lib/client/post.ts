/**
 * Carries words between the transcript and those who are here: what is owed to somebody goes out when
 * there is a line, and what was seen is told to its writer.
 *
 * @module
 */

import { monotonicUlid } from "@std/ulid";
import { countTextBytes, isBlank, MAX_TEXT_BYTES } from "../protocol/chat.ts";
import { sanitizeFileName, sanitizeFileType } from "../protocol/file_name.ts";
import { no, type Result, yes } from "../protocol/result.ts";
import type { FileDoor } from "./file_door.ts";
import type { Mesh } from "./mesh.ts";
import type { Message } from "./message.ts";
import type { Peer, PeerEvents } from "./peer.ts";
import type { Transcript } from "./transcript.ts";
import type { Typing } from "./typing.ts";
import type { Words } from "./words.ts";

/** What a {@linkcode Post} needs. */
export interface PostOptions {
  /** What was said. */
  transcript: Transcript;
  /** Who is writing. */
  typing: Typing;
  /** The files that are offered. */
  files: FileDoor;
  /** Those who are here. */
  mesh: Pick<Mesh, "peers" | "people">;
  /** Tells whether the messages can be seen right now. */
  isVisible: () => boolean;
}

/** The post of a room. */
export class Post {
  #options: PostOptions;

  /** Begins with what was said before. */
  constructor(options: PostOptions) {
    this.#options = options;
    for (const { id, file } of options.transcript.messages) if (file) this.#expect(id);
  }

  /** Says `text` to everybody here, or to the one who comes next; `re` is what it answers. */
  say(text: string, re: string | undefined): Result<Message> {
    if (isBlank(text)) return no("There is nothing to send yet");
    if (countTextBytes(text) > MAX_TEXT_BYTES) {
      return no("This message is too long: send it in parts of at most 16,000 characters");
    }
    return yes(this.#utter({ text, ...(re !== undefined && { re }) }));
  }

  /** Offers a file to everybody here, or to the one who comes next. */
  offer(file: File): Result<Message> {
    const { mesh: { peers }, files } = this.#options;
    if (peers.length > 0 && peers.every(({ line }) => line.isPlain)) {
      return no("Nobody here has a program that takes files");
    }
    const { name, size, type } = file;
    const info = { name: sanitizeFileName(name), size, type: sanitizeFileType(type) };
    const message = this.#utter({ text: "", file: info });
    files.use((desk) => desk.send({ id: message.id, ...info }, file));
    return yes(message);
  }

  /** Hears what comes from a peer. */
  attend(peer: Peer): Omit<PeerEvents, "onHello" | "onBye"> {
    const { transcript, typing, files } = this.#options;
    return {
      onWords: (words) => {
        typing.hear(peer.person, false);
        this.#hear(peer, words);
      },
      onPlain: (text) => this.#hear(peer, { id: monotonicUlid(), at: Date.now(), text }),
      onMark: (id, mark) => transcript.mark(id, peer.person, mark),
      onTyping: (isTyping) => typing.hear(peer.person, isTyping),
      onFile: (frame) => peer.isDoubtful || files.receive(peer, frame),
      onChannel: (channel) => files.adopt(peer, channel),
      onReady: () => this.#flush(peer),
    };
  }

  /** A person is known by another name. */
  rename(from: string, to: string): void {
    const { files, transcript } = this.#options;
    transcript.rename(from, to);
    files.rename(from);
    for (const { id, from: writer, file } of transcript.messages) {
      if (writer === to && file) this.#expect(id);
    }
  }

  /** Marks what arrived while nobody looked as seen. */
  look(): void {
    const { transcript, mesh, isVisible } = this.#options;
    if (!isVisible()) return;
    for (const [id, from] of transcript.unseen) {
      const writer = mesh.peers.find(({ person }) => person === from);
      if (writer?.line.seen(id)) transcript.see(id);
    }
  }

  #utter(words: Pick<Words, "text" | "re" | "file">): Message {
    const { transcript, mesh } = this.#options;
    const at = Math.max(Date.now(), transcript.lastSaid);
    const said = { id: monotonicUlid(at), at, ...words };
    const message = transcript.say(said, mesh.people);
    for (const peer of mesh.peers) this.#tell(peer, said);
    return message;
  }

  #hear(peer: Peer, words: Words): void {
    this.#options.transcript.hear(words, peer.person);
    if (words.file !== undefined) this.#expect(words.id);
    // Marked as seen after it was acked.
    queueMicrotask(() => this.look());
  }

  /** Says to a peer that can be spoken to what it has not got yet. */
  #flush(peer: Peer): void {
    const { transcript, files } = this.#options;
    for (const words of transcript.owedTo(peer.person)) this.#tell(peer, words);
    transcript.doubt(peer.person);
    this.look();
    if (!peer.isDoubtful) files.ready(peer);
  }

  #tell({ line, person, isDoubtful }: Peer, words: Words): void {
    const mark = isDoubtful ? "sending" : line.say(words);
    const isTold = mark === "sent" && line.isPlain;
    this.#options.transcript.mark(words.id, person, isTold ? "told" : mark);
  }

  /** The file that a message offers may be asked for, if there is such a message of somebody else's. */
  #expect(id: string): void {
    const { files, transcript } = this.#options;
    files.use((desk) => {
      const { from, file } = transcript.find(id) ?? {};
      if (from !== undefined && file !== undefined) desk.expect({ id, ...file }, from);
    });
  }
}
