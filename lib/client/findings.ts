/**
 * What is seen of the ways between two peers while they are looked for, so that a connection which
 * fails can say what was missing.
 *
 * @module
 */

import { type CandidateKind, parseCandidateKind } from "./candidate_kind.ts";
import { isRefusal, UNREACHABLE } from "./ice_error.ts";

/** How a candidate was found; `hidden` is a host's own address that shows itself as a name only. */
export type SeenKind = CandidateKind["type"] | "hidden";

/** What was seen so far. */
export interface Finding {
  /** The kinds of candidates that this side found. */
  local: ReadonlySet<SeenKind>;
  /** The kinds of candidates that the peer told of. */
  remote: ReadonlySet<SeenKind>;
  /** A TURN server refused our credentials. */
  isRelayRefused: boolean;
  /** A STUN or TURN server did not answer. */
  isServerSilent: boolean;
  /** The peer sent a description that the browser cannot use. */
  isUnreadable: boolean;
  /** The peer has sent a description at all. */
  answered: boolean;
}

/** The part of an RTCPeerConnectionIceErrorEvent that says what went wrong. */
export type CandidateError = Pick<RTCPeerConnectionIceErrorEvent, "errorCode" | "url">;

/** Collects what is seen. */
export class Findings {
  #local = new Set<SeenKind>();
  #remote = new Set<SeenKind>();
  #isRelayRefused = false;
  #isServerSilent = false;
  #isUnreadable = false;

  /** This side has found a candidate. */
  local(line: string): void {
    note(this.#local, line);
  }

  /** The peer has told of a candidate. */
  remote(line: string): void {
    note(this.#remote, line);
  }

  /** The peer's description was taken; it may have candidates in it. */
  description(sdp: string): void {
    this.#isUnreadable = false;
    for (const [line] of sdp.matchAll(/^a=candidate:.*$/gm)) this.remote(line);
  }

  /** The peer's description was not taken. */
  unreadable(): void {
    this.#isUnreadable = true;
  }

  /** A STUN or TURN server gave no candidate. */
  error({ errorCode, url }: CandidateError): void {
    if (isRefusal(errorCode) && url.startsWith("turn")) this.#isRelayRefused = true;
    if (errorCode === UNREACHABLE) this.#isServerSilent = true;
  }

  /** Answers with what was seen so far. */
  read(): Omit<Finding, "answered"> {
    return {
      local: new Set(this.#local),
      remote: new Set(this.#remote),
      isRelayRefused: this.#isRelayRefused,
      isServerSilent: this.#isServerSilent,
      isUnreadable: this.#isUnreadable,
    };
  }

  /** Forgets everything. */
  clear(): void {
    this.#local.clear();
    this.#remote.clear();
    this.#isRelayRefused = this.#isServerSilent = this.#isUnreadable = false;
  }
}

/**
 * Tells what kind of candidate a line is; `undefined` where it is none.
 *
 * @example
 * ```ts
 * import { kindOf } from "./findings.ts";
 *
 * kindOf("candidate:1 1 udp 1 192.0.2.1 9 typ srflx raddr 0.0.0.0 rport 0"); // "srflx"
 * kindOf("candidate:1 1 udp 1 0b1c.local 9 typ host"); // "hidden"
 * ```
 */
export function kindOf(line: string): SeenKind | undefined {
  const kind = parseCandidateKind(line);
  return kind?.type === "host" && kind.family === "mDNS" ? "hidden" : kind?.type;
}

function note(kinds: Set<SeenKind>, line: string): void {
  const kind = kindOf(line);
  if (kind !== undefined) kinds.add(kind);
}
