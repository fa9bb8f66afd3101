/**
 * The first step of a check: what the browser can do.
 *
 * @module
 */

import type { Outcome } from "./step.ts";

/** What a browser can do. */
export interface BrowserFacts {
  /** Whether the page came by HTTPS, or from this very machine (W3C Secure Contexts). */
  isSecure: boolean;
  /** Whether there is an RTCPeerConnection. */
  hasWebRtc: boolean;
  /** Whether there is a WebSocket. */
  hasWebSocket: boolean;
  /** Whether something can be kept in the session storage. */
  canStore: boolean;
}

/** Judges what the browser can do; what a room cannot do without comes first. */
export function judgeBrowser(facts: BrowserFacts): Outcome {
  const { isSecure, hasWebRtc, hasWebSocket, canStore } = facts;
  if (!hasWebRtc) {
    return {
      state: "failed",
      sentence: "This browser cannot make direct connections: WebRTC is missing or switched off.",
      next: "Switch it on, turn off extensions that block it, or use another browser.",
    };
  }
  if (!hasWebSocket) {
    return {
      state: "failed",
      sentence: "This browser has no WebSocket, which is how the server introduces people.",
      next: "Use another browser.",
    };
  }
  if (!isSecure) {
    return {
      state: "warning",
      sentence:
        "This page did not come over HTTPS, so browsers hold back some of what they can do.",
      next: "Open the address with https://, or ask whoever runs this server to offer that.",
    };
  }
  if (!canStore) {
    return {
      state: "warning",
      sentence: "This browser keeps nothing for this page, so a reload begins anew.",
      next: "Allow this page to store data: blocked cookies are the usual cause.",
    };
  }
  return {
    state: "ok",
    sentence: "It has all that a room needs: a secure page, WebRTC, WebSocket and session storage.",
  };
}
