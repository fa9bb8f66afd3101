/**
 * The SHA-256 of bytes that are never all there at once (FIPS 180-4). The browser's own takes only
 * what is in memory as a whole.
 *
 * @module
 */

import { sha256 } from "@noble/hashes/sha2.js";

/** A sum that grows. */
export class Digest {
  #hash: ReturnType<typeof sha256.create> = sha256.create();

  /** Takes the next bytes. */
  update(bytes: Uint8Array): void {
    this.#hash.update(bytes);
  }

  /** Answers with the sum, in hexadecimal; nothing can be added afterwards. */
  finish(): string {
    const sum = this.#hash.digest();
    return Array.from(sum, (byte) => byte.toString(16).padStart(2, "0")).join("");
  }
}
