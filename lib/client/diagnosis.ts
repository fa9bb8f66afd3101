/**
 * Why two peers have no path between them, as far as it can be told from here.
 *
 * @module
 */

import type { IceConfiguration } from "../protocol/messages.ts";
import type { Finding } from "./findings.ts";

/** What is missing. */
export type Cause =
  /** The peer never answered. */
  | "no-answer"
  /** What the peer sent is no description that this browser can use. */
  | "unreadable"
  /** This browser shows no address at all: a setting, an extension or a policy forbids it. */
  | "no-candidates"
  /** The relay does not accept the credentials that the server gave. */
  | "relay-refused"
  /** A relay is configured, and cannot be reached from here. */
  | "relay-unreachable"
  /** Nothing but hidden local addresses on either side: they mean nothing outside one network. */
  | "mdns-only"
  /** STUN servers do not answer: UDP seems to be blocked. */
  | "udp-blocked"
  /** Both sides can be seen, and no relay is there for the case that they cannot meet. */
  | "no-relay"
  /** There are paths on paper, and none works. */
  | "no-path";

/**
 * Names the cause that explains most.
 *
 * @example
 * ```ts
 * import { diagnose } from "./diagnosis.ts";
 *
 * const seen = {
 *   local: new Set(["host", "srflx"] as const),
 *   remote: new Set(["host", "srflx"] as const),
 *   isRelayRefused: false,
 *   isServerSilent: false,
 *   isUnreadable: false,
 *   answered: true,
 * };
 * diagnose(seen, { iceServers: [{ urls: ["stun:stun.example.org"] }] }); // "no-relay"
 * ```
 */
export function diagnose(finding: Finding, { iceServers }: IceConfiguration): Cause {
  const { local, remote } = finding;
  const urls = iceServers.flatMap((server) => server.urls);
  const hasRelay = urls.some((url) => url.startsWith("turn"));
  if (finding.isUnreadable) return "unreadable";
  if (!finding.answered) return "no-answer";
  if (hasRelay && !local.has("relay")) {
    return finding.isRelayRefused ? "relay-refused" : "relay-unreachable";
  }
  if (local.size === 0) return "no-candidates";
  if (hasRelay) return "no-path";
  if (urls.length > 0 && finding.isServerSilent && !local.has("srflx")) return "udp-blocked";
  if (isHidden(local) && isHidden(remote)) return "mdns-only";
  return "no-relay";
}

function isHidden(kinds: Finding["local"]): boolean {
  return kinds.size > 0 && [...kinds].every((kind) => kind === "hidden");
}
