/**
 * Text to message. Nothing else in the project calls `JSON.parse`: what passes here is rebuilt field
 * by field, and what does not is a reason in words, never an exception.
 *
 * @module
 */

import { isPeerId } from "./ids.ts";
import type {
  Candidate,
  ClientMessage,
  ErrorMessage,
  IceServer,
  PeerEntry,
  ServerMessage,
  Version,
  Version1Message,
} from "./messages.ts";
import { no, type Result, yes } from "./result.ts";

/** A JSON object of which nothing is known yet. */
export type JsonObject = Record<string, unknown>;

/** A valid message together with the object that it was read from. */
export interface Parsed<T> {
  message: T;
  object: JsonObject;
}

/** Reads `text` as a JSON object. */
export function parseObject(text: unknown): Result<JsonObject> {
  if (typeof text !== "string") return no("A message must be text, not binary");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return no("A message must be JSON");
  }
  return isObject(value) ? yes(value) : no("A message must be a JSON object");
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
      return yes({ type });
    case "ping":
      if (typeof object.t !== "number") return no('"t" must be a number');
      return yes({ type, t: object.t });
    default:
      return no('"type" must be one of join, offer, answer, candidate, leave, ping');
  }
}

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

/**
 * Reads what the server sent to a version 2 client. A candidate that a version 1 peer wrote as a
 * bare line comes out as the object that a browser wants.
 */
export function parseServerMessage(text: unknown): Result<ServerMessage> {
  const parsed = parseObject(text);
  if (!parsed.ok) return parsed;
  const object = parsed.value;
  const { type, peer, from } = object;
  switch (type) {
    case "welcome":
      return parseWelcome(object);
    case "peer-joined":
      if (!isPeerId(peer)) return no('"peer" must be the id of a peer');
      return yes({ type, peer, version: parseVersion(object.version) });
    case "peer-away":
    case "peer-back":
      return isPeerId(peer) ? yes({ type, peer }) : no('"peer" must be the id of a peer');
    case "peer-left": {
      if (!isPeerId(peer)) return no('"peer" must be the id of a peer');
      const { reason } = object;
      return yes({
        type,
        peer,
        reason: reason === "left" || reason === "replaced" ? reason : "lost",
      });
    }
    case "offer":
    case "answer":
      if (!isPeerId(from)) return no('"from" must be the id of a peer');
      if (typeof object.sdp !== "string") return no('"sdp" must be a string');
      return yes({ type, sdp: object.sdp, from });
    case "candidate": {
      if (!isPeerId(from)) return no('"from" must be the id of a peer');
      const { candidate } = object;
      if (candidate === null) return yes({ type, candidate, from });
      const parsed = typeof candidate === "string"
        ? yes<Candidate>({ candidate, sdpMLineIndex: 0 })
        : parseCandidate(candidate);
      return parsed.ok ? yes({ type, candidate: parsed.value, from }) : parsed;
    }
    case "leave":
      return isPeerId(from) ? yes({ type, from }) : no('"from" must be the id of a peer');
    case "pong":
      return typeof object.t === "number" ? yes({ type, t: object.t }) : no('"t" must be a number');
    case "error":
      return yes({
        type,
        code: String(object.code) as ErrorMessage["code"],
        message: String(object.message),
        ...(typeof object.retryAfter === "number" && { retryAfter: object.retryAfter }),
      });
    default:
      return no('"type" is not one that a server sends');
  }
}

function parseWelcome(object: JsonObject): Result<ServerMessage> {
  const { peer, room, capacity, resume, heartbeat, limits } = object;
  if (!isPeerId(peer)) return no('"peer" must be the id of a peer');
  if (typeof room !== "string") return no('"room" must be a string');
  if (!Array.isArray(object.peers)) return no('"peers" must be a list');
  if (!Array.isArray(object.iceServers)) return no('"iceServers" must be a list');
  const { interval, timeout } = isObject(heartbeat) ? heartbeat : {};
  if (typeof interval !== "number" || typeof timeout !== "number") {
    return no('"heartbeat" must hold the numbers interval and timeout');
  }
  const peers: PeerEntry[] = [];
  for (const entry of object.peers) {
    if (!isObject(entry) || !isPeerId(entry.peer)) return no('"peers" must list peers');
    const state = entry.state === "away" ? "away" : "present";
    peers.push({ peer: entry.peer, version: parseVersion(entry.version), state });
  }
  const iceServers: IceServer[] = [];
  for (const entry of object.iceServers) {
    const server = parseIceServer(entry);
    if (!server.ok) return server;
    iceServers.push(server.value);
  }
  return yes({
    type: "welcome",
    peer,
    room,
    capacity: typeof capacity === "number" ? capacity : peers.length + 1,
    peers,
    ...(typeof resume === "string" && { resume }),
    iceServers,
    heartbeat: { interval, timeout },
    limits: isObject(limits) ? limits : {},
  });
}

function parseIceServer(value: unknown): Result<IceServer> {
  if (!isObject(value)) return no("An ICE server must be an object");
  const { username, credential } = value;
  const urls = typeof value.urls === "string" ? [value.urls] : value.urls;
  if (!Array.isArray(urls) || !urls.every((url) => typeof url === "string")) {
    return no('The "urls" of an ICE server must be strings');
  }
  return yes({
    urls,
    ...(typeof username === "string" && { username }),
    ...(typeof credential === "string" && { credential }),
  });
}

function parseVersion(value: unknown): Version {
  return value === 1 ? 1 : 2;
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
