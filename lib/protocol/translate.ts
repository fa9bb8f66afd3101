/**
 * One signal, many listeners: how a message that arrived in one version is written for a peer of
 * the other. The sender's own text is reused wherever it can be.
 *
 * @module
 */

import { countBytes } from "./limits.ts";
import type { ClientMessage, Version, Version1Message } from "./messages.ts";
import type { JsonObject, Parsed } from "./parse.ts";

/** A valid message on its way to other peers. */
export class Outgoing {
  /** What was read from it. */
  readonly message: Version1Message | ClientMessage;
  /** The id that the server gave to the sender. */
  readonly from: string;
  #text: string;
  #object: JsonObject;
  #version2: string | undefined;

  /** Takes the frame as its sender wrote it, and what was read from it. */
  constructor(text: string, parsed: Parsed<Version1Message | ClientMessage>, from: string) {
    this.message = parsed.message;
    this.from = from;
    this.#text = text;
    this.#object = parsed.object;
  }

  /** How long the frame is. */
  get bytes(): number {
    return countBytes(this.#text);
  }

  /**
   * Writes it for a peer that speaks `version`; `undefined` where that version has no words for it.
   * Version 1 sees neither `from` nor `to` unless a version 1 sender wrote them itself.
   */
  textFor(version: Version): string | undefined {
    return version === 1 ? this.#toVersion1() : (this.#version2 ??= this.#toVersion2());
  }

  #toVersion1(): string | undefined {
    const { message } = this;
    // Version 1 has no end-of-candidates; its clients do not expect null.
    if (message.type === "candidate" && message.candidate === null) return undefined;
    if (!("to" in message)) return this.#text;
    const { to: _, ...rest } = this.#object;
    return JSON.stringify(rest);
  }

  #toVersion2(): string {
    const { from } = this;
    // A version 1 client may write any field, so its own "from" must not reach the other side.
    if (Object.hasOwn(this.#object, "from")) return JSON.stringify({ ...this.#object, from });
    return `${this.#text.slice(0, this.#text.lastIndexOf("}"))},"from":"${from}"}`;
  }
}
