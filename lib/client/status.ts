/**
 * What the line is doing, in one word and with its cause: derived from the signaling channel and the
 * connections, never stored.
 *
 * @module
 */

import { CLOSE } from "../protocol/close_codes.ts";
import type { Path } from "./path.ts";
import type { ConnectionState } from "./peer_connection.ts";
import type { Stop } from "./signaling_channel.ts";

/** What the line is doing, with what is known of why. */
export type Status =
  | { state: "connecting"; to: "server" | "peer" }
  | { state: "waiting" }
  | { state: "connected"; path: Path | undefined }
  | { state: "reconnecting"; to: "server" | "peer" }
  | { state: "failed"; cause: "no-path" | "no-webrtc" | "refused"; detail?: string }
  | { state: "full" }
  | { state: "ended"; by: "us" | "them" };

/** Where the signaling channel is. */
export type Signaling =
  | { state: "opening" | "joined" | "away" | "left" }
  | { state: "stopped"; stop: Stop };

/** What a status is derived from. */
export interface LineState {
  /** Where the signaling channel is. */
  signaling: Signaling;
  /** How the connection to each peer is doing. */
  peers: readonly ConnectionState[];
  /** How words travel, once that is known. */
  path: Path | undefined;
  /** Whether anybody was here before. */
  hadCompany: boolean;
}

/** Derives the status. The best connection speaks for all; signaling matters only without one. */
export function deriveStatus({ signaling, peers, path, hadCompany }: LineState): Status {
  if (signaling.state === "left") return { state: "ended", by: "us" };
  if (signaling.state === "stopped") return stopped(signaling.stop);
  if (peers.includes("connected")) return { state: "connected", path };
  if (signaling.state === "away") return { state: "reconnecting", to: "server" };
  if (signaling.state === "opening") return { state: "connecting", to: "server" };
  if (peers.includes("connecting")) return { state: "connecting", to: "peer" };
  if (peers.includes("reconnecting")) return { state: "reconnecting", to: "peer" };
  if (peers.includes("failed")) return { state: "failed", cause: "no-path" };
  return hadCompany ? { state: "ended", by: "them" } : { state: "waiting" };
}

function stopped({ code, error }: Stop): Status {
  if (code === CLOSE.roomFull.code) return { state: "full" };
  return { state: "failed", cause: "refused", ...(error && { detail: error.message }) };
}
