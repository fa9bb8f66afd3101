/**
 * What STUN and TURN servers answer instead of an address.
 *
 * @module
 */

/** An error of one server (W3C WebRTC, `RTCPeerConnectionIceErrorEvent`). */
export interface IceError {
  /** A STUN error code (RFC 8489, RFC 8656), or {@linkcode UNREACHABLE}. */
  code: number;
  /** The same in words. */
  text: string;
}

/** The code for a server that was not reached (W3C WebRTC, `RTCPeerConnectionIceErrorEvent`). */
export const UNREACHABLE = 701;

/** The codes for credentials that are wrong, or not of now (RFC 8489 section 14.8, RFC 8656 section 19). */
const REFUSALS: readonly number[] = [401, 403, 438, 441];

/** Tells whether a relay did not accept our credentials. */
export function isRefusal(code: number): boolean {
  return REFUSALS.includes(code);
}

/** Writes an error as it stands behind other words; nothing of none. */
export function describeError(error: IceError | undefined): string {
  if (error === undefined) return "";
  return ` (${`${error.code} ${error.text}`.trim().replace(/\.$/, "")})`;
}

/** Tells whether the server's name leads nowhere, as far as the browser says why. */
export function isUnknownName(error: IceError | undefined): boolean {
  return error?.code === UNREACHABLE && /lookup|resol/i.test(error.text);
}
