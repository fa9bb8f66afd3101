/**
 * Who may open a socket. Reads a request for `/ws/signal` and decides, before anything is upgraded.
 *
 * @module
 */

import { CLOSE, type Close } from "../protocol/closes.ts";
import { parseRoomName } from "../protocol/ids.ts";
import { type ErrorCode, type ErrorMessage, SUBPROTOCOL } from "../protocol/messages.ts";
import type { Admission } from "./admission.ts";
import { type Client, identifyClient } from "./client_address.ts";
import type { Config } from "./config.ts";
import { splitList } from "./list.ts";
import { checkOrigin, type OriginRule } from "./origin.ts";

/** The decision about a request. */
export type Handshake =
  /** Answer over HTTP; nothing is upgraded. */
  | { state: "refuse"; response: Response }
  | Upgrade;

/** The decision to upgrade; `address` is what the socket counts for. */
export type Upgrade =
  & { address: string }
  & (
    /** Say why not, and close: a browser cannot read the status of a refused handshake. */
    | { state: "turn-away"; version: 2; protocol: string; error: ErrorMessage; close: Close }
    /** Talk. */
    | { state: "accept"; version: 1; room: string }
    | { state: "accept"; version: 2; room: string; protocol: string }
  );

/** What the decision depends on beside the request. */
export interface Gate {
  /** Which pages may connect, and whose headers are believed. */
  config: Pick<Config, "origins" | "trustedProxies">;
  /** How many sockets there may be. */
  admission: Pick<Admission, "knock">;
}

/**
 * Decides about `request`, which came from the address `remote`. Whether its room has a seat is not
 * looked at yet.
 */
export function decideHandshake(request: Request, remote: string, gate: Gate): Handshake {
  const broken = checkUpgrade(request);
  if (broken !== undefined) return refuse(broken);
  const { origins, trustedProxies } = gate.config;
  const client = identifyClient(request, remote, trustedProxies);
  const notNow = gate.admission.knock(client.address);
  if (notNow !== undefined) return refuse(notNow);
  return decide(request, client, origins);
}

/**
 * Leaves of a request's subprotocols the one that is granted. The runtime looks for it in the header
 * as if all lists were separated by a comma and one space, which RFC 6455 does not ask for.
 */
export function offerOnly(request: Request, protocol: string): string {
  if (request.headers.get(PROTOCOL) === protocol) return protocol;
  const headers = new Headers(request.headers);
  headers.set(PROTOCOL, protocol);
  Object.defineProperty(request, "headers", { value: headers });
  return protocol;
}

function decide(request: Request, client: Client, rule: OriginRule): Handshake {
  const { headers } = request;
  const { address, serverOrigin } = client;
  const offered = listOf(headers, PROTOCOL);
  const room = parseRoomName(new URL(request.url).searchParams.get("room"));
  const origin = checkOrigin(headers.get("origin"), { serverOrigin, rule });
  const first = offered[0];
  if (first === undefined) {
    if (!origin.ok) return refuse({ status: 403, code: "refused", message: origin.reason });
    if (!room.ok) return refuse({ status: 400, code: "bad-room", message: room.reason });
    return { state: "accept", version: 1, room: room.value, address };
  }
  const turnAway = (code: ErrorCode, message: string, close: Close): Handshake => {
    const protocol = offered.includes(SUBPROTOCOL) ? SUBPROTOCOL : first;
    const error: ErrorMessage = { type: "error", code, message };
    return { state: "turn-away", version: 2, protocol, error, close, address };
  };
  if (!origin.ok) return turnAway("refused", origin.reason, CLOSE.refused);
  if (!offered.includes(SUBPROTOCOL)) {
    const message = `The subprotocol must be ${SUBPROTOCOL}, or none for version 1`;
    return turnAway("version", message, CLOSE.version);
  }
  if (!room.ok) return turnAway("bad-room", room.reason, CLOSE.badRoom);
  return { state: "accept", version: 2, room: room.value, protocol: SUBPROTOCOL, address };
}

const PROTOCOL = "sec-websocket-protocol";
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const KEY = /^[+/0-9A-Za-z]{22}==$/;

/** Finds what is wrong with an upgrade (RFC 6455 section 4.2.1). */
function checkUpgrade({ method, headers }: Request): Refused | undefined {
  if (method !== "GET" && method !== "HEAD") {
    const message = "This address speaks WebSocket, which begins with GET";
    return { status: 405, code: "method-not-allowed", message, headers: { allow: "GET" } };
  }
  // Of a list the runtime does not know what to make, and no client sends one.
  const upgrades = headers.get("upgrade")?.toLowerCase() === "websocket" &&
    listOf(headers, "connection").some((token) => /^upgrade$/i.test(token));
  if (method === "HEAD" || !upgrades) {
    const message = "This address speaks WebSocket: open it with a client";
    const headers = { upgrade: "websocket", connection: "upgrade" };
    return { status: 426, code: "upgrade-required", message, headers };
  }
  if (headers.get("sec-websocket-version") !== "13") {
    const message = "The version of WebSocket must be 13 (RFC 6455)";
    const headers = { "sec-websocket-version": "13" };
    return { status: 426, code: "upgrade-required", message, headers };
  }
  if (!KEY.test(headers.get("sec-websocket-key") ?? "")) {
    const message = "The header Sec-WebSocket-Key must be 16 bytes in base64 (RFC 6455)";
    return { status: 400, code: "bad-handshake", message };
  }
  if (!listOf(headers, PROTOCOL).every((token) => TOKEN.test(token))) {
    const message = "The header Sec-WebSocket-Protocol must be a list of tokens (RFC 6455)";
    return { status: 400, code: "version", message };
  }
}

/** What a header lists, in its order. */
function listOf(headers: Headers, name: string): string[] {
  return splitList(headers.get(name) ?? "");
}

/** An answer over HTTP instead of an upgrade. */
export interface Refused {
  /** The status (RFC 9110 section 15). */
  status: number;
  /** The same as an error of the protocol. */
  code: string;
  /** The same for a person. */
  message: string;
  /** Seconds after which trying again makes sense. */
  retryAfter?: number;
  /** Headers that the status asks for. */
  headers?: Record<string, string>;
}

/** Decides to answer over HTTP, in the form of an `error`. */
export function refuse(
  { status, code, message, retryAfter, headers = {} }: Refused,
): { state: "refuse"; response: Response } {
  const body = { type: "error", code, message, ...(retryAfter !== undefined && { retryAfter }) };
  const response = Response.json(body, { status, headers });
  if (retryAfter !== undefined) response.headers.set("retry-after", String(retryAfter));
  return { state: "refuse", response };
}
