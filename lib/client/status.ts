/**
 * What the line is doing, in one word and with its cause: derived from the signaling channel and the
 * connections, never stored.
 *
 * @module
 */

import { CLOSE_CODES } from "../protocol/close_codes.ts";
import type { Cause } from "./diagnosis.ts";
import type { Path } from "./path.ts";
import type { LineState } from "./recovery.ts";
import type { Stop } from "./signaling_channel.ts";

/** What the line is doing, with what is known of why. */
export type Status =
  | { state: "connecting"; to: "server" | "peer"; isDifficult?: true }
  | { state: "waiting" }
  | {
    state: "connected";
    path: Path | undefined;
    /** How many of the others words cross with, where that is not all of them. */
    reached?: { count: number; of: number };
    /** Whether the server is out of reach, which the chat does not need. */
    isServerAway?: true;
  }
  | { state: "reconnecting"; to: "server" | "peer" }
  | { state: "failed"; cause: Cause | "no-webrtc" | "replaced" }
  | { state: "failed"; cause: "refused"; detail?: string }
  | { state: "full"; retryAfter?: number }
  | { state: "ended"; by: "us" }
  /** `mayReturn`: they did not say that they leave. */
  | { state: "ended"; by: "them"; mayReturn?: true };

/** Where the signaling channel is. */
export type Signaling =
  | { state: "opening" | "joined" | "away" | "left" }
  | { state: "stopped"; stop: Stop };

/** How another peer is doing. */
export interface PeerStatus {
  /** What the server calls it. */
  id: string;
  /** Who it is, whatever it is called. */
  person: string;
  /** How the line to it is doing. */
  state: LineState;
  /** How words travel, once that is known. */
  path: Path | undefined;
  /** Whether more than one attempt was needed so far. */
  isDifficult: boolean;
  /** Why there is no path to it, where there is none. */
  cause: Cause | undefined;
}

/** What a status is derived from. */
export interface Line {
  /** Where the signaling channel is. */
  signaling: Signaling;
  /** How each of the others is doing. */
  peers: readonly PeerStatus[];
  /** Whether anybody was here before. */
  hadCompany: boolean;
  /** Whether somebody vanished without a word. */
  areMissing: boolean;
}

/** Derives the status. The best connection speaks for all; signaling matters only without one. */
export function deriveStatus({ signaling, peers, hadCompany, areMissing }: Line): Status {
  if (signaling.state === "left") return { state: "ended", by: "us" };
  const connected = peers.filter(({ state }) => state === "connected");
  const find = (wanted: LineState) => peers.find(({ state }) => state === wanted);
  if (connected.length > 0) {
    // One relayed path is enough for the words to be seen by a relay, if only in cipher.
    const paths = connected.map(({ path }) => path);
    return {
      state: "connected",
      path: paths.find((path) => path?.kind === "relayed") ?? paths.find(Boolean),
      ...(connected.length < peers.length &&
        { reached: { count: connected.length, of: peers.length } }),
      ...(signaling.state !== "joined" && { isServerAway: true }),
    };
  }
  if (signaling.state === "stopped") return stopped(signaling.stop);
  if (signaling.state === "away") return { state: "reconnecting", to: "server" };
  if (signaling.state === "opening") return { state: "connecting", to: "server" };
  const connecting = find("connecting");
  if (connecting !== undefined) {
    return {
      state: "connecting",
      to: "peer",
      ...(connecting.isDifficult && { isDifficult: true }),
    };
  }
  if (find("reconnecting") !== undefined) return { state: "reconnecting", to: "peer" };
  const failed = find("failed");
  if (failed !== undefined) return { state: "failed", cause: failed.cause ?? "no-path" };
  if (!hadCompany) return { state: "waiting" };
  return { state: "ended", by: "them", ...(areMissing && { mayReturn: true }) };
}

function stopped({ code, error }: Stop): Status {
  if (code === CLOSE_CODES.roomFull) {
    const retryAfter = error?.retryAfter;
    return { state: "full", ...(retryAfter !== undefined && { retryAfter }) };
  }
  if (code === CLOSE_CODES.replaced) return { state: "failed", cause: "replaced" };
  return { state: "failed", cause: "refused", ...(error && { detail: error.message }) };
}
