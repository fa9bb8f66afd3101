/**
 * Which web pages may open a socket. A browser lets every page of the web connect to everything, and
 * says only whose page it is (RFC 6455 section 10.2); whoever does not look answers to all of them.
 *
 * @module
 */

import { no, type Result, yes } from "../protocol/result.ts";
import { splitList } from "./list.ts";

/** What the operator set about origins. */
export interface OriginRule {
  /** Origins beside the server's own; `"any"` where every page may connect. */
  allowed: ReadonlySet<string> | "any";
  /** Whether a client that names no origin, which no browser does, is refused. */
  required: boolean;
}

/** Reads a comma-separated list of origins such as `https://chat.example`, or `*` for any. */
export function parseAllowedOrigins(value: string): Result<OriginRule["allowed"]> {
  if (value.trim() === "*") return yes("any");
  const origins = splitList(value);
  const wrong = origins.find((text) =>
    !URL.canParse(text) || new URL(text).origin !== text || text.includes("*")
  );
  if (wrong !== undefined) {
    const current = JSON.stringify(wrong);
    return no(`must be * or origins like https://chat.example: current value is ${current}`);
  }
  return yes(new Set(origins));
}

/**
 * Tells whether a page of `origin` (RFC 6454; null where the header is missing) may connect to the
 * server that it knows as `serverOrigin`.
 */
export function checkOrigin(
  origin: string | null,
  { serverOrigin, rule }: { serverOrigin: string; rule: OriginRule },
): Result<true> {
  if (origin === null) {
    if (!rule.required) return yes(true);
    return no("The header Origin is missing, and this server requires it (REQUIRE_ORIGIN)");
  }
  const allowed = rule.allowed === "any" || origin === serverOrigin || rule.allowed.has(origin);
  if (allowed) return yes(true);
  return no(
    `Pages of ${origin.slice(0, 200)} may not connect here, only those of ${serverOrigin} and of ` +
      "ALLOWED_ORIGINS; behind a proxy that speaks TLS, set TRUSTED_PROXIES",
  );
}
