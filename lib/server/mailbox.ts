/**
 * What a lone peer said, kept for the one that joins next, so that the order of arrival does not
 * matter: a client may send its offer before anybody is there to hear it.
 *
 * @module
 */

import { MAILBOX_BYTES, MAILBOX_MESSAGES } from "../protocol/limits.ts";
import type { Outgoing } from "../protocol/translate.ts";

/** The signals of one lone peer, oldest first, bounded in number and bytes. */
export class Mailbox {
  #kept: Outgoing[] = [];
  #bytes = 0;

  /** Keeps a signal, unless that would pass a bound. The newest offer takes the older one's place. */
  keep(outgoing: Outgoing): boolean {
    const { type } = outgoing.message;
    // An answer answers nobody here.
    if (type === "answer") return true;
    // A newer offer starts the negotiation anew: the candidates so far belong to the older one.
    if (type === "offer" && this.#kept.some(({ message }) => message.type === "offer")) {
      this.empty();
    }
    const bytes = this.#bytes + outgoing.bytes;
    if (this.#kept.length >= MAILBOX_MESSAGES || bytes > MAILBOX_BYTES) return false;
    this.#bytes = bytes;
    this.#kept.push(outgoing);
    return true;
  }

  /** Keeps nothing more of the peer `from`, who is gone. */
  forget(from: string): void {
    const others = this.empty().filter((outgoing) => outgoing.from !== from);
    for (const outgoing of others) this.keep(outgoing);
  }

  /** Hands out what was kept, and keeps nothing of it. */
  empty(): Outgoing[] {
    const kept = this.#kept;
    this.#kept = [];
    this.#bytes = 0;
    return kept;
  }
}
