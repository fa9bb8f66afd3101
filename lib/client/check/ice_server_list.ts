/**
 * The STUN and TURN servers of a welcome, one by one.
 *
 * @module
 */

import type { IceServer } from "../../protocol/messages.ts";
import { concealAddresses } from "./conceal.ts";
import { advise, say, type Saying } from "./saying.ts";
import type { Outcome } from "./step.ts";

/** One address of a server. */
export interface ListedServer {
  /** The address as a report names it: without IP addresses, or anything before an `@`. */
  name: string;
  /** The server with this address alone. */
  server: IceServer;
}

/** Lists the addresses of one protocol; those over TLS are of the same (RFC 7064, RFC 7065). */
export function listServers(
  servers: readonly IceServer[],
  protocol: "stun" | "turn",
): ListedServer[] {
  const scheme = new RegExp(`^${protocol}s?:`, "i");
  return servers.flatMap((server) =>
    server.urls.filter((url) => scheme.test(url)).map((url) => ({
      name: concealAddresses(url.replace(/:.*@/, ":")),
      server: { ...server, urls: [url] },
    }))
  );
}

/** What became of one address. */
export interface Finding {
  /** How it went. */
  state: Exclude<Outcome["state"], "skipped">;
  /** The same in words, to stand behind the server's name. */
  sentence: Saying;
  /** What to do about it. */
  next?: Saying;
}

/** The finding about one of several addresses. */
export interface NamedFinding {
  /** The address as a report names it. */
  name: string;
  /** What became of it. */
  finding: Finding;
}

/**
 * Asks each server with `ask`, one after the other, lest they count as too many of one peer. An
 * address that the browser does not even try is found wanting like the others.
 */
export async function askEach(
  servers: readonly ListedServer[],
  ask: (server: IceServer) => Promise<Finding>,
): Promise<NamedFinding[]> {
  const findings: NamedFinding[] = [];
  for (const { name, server } of servers) {
    const finding = await ask(server).catch((error): Finding => ({
      state: "failed",
      ...advise((words) => words.servers.notTaken, { error: String(error) }),
    }));
    findings.push({ name, finding });
  }
  return findings;
}

/** What is said of all addresses together. */
export interface Summary {
  /** All work. */
  all: Saying;
  /** Some work. */
  some: Saying;
  /** None does. */
  none: Saying;
}

/** Puts the findings of a step together: it works if one does, and fails if all do. */
export function summarize(
  findings: readonly NamedFinding[],
  { all, some, none }: Summary,
): Outcome {
  const details = findings.map(({ name, finding: { sentence } }) =>
    say((words) => words.detail, { name, words: sentence })
  );
  const states = new Set(findings.map(({ finding }) => finding.state));
  if (states.size === 1 && states.has("ok")) return { state: "ok", sentence: all, details };
  const next = findings.find(({ finding }) => finding.next !== undefined)?.finding.next;
  const advice = next === undefined ? {} : { next };
  if (states.has("ok")) return { state: "warning", sentence: some, ...advice, details };
  const state = states.has("warning") ? "warning" : "failed";
  return { state, sentence: none, ...advice, details };
}
