/**
 * Which connection a description is of. A connection has a certificate of its own, whose fingerprint
 * (RFC 8122) tells a connection that goes on from one that began anew. Some clients use one
 * certificate for all of theirs; the session id of the origin line (RFC 8866 section 5.2) tells these
 * apart.
 *
 * @module
 */

/** What is known of the connections at the other end. */
export class Fingerprints {
  #current: string | undefined;
  #former = new Set<string>();

  /** Tells what a description is of: the connection that is known, another one, or one before it. */
  recognize(sdp: string): "current" | "other" | "former" {
    const fingerprint = fingerprintOf(sdp);
    if (fingerprint === undefined) return "current";
    if (this.#former.has(identityOf(sdp))) return "former";
    return fingerprintOf(this.#current ?? sdp) === fingerprint ? "current" : "other";
  }

  /** The description `sdp` was taken. */
  keep(sdp: string): void {
    if (fingerprintOf(sdp) !== undefined) this.#current = sdp;
  }

  /** The connection is over; what still comes of it is late. */
  retire(): void {
    if (this.#current !== undefined) this.#former.add(identityOf(this.#current));
    this.#current = undefined;
  }
}

/**
 * Reads the fingerprint out of a session description; `undefined` where there is none.
 *
 * @example
 * ```ts
 * import { fingerprintOf } from "./fingerprint.ts";
 *
 * fingerprintOf("v=0\r\na=fingerprint:sha-256 AA:BB\r\n"); // "sha-256 AA:BB"
 * ```
 */
export function fingerprintOf(sdp: string): string | undefined {
  return /^a=fingerprint:(.*?)\r?$/m.exec(sdp)?.[1];
}

function identityOf(sdp: string): string {
  const [, session] = /^o=\S+ (\S+)/m.exec(sdp) ?? [];
  return `${session} ${fingerprintOf(sdp)}`;
}
