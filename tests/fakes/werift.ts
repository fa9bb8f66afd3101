import { RTCPeerConnection } from "werift";
import type { RtcPort } from "../../lib/client/peer_connection.ts";

/** Makes a real peer connection, in this process and on this machine alone. */
export function createWeriftRtc(): RtcPort {
  const rtc: unknown = new RTCPeerConnection({
    // Without an empty list, werift asks a STUN server of its own choice.
    iceServers: [],
    iceUseIpv6: false,
    iceAdditionalHostAddresses: ["127.0.0.1"],
  });
  return rtc as RtcPort;
}
