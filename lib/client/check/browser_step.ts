/**
 * The first step of a check: what the browser can do.
 *
 * @module
 */

import { advise, say } from "./saying.ts";
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
  if (!hasWebRtc) return { state: "failed", ...advise((words) => words.browser.noWebRtc) };
  if (!hasWebSocket) return { state: "failed", ...advise((words) => words.browser.noWebSocket) };
  if (!isSecure) return { state: "warning", ...advise((words) => words.browser.insecure) };
  if (!canStore) return { state: "warning", ...advise((words) => words.browser.noStorage) };
  return { state: "ok", sentence: say((words) => words.browser.able) };
}
