import type { Surroundings } from "../../lib/client/check/surroundings.ts";
import { createRtc } from "../../lib/client/rtc.ts";
import { systemClock } from "../../lib/clock.ts";
import { signalUrl } from "../room/signal_url.ts";

/** Answers with this browser and the server that the page came from, for a check to look at. */
export function lookAround(): Surroundings {
  return {
    clock: systemClock,
    browser: {
      isSecure: isSecureContext,
      hasWebRtc: "RTCPeerConnection" in globalThis,
      hasWebSocket: "WebSocket" in globalThis,
      canStore: canStore(),
    },
    createRtc,
    signalUrl,
    answersHttp,
  };
}

async function answersHttp(): Promise<boolean> {
  try {
    // Any answer will do: it is there.
    await fetch("/check", { method: "HEAD", cache: "no-store" });
    return true;
  } catch {
    return false;
  }
}

/** To look is not enough: where storage is blocked, some browsers throw only when it is used. */
function canStore(): boolean {
  const key = "tincan-check";
  try {
    sessionStorage.setItem(key, key);
    const kept = sessionStorage.getItem(key) === key;
    sessionStorage.removeItem(key);
    return kept;
  } catch {
    return false;
  }
}
