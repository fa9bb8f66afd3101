/**
 * Carries words between the transcript and those who are here: what is owed to somebody goes out when
 * there is a line, and what was seen is told to its writer.
 *
 * @module
 */

import { monotonicUlid } from "@std/ulid";
import type { Peer } from "./peer.ts";
import type { Transcript } from "./transcript.ts";
import type { Words } from "./words.ts";

/** What a {@linkcode Post} needs. */
export interface PostOptions {
  /** What was said. */
  transcript: Transcript;
  /** Those who are here. */
  peers: () => Peer[];
  /** Tells whether the messages can be seen right now. */
  isVisible: () => boolean;
}

/** The post of a room. */
export class Post {
  #options: PostOptions;

  /** Begins with nothing under way. */
  constructor(options: PostOptions) {
    this.#options = options;
  }

  /** Says words to everybody here who can be spoken to. */
  send(words: Words): void {
    for (const peer of this.#options.peers()) this.#tell(peer, words);
  }

  /** Says to a peer that can be spoken to what it has not got yet. */
  flush(peer: Peer): void {
    const { transcript } = this.#options;
    for (const words of transcript.owedTo(peer.person)) this.#tell(peer, words);
    transcript.doubt(peer.person);
    this.look();
  }

  /** Takes words of a peer; those of a plain client have no id and no time. */
  hear(peer: Peer, words: Words | { text: string }): void {
    const said = "id" in words ? words : { id: monotonicUlid(), at: Date.now(), text: words.text };
    this.#options.transcript.hear(said, peer.person);
    // Marked as seen after it was acked.
    queueMicrotask(() => this.look());
  }

  /** Marks what arrived while nobody looked as seen. */
  look(): void {
    const { transcript, peers, isVisible } = this.#options;
    if (!isVisible()) return;
    for (const [id, from] of transcript.unseen) {
      const writer = peers().find(({ person }) => person === from);
      if (writer?.line.seen(id)) transcript.see(id);
    }
  }

  #tell({ line, person, isDoubtful }: Peer, words: Words): void {
    const mark = isDoubtful ? "sending" : line.say(words);
    const isTold = mark === "sent" && line.isPlain;
    this.#options.transcript.mark(words.id, person, isTold ? "told" : mark);
  }
}
