import { INTERNALS } from "../context.ts";
import type { Middleware } from "../middleware.ts";

/** Holds what {@linkcode csp} sends. */
export interface CSPOptions {
  /** Reports violations without preventing anything. */
  reportOnly?: boolean;
  /** URL that browsers send reports to. */
  reportTo?: string;
  /** Directives that are added, or take the place of the default of the same name. */
  csp?: string[];
  /**
   * Allows inline scripts and styles by a nonce that changes with each response, instead of all of
   * them.
   */
  useNonce?: boolean;
}

const DEFAULT_DIRECTIVES = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-inline'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self'",
  "img-src 'self' data:",
  "media-src 'self' data: blob:",
  "worker-src 'self' blob:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "upgrade-insecure-requests",
];

// Where a nonce means something.
const NONCE_DIRECTIVES = new Set([
  "default-src",
  "script-src",
  "script-src-elem",
  "style-src",
  "style-src-elem",
  "style-src-attr",
]);

/** Creates a middleware that sends a Content-Security-Policy. */
export function csp<State>(options: CSPOptions = {}): Middleware<State> {
  const { reportOnly = false, reportTo, csp: own = [], useNonce = false } = options;
  const overridden = new Set(own.map(nameOf));
  const directives = DEFAULT_DIRECTIVES.filter((directive) => !overridden.has(nameOf(directive)));
  directives.push(...own);
  if (reportTo) directives.push("report-to csp-endpoint", `report-uri ${reportTo}`);
  const header = `Content-Security-Policy${reportOnly ? "-Report-Only" : ""}`;

  return async (ctx) => {
    const response = await ctx.next();
    // The headers of a WebSocket upgrade can not be changed, and no document comes of it.
    if (response.status === 101) return response;
    const { nonce } = ctx[INTERNALS];
    // Only a rendered page has a nonce, and nothing but a page runs inline scripts.
    const sent = useNonce && nonce !== null
      ? directives.map((directive) => withNonce(directive, nonce))
      : directives;
    response.headers.set(header, sent.join("; "));
    if (reportTo) response.headers.set("Reporting-Endpoints", `csp-endpoint="${reportTo}"`);
    return response;
  };
}

function nameOf(directive: string): string {
  return directive.split(" ", 1)[0] ?? "";
}

function withNonce(directive: string, nonce: string): string {
  return NONCE_DIRECTIVES.has(nameOf(directive))
    ? directive.replaceAll("'unsafe-inline'", `'nonce-${nonce}'`)
    : directive;
}
