/**
 * One signal, many listeners: how a message that arrived in one version is written for a peer of
 * the other. The sender's own text is reused wherever it can be.
 *
 * @module
 */

import type { ClientMessage, Version, Version1Message } from "./messages.ts";
import type { JsonObject } from "./parse.ts";

/** A valid message on its way to other peers. */
export interface Outgoing {
  /** The frame as its sender wrote it. */
  text: string;
  /** What was read from it. */
  message: Version1Message | ClientMessage;
  /** The object that it was read from, unknown fields included. */
  object: JsonObject;
  /** The id that the server gave to the sender. */
  from: string;
}

/**
 * Writes `outgoing` for a peer that speaks `version`; `undefined` where that version has no words
 * for it. Version 1 sees neither `from` nor `to` unless a version 1 sender wrote them itself.
 */
export function translate(outgoing: Outgoing, version: Version): string | undefined {
  return version === 1 ? toVersion1(outgoing) : toVersion2(outgoing);
}

function toVersion1({ text, message, object }: Outgoing): string | undefined {
  // Version 1 has no end-of-candidates; its clients do not expect null.
  if (message.type === "candidate" && message.candidate === null) return undefined;
  if (!("to" in message)) return text;
  const { to: _, ...rest } = object;
  return JSON.stringify(rest);
}

function toVersion2({ text, object, from }: Outgoing): string {
  // A version 1 client may write any field, so its own "from" must not reach the other side.
  if (Object.hasOwn(object, "from")) return JSON.stringify({ ...object, from });
  return `${text.slice(0, text.lastIndexOf("}"))},"from":${JSON.stringify(from)}}`;
}
