/**
 * Text to message, as a version 2 client reads what the server sent.
 *
 * @module
 */

import { isPeerId } from "./ids.ts";
import type {
  Candidate,
  ErrorMessage,
  IceConfiguration,
  IceServer,
  PeerEntry,
  ServerMessage,
  Version,
} from "./messages.ts";
import { isObject, type JsonObject, parseCandidate, parseObject } from "./parse.ts";
import { no, type Result, yes } from "./result.ts";

/** One reason for all: nobody is told, as a server that says such a thing hears no answer. */
const UNREADABLE = no("This is no message that a server sends");

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
    case "ice-servers": {
      const ice = parseIceConfiguration(object);
      return ice.ok ? yes({ type, ...ice.value }) : ice;
    }
    case "peer-joined":
      if (!isPeerId(peer)) return UNREADABLE;
      return yes({ type, peer, version: parseVersion(object.version) });
    case "peer-away":
    case "peer-back":
      return isPeerId(peer) ? yes({ type, peer }) : UNREADABLE;
    case "peer-left": {
      if (!isPeerId(peer)) return UNREADABLE;
      const { reason } = object;
      return yes({
        type,
        peer,
        reason: reason === "left" || reason === "replaced" ? reason : "lost",
      });
    }
    case "offer":
    case "answer":
      if (!isPeerId(from)) return UNREADABLE;
      if (typeof object.sdp !== "string") return UNREADABLE;
      return yes({ type, sdp: object.sdp, from });
    case "candidate": {
      if (!isPeerId(from)) return UNREADABLE;
      const { candidate } = object;
      if (candidate === null) return yes({ type, candidate, from });
      const parsed = typeof candidate === "string"
        ? yes<Candidate>({ candidate, sdpMLineIndex: 0 })
        : parseCandidate(candidate);
      return parsed.ok ? yes({ type, candidate: parsed.value, from }) : parsed;
    }
    case "leave":
      return isPeerId(from) ? yes({ type, from }) : UNREADABLE;
    case "ping":
    case "pong":
      return typeof object.t === "number" ? yes({ type, t: object.t }) : UNREADABLE;
    case "error":
      return yes({
        type,
        code: String(object.code) as ErrorMessage["code"],
        message: String(object.message),
        ...(typeof object.retryAfter === "number" && { retryAfter: object.retryAfter }),
      });
    default:
      return UNREADABLE;
  }
}

function parseWelcome(object: JsonObject): Result<ServerMessage> {
  const { peer, room, capacity, resume, heartbeat, limits } = object;
  if (!isPeerId(peer)) return UNREADABLE;
  if (typeof room !== "string") return UNREADABLE;
  if (!Array.isArray(object.peers)) return UNREADABLE;
  const ice = parseIceConfiguration(object);
  if (!ice.ok) return ice;
  const { interval, timeout } = isObject(heartbeat) ? heartbeat : {};
  if (!isDuration(interval) || !isDuration(timeout)) {
    return UNREADABLE;
  }
  const peers: PeerEntry[] = [];
  for (const entry of object.peers) {
    if (!isObject(entry) || !isPeerId(entry.peer)) return UNREADABLE;
    const state = entry.state === "away" ? "away" : "present";
    peers.push({ peer: entry.peer, version: parseVersion(entry.version), state });
  }
  return yes({
    type: "welcome",
    peer,
    room,
    capacity: typeof capacity === "number" ? capacity : peers.length + 1,
    peers,
    // An older server does not say it; whoever is new has the last one.
    seat: isSeat(object.seat, peers.length) ? object.seat : peers.length,
    ...(typeof resume === "string" && { resume }),
    ...ice.value,
    heartbeat: { interval, timeout },
    limits: isObject(limits) ? limits : {},
  });
}

function parseIceConfiguration(object: JsonObject): Result<IceConfiguration> {
  if (!Array.isArray(object.iceServers)) return UNREADABLE;
  const iceServers: IceServer[] = [];
  for (const entry of object.iceServers) {
    const server = parseIceServer(entry);
    if (!server.ok) return server;
    iceServers.push(server.value);
  }
  const { iceTransportPolicy } = object;
  return yes({ iceServers, ...(iceTransportPolicy === "relay" && { iceTransportPolicy }) });
}

function parseIceServer(value: unknown): Result<IceServer> {
  if (!isObject(value)) return UNREADABLE;
  const { username, credential } = value;
  const urls = typeof value.urls === "string" ? [value.urls] : value.urls;
  if (!Array.isArray(urls) || !urls.every((url) => typeof url === "string")) {
    return UNREADABLE;
  }
  return yes({
    urls,
    ...(typeof username === "string" && { username }),
    ...(typeof credential === "string" && { credential }),
  });
}

function isSeat(value: unknown, last: number): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= last;
}

function isDuration(value: unknown): value is number {
  return typeof value === "number" && value > 0 && Number.isFinite(value);
}

function parseVersion(value: unknown): Version {
  return value === 1 ? 1 : 2;
}
