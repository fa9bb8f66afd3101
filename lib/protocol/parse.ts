/**
 * Text to message, as the server reads it. Nothing else in the project calls `JSON.parse`: what passes
 * here is rebuilt field by field, and what does not is a reason in words, never an exception.
 *
 * @module
 */

import { isPeerId } from "./ids.ts";
import type { Candidate, ClientMessage, Version1Message } from "./messages.ts";
import { no, type Result, yes } from "./result.ts";

/** A JSON object of which nothing is known yet. */
export type JsonObject = Record<string, unknown>;

/** A valid message together with the object that it was read from. */
export interface Parsed<T> {
  /** What was read, field by field. */
  message: T;
  /** The whole object, unknown fields included. */
  object: JsonObject;
}

/** Reads `text` as a JSON object. */
export function parseObject(text: unknown): Result<JsonObject> {
  if (typeof text !== "string") return no("A message must be text, not binary");
  const value = readJson(text);
  if (value === undefined) return no("A message must be JSON");
  return isObject(value) ? yes(value) : no("A message must be a JSON object");
}

/** Reads `text` as a JSON list. */
export function parseList(text: string): Result<unknown[]> {
  const value = readJson(text);
  return Array.isArray(value) ? yes(value) : no("It must be a JSON list");
}

/** What JSON says; nothing, which it has no word for, where it is none. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Reads what a version 1 client sent. Fields that the protocol does not know are allowed.
 *
 * @example
 * ```ts
 * import { parseVersion1 } from "./parse.ts";
 *
 * parseVersion1('{"type":"offer","sdp":"v=0"}').ok; // true
 * parseVersion1('{"type":"offer"}'); // { ok: false, reason: '"sdp" must be a string' }
 * ```
 */
export function parseVersion1(text: unknown): Result<Parsed<Version1Message>> {
  const parsed = parseObject(text);
  if (!parsed.ok) return parsed;
  const object = parsed.value;
  switch (object.type) {
    case "offer":
    case "answer":
      if (typeof object.sdp !== "string") return no('"sdp" must be a string');
      return yes({ message: { type: object.type, sdp: object.sdp }, object });
    case "candidate":
      if (typeof object.candidate !== "string" && !isObject(object.candidate)) {
        return no('"candidate" must be a string or an object');
      }
      return yes({ message: { type: "candidate", candidate: object.candidate }, object });
    case "leave":
      return yes({ message: { type: "leave" }, object });
    default:
      return no('"type" must be one of offer, answer, candidate, leave');
  }
}

/** Reads what a version 2 client sent. A `from`, which only the server may say, is refused. */
export function parseClientMessage(text: unknown): Result<Parsed<ClientMessage>> {
  const parsed = parseObject(text);
  if (!parsed.ok) return parsed;
  const message = clientMessage(parsed.value);
  return message.ok ? yes({ message: message.value, object: parsed.value }) : message;
}

function clientMessage(object: JsonObject): Result<ClientMessage> {
  if (Object.hasOwn(object, "from")) return no('"from" is the server\'s to say: leave it out');
  const { type, to } = object;
  if (to !== undefined && !isPeerId(to)) return no('"to" must be the id of a peer');
  const target = to === undefined ? {} : { to };
  switch (type) {
    case "join": {
      const { auth, resume } = object;
      if (!isOptionalToken(auth)) return no('"auth" must be a string of 1 to 128 characters');
      if (!isOptionalToken(resume)) return no('"resume" must be a string of 1 to 128 characters');
      return yes({ type, ...(auth && { auth }), ...(resume && { resume }) });
    }
    case "offer":
    case "answer":
      if (typeof object.sdp !== "string") return no('"sdp" must be a string');
      return yes({ type, sdp: object.sdp, ...target });
    case "candidate": {
      if (object.candidate === null) return yes({ type, candidate: null, ...target });
      const candidate = parseCandidate(object.candidate);
      return candidate.ok ? yes({ type, candidate: candidate.value, ...target }) : candidate;
    }
    case "leave":
      return yes({ type, ...target });
    case "ice-servers":
      return yes({ type });
    case "ping":
    case "pong":
      if (!Number.isFinite(object.t)) return no('"t" must be a number');
      return yes({ type, t: object.t as number });
    default:
      return no(`"type" must be one of ${TYPES}`);
  }
}

const TYPES = "join, offer, answer, candidate, leave, ice-servers, ping, pong";

/** Reads an ICE candidate (W3C WebRTC, `RTCIceCandidateInit`). */
export function parseCandidate(value: unknown): Result<Candidate> {
  if (!isObject(value)) return no('"candidate" must be null or an object');
  const { candidate, sdpMid, sdpMLineIndex, usernameFragment } = value;
  if (typeof candidate !== "string") return no('"candidate.candidate" must be a string');
  if (!isOptional(sdpMid, "string")) return no('"candidate.sdpMid" must be a string or null');
  if (!isOptional(usernameFragment, "string")) {
    return no('"candidate.usernameFragment" must be a string or null');
  }
  if (sdpMLineIndex !== undefined && sdpMLineIndex !== null && !isLineIndex(sdpMLineIndex)) {
    return no('"candidate.sdpMLineIndex" must be null or a number from 0 to 65535');
  }
  return yes({
    candidate,
    ...(sdpMid !== undefined && { sdpMid }),
    ...(sdpMLineIndex !== undefined && { sdpMLineIndex }),
    ...(usernameFragment !== undefined && { usernameFragment }),
  });
}

/** Tells whether `value` is an object in JSON's sense: not a list, not null. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isOptionalToken(value: unknown): value is string | undefined {
  return value === undefined ||
    typeof value === "string" && value.length > 0 && value.length <= 128;
}

function isOptional(value: unknown, type: "string"): value is string | null | undefined {
  return value === undefined || value === null || typeof value === type;
}

function isLineIndex(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 65535;
}
