/**
 * What a browser is told about every answer: where scripts may come from, and what a page may not do.
 *
 * @module
 */

/** The policy of a page; a nonce takes the place of `'unsafe-inline'` (W3C CSP Level 3). */
export const CSP_DIRECTIVES: string[] = [
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

const POLICY = "content-security-policy";

/**
 * Adds the other headers, and takes out of the policy what Fresh's defaults leave in: inline scripts
 * where no page was rendered, and an upgrade to HTTPS that breaks plain HTTP on a local network.
 */
export function secure(response: Response): Response {
  const { headers } = response;
  for (const [name, value] of Object.entries(HEADERS)) headers.set(name, value);
  const policy = headers.get(POLICY) ?? CSP_DIRECTIVES.join("; ");
  headers.set(
    POLICY,
    policy.replaceAll(" 'unsafe-inline'", "").replace(/;\s*upgrade-insecure-requests/, ""),
  );
  return response;
}
