/**
 * What kind of address an ICE candidate has: a report says this much, and never the address.
 *
 * @module
 */

/** The kind of an ICE candidate. */
export interface CandidateKind {
  /** How it was found (RFC 8445 section 5.1.1): `srflx` by STUN, `relay` by TURN. */
  type: "host" | "srflx" | "prflx" | "relay";
  /** What the address looks like; `mDNS` is a name that hides it. */
  family: "IPv4" | "IPv6" | "mDNS";
}

const LINE =
  /^(?:a=)?candidate:\S+ \d+ \S+ \d+ (?<address>\S+) \d+ typ (?<type>host|srflx|prflx|relay)\b/i;

/**
 * Reads the kind out of a candidate's line (RFC 8839 section 5.1); `undefined` where it is none.
 *
 * @example
 * ```ts
 * import { parseCandidateKind } from "./candidate_kind.ts";
 *
 * parseCandidateKind("candidate:1 1 udp 2113937151 192.0.2.1 50000 typ host");
 * // { type: "host", family: "IPv4" }
 * ```
 */
export function parseCandidateKind(line: string): CandidateKind | undefined {
  const { address, type } = LINE.exec(line)?.groups ?? {};
  if (address === undefined || type === undefined) return undefined;
  const family = address.includes(":") ? "IPv6" : /\.local$/i.test(address) ? "mDNS" : "IPv4";
  return { type: type.toLowerCase() as CandidateKind["type"], family };
}

/** Names each family among `kinds` once, in the order of their coming. */
export function listFamilies(kinds: readonly CandidateKind[]): string {
  return [...new Set(kinds.map(({ family }) => family))].join(", ");
}
