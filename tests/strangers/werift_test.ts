import { meet } from "./stranger.ts";
import { WeriftClient } from "./werift_client.ts";

/** werift leaves the timers of its DTLS handshakes behind. */
const LEAKS = { sanitizeOps: false, sanitizeResources: false };

Deno.test("a client on werift chats with our page", LEAKS, async (t) => {
  await meet(t, (url, role) => WeriftClient.open(url, role));
});
