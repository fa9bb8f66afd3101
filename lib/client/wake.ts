/**
 * The moments in which a line that was thought dead may live again, and one thought well may be dead:
 * the network is back or another one, the page is looked at again, or goes on after it was frozen.
 *
 * @module
 */

import type { Cancel } from "../clock.ts";

/** Calls `wake` at each such moment. */
export function onWake(wake: () => void): Cancel {
  const listening = new AbortController();
  const { signal } = listening;
  const connection = "connection" in navigator ? navigator.connection : undefined;
  addEventListener("online", wake, { signal });
  addEventListener("pageshow", wake, { signal });
  // Page Lifecycle: a frozen page hears this first.
  document.addEventListener("resume", wake, { signal });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") wake();
  }, { signal });
  if (connection instanceof EventTarget) connection.addEventListener("change", wake, { signal });
  return () => listening.abort();
}
