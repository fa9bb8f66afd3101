/**
 * MCP, the Message Context Protocol: every message of both versions, as types. Version 1 is spoken
 * by a socket without subprotocol, version 2 by one that asked for `mcp.v2`.
 *
 * @module
 */

import type { LimitName } from "./limits.ts";

/** The WebSocket subprotocol (RFC 6455 section 1.9) of version 2. */
export const SUBPROTOCOL = "mcp.v2";

/** The versions of the protocol; they share rooms. */
export type Version = 1 | 2;

/** An ICE candidate (W3C WebRTC, `RTCIceCandidateInit`). */
export type Candidate = {
  candidate: string;
  sdpMid?: string | null;
  sdpMLineIndex?: number | null;
  usernameFragment?: string | null;
};

/** Version 1 `offer` or `answer` (`RTCSessionDescriptionInit`). */
export type Description = {
  type: "offer" | "answer";
  sdp: string;
};

/** Version 1 `candidate`: the candidate's line, or the whole candidate object. */
export type CandidateMessage = {
  type: "candidate";
  candidate: string | Record<string, unknown>;
};

/** The peer leaves its room. */
export type LeaveMessage = {
  type: "leave";
};

/** Everything that a version 1 client sends, and receives from its peers. */
export type Version1Message = Description | CandidateMessage | LeaveMessage;

/** Version 2's first message, due within {@linkcode LIMITS.JOIN_TIMEOUT} of opening. */
export type JoinMessage = {
  type: "join";
  /** Proof of knowing a private room's key; base64url. */
  auth?: string;
  /** The token of a former `welcome`, to take its seat back. */
  resume?: string;
};

/** A description for one peer, or, without `to`, for every other peer of the room. */
export type DescriptionSignal = Description & {
  to?: string;
};

/** A candidate for one peer or all; `null` says that there are no more (RFC 8838 section 9). */
export type CandidateSignal = {
  type: "candidate";
  candidate: Candidate | null;
  to?: string;
};

/** A question whether the other end is still there; `t` comes back in the `pong`. */
export type PingMessage = {
  type: "ping";
  t: number;
};

/** The answer to a `ping`, with its `t`. */
export type PongMessage = {
  type: "pong";
  t: number;
};

/** Asks for the {@linkcode IceConfiguration} anew, as the credentials in it run out. */
export type IceServersRequest = {
  type: "ice-servers";
};

/** What one peer has to say to another about their connection. */
export type Signal = DescriptionSignal | CandidateSignal;

/** Everything that a version 2 client sends. A `leave` goes to all, whatever its `to` says. */
export type ClientMessage =
  | JoinMessage
  | Signal
  | LeaveMessage & { to?: string }
  | IceServersRequest
  | PingMessage
  | PongMessage;

/** Another peer of the room, as `welcome` lists it, in the order of seats. */
export type PeerEntry = {
  peer: string;
  version: Version;
  state: "present" | "away";
};

/** An ICE server (W3C WebRTC, `RTCIceServer`). */
export type IceServer = {
  urls: string[];
  username?: string;
  credential?: string;
};

/** What every peer connection of a peer is made with (W3C WebRTC, `RTCConfiguration`). */
export type IceConfiguration = {
  /** The servers that help to find a path; credentials among them last a while only. */
  iceServers: IceServer[];
  /** Only relayed paths, which show no peer the address of another; absent where any path will do. */
  iceTransportPolicy?: "relay";
};

/** The answer to an {@linkcode IceServersRequest}, with credentials that were just made. */
export type IceServersMessage = IceConfiguration & {
  type: "ice-servers";
};

/** The answer to `join`: the peer has its seat. */
export type WelcomeMessage = IceConfiguration & {
  type: "welcome";
  /** The id that the server gave to this peer. */
  peer: string;
  room: string;
  /** How many peers the room holds. */
  capacity: number;
  /** The other peers, earliest seat first. */
  peers: PeerEntry[];
  /** How many of `peers` have an earlier seat than this one: they are impolite towards it. */
  seat: number;
  /** The token that takes this seat back after the socket broke; absent where seats are not kept. */
  resume?: string;
  /** Milliseconds between a client's pings, and without an answer until it gives up. */
  heartbeat: { interval: number; timeout: number };
  /** What this server accepts, by the name of the setting. */
  limits: Partial<Record<LimitName, number>>;
};

/** Why a peer is gone: it said so, its socket broke, or a newer socket took its place. */
export type LeaveReason = "left" | "lost" | "replaced";

/** What is said to a client when something is refused. */
export type ErrorCode =
  | "bad-message"
  | "bad-room"
  | "join-timeout"
  | "mailbox-full"
  | "peer-away"
  | "peer-gone"
  | "rate-limited"
  | "refused"
  | "restarting"
  | "room-full"
  | "try-later"
  | "version"
  | "wrong-key";

/** A refusal, with words for the person who reads the client's console. */
export type ErrorMessage = {
  type: "error";
  code: ErrorCode;
  message: string;
  /** Seconds after which trying again makes sense. */
  retryAfter?: number;
};

/** Another peer's signal; `from` is always the server's word. */
export type ForwardedSignal =
  | { type: "offer" | "answer"; sdp: string; from: string }
  | { type: "candidate"; candidate: Candidate | null; from: string };

/** Everything that the server sends to a version 2 client. */
export type ServerMessage =
  | WelcomeMessage
  | IceServersMessage
  | { type: "peer-joined"; peer: string; version: Version }
  | { type: "peer-away" | "peer-back"; peer: string }
  | { type: "peer-left"; peer: string; reason: LeaveReason }
  | ForwardedSignal
  | { type: "leave"; from: string }
  | PingMessage
  | PongMessage
  | ErrorMessage;
