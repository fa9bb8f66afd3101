/**
 * What a peer is told of ICE servers. A TURN server that shares a secret with this one lets in who
 * has a name and a password that were made of it, for a while.
 *
 * @module
 */

import { createHmac } from "node:crypto";
import type { IceConfiguration, IceServer } from "../protocol/messages.ts";

/** The TURN servers that share a secret with this server (coturn's `use-auth-secret`). */
export interface SharedTurn {
  /** Their URLs (RFC 7065). */
  urls: string[];
  /** What they share; never told to anybody. */
  secret: string;
  /** Seconds for which credentials let a peer in. */
  ttl: number;
}

/** How peers are helped to find a path between them. */
export interface Ice {
  /** The servers that all peers are told of as they are. */
  servers: IceServer[];
  /** The TURN servers for which each peer gets credentials of its own. */
  shared?: SharedTurn;
  /** There where peers may only meet at a relay. */
  policy?: "relay";
}

/**
 * Makes the configuration for `peer` as of `now`, in milliseconds since 1970.
 *
 * @example
 * ```ts
 * import { iceConfigurationFor } from "./turn_credentials.ts";
 *
 * const shared = { urls: ["turn:turn.example"], secret: "north", ttl: 3600 };
 * iceConfigurationFor({ servers: [], shared }, { peer: "alice", now: 0 }).iceServers;
 * // [{ urls: ["turn:turn.example"], username: "3600:alice", credential: "zwosny7WRc/bPmmIGPArw6hVpcY=" }]
 * ```
 */
export function iceConfigurationFor(
  { servers, shared, policy }: Ice,
  { peer, now }: { peer: string; now: number },
): IceConfiguration {
  return {
    iceServers: shared === undefined ? servers : [...servers, admit(shared, peer, now)],
    ...(policy !== undefined && { iceTransportPolicy: policy }),
  };
}

/** Makes credentials as TURN servers check them: the time of their end is part of the name. */
function admit({ urls, secret, ttl }: SharedTurn, peer: string, now: number): IceServer {
  const username = `${Math.floor(now / 1000) + ttl}:${peer}`;
  const credential = createHmac("sha1", secret).update(username).digest("base64");
  return { urls, username, credential };
}
