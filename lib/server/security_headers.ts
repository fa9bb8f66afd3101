/**
 * What a browser is told about every answer: where scripts may come from, and what a page may not do.
 *
 * @module
 */

import { csp, type Middleware } from "fresh";

/** The policy of a page; the nonce takes the place of `'unsafe-inline'`. */
const DIRECTIVES = [
  "default-src 'none'",
  "script-src 'self' 'unsafe-inline'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "object-src 'none'",
];

const HEADERS = {
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

/** Creates a middleware that puts the security headers on everything but an upgrade. */
export function securityHeaders<State>(): Middleware<State> {
  const withPolicy = csp<State>({ csp: DIRECTIVES, useNonce: true });
  return async (ctx) => {
    // The headers of an upgrade are not ours to change, and no browser reads them.
    if (ctx.req.headers.get("upgrade")?.toLowerCase() === "websocket") return ctx.next();
    const response = await withPolicy(ctx);
    const { headers } = response;
    for (const [name, value] of Object.entries(HEADERS)) headers.set(name, value);
    headers.set("content-security-policy", tighten(headers.get("content-security-policy") ?? ""));
    return response;
  };
}

/**
 * Takes out what Fresh's defaults leave in: inline scripts where no page was rendered, and an
 * upgrade to HTTPS that breaks plain HTTP on a local network.
 */
function tighten(policy: string): string {
  return policy
    .replaceAll(" 'unsafe-inline'", "")
    .replace(/;\s*upgrade-insecure-requests/, "");
}
