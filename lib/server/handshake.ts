/**
 * Who may open a socket. Reads a request for `/ws/signal` and decides, before anything is upgraded.
 *
 * @module
 */

import { CLOSE, type Close } from "../protocol/close_codes.ts";
import { parseRoomName } from "../protocol/ids.ts";
import { type ErrorMessage, SUBPROTOCOL } from "../protocol/messages.ts";

/** The decision about a request. */
export type Handshake =
  /** Answer over HTTP; nothing is upgraded. */
  | { state: "refuse"; response: Response }
  /** Upgrade, say why not, and close: a browser cannot read the status of a refused handshake. */
  | { state: "turn-away"; protocol: string; error: ErrorMessage; close: Close }
  /** Upgrade and talk. */
  | { state: "accept"; version: 1; room: string }
  | { state: "accept"; version: 2; room: string; protocol: string };

/** Decides about `request`; `isFull` tells whether a room has no seat left. */
export function decideHandshake(
  request: Request,
  isFull: (room: string) => boolean,
): Handshake {
  const { method, headers } = request;
  if (method !== "GET" && method !== "HEAD") {
    const message = "This address speaks WebSocket, which begins with GET";
    return refuse(405, { code: "method-not-allowed", message, headers: { allow: "GET" } });
  }
  const upgrades = headers.get("upgrade")?.toLowerCase() === "websocket" &&
    /\bupgrade\b/i.test(headers.get("connection") ?? "");
  if (method === "HEAD" || !upgrades) {
    const message = "This address speaks WebSocket: open it with a client";
    const headers = { upgrade: "websocket", connection: "upgrade" };
    return refuse(426, { code: "upgrade-required", message, headers });
  }
  if (headers.get("sec-websocket-version") !== "13") {
    const message = "The version of WebSocket must be 13 (RFC 6455)";
    const headers = { "sec-websocket-version": "13" };
    return refuse(426, { code: "upgrade-required", message, headers });
  }
  if (!headers.has("sec-websocket-key")) {
    const message = "The header Sec-WebSocket-Key is missing (RFC 6455)";
    return refuse(400, { code: "bad-handshake", message });
  }
  const header = headers.get("sec-websocket-protocol") ?? "";
  const offered = header.split(", ").filter((token) => token !== "");
  // The runtime grants only what stands between ", ", where RFC 6455 allows any white space.
  if (offered.some((token) => /[,\s]/.test(token))) {
    const message = 'Subprotocols must be separated by ", ", a comma and one space';
    return refuse(400, { code: "version", message });
  }
  const room = parseRoomName(new URL(request.url).searchParams.get("room"));
  const first = offered[0];
  if (first === undefined) {
    if (!room.ok) return refuse(400, { code: "bad-room", message: room.reason });
    if (isFull(room.value)) return refuse(409, { code: "room-full", message: ROOM_FULL });
    return { state: "accept", version: 1, room: room.value };
  }
  if (!offered.includes(SUBPROTOCOL)) {
    const message = `The subprotocol must be ${SUBPROTOCOL}, or none for version 1`;
    const error: ErrorMessage = { type: "error", code: "version", message };
    return { state: "turn-away", protocol: first, error, close: CLOSE.version };
  }
  if (!room.ok) {
    const error: ErrorMessage = { type: "error", code: "bad-room", message: room.reason };
    return { state: "turn-away", protocol: SUBPROTOCOL, error, close: CLOSE.badRoom };
  }
  return { state: "accept", version: 2, room: room.value, protocol: SUBPROTOCOL };
}

/** What a peer hears when every seat is taken. */
export const ROOM_FULL = "Every seat of this room is taken: try again later, or use another room";

interface Refused {
  code: string;
  message: string;
  headers?: Record<string, string>;
}

function refuse(status: number, { code, message, headers = {} }: Refused): Handshake {
  const response = Response.json({ type: "error", code, message }, { status, headers });
  return { state: "refuse", response };
}
