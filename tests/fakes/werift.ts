import {
  CipherContext,
  HashAlgorithm,
  NamedCurveAlgorithm,
  RTCPeerConnection,
  SignatureAlgorithm,
} from "werift";
import type { RtcPort } from "../../lib/client/rtc.ts";

/** What keeps werift on this machine alone. */
export const THIS_MACHINE = {
  // Without an empty list, werift asks a STUN server of its own choice.
  iceServers: [],
  iceUseIpv6: false,
  iceAdditionalHostAddresses: ["127.0.0.1"],
};

/**
 * By itself, werift uses one certificate for all. A browser makes one for each connection, and so it
 * is here: no two that follow each other have the same.
 */
const certificates = await Promise.all(
  Array.from({ length: 12 }, () =>
    CipherContext.createSelfSignedCertificateWithKey({
      signature: SignatureAlgorithm.ecdsa_3,
      hash: HashAlgorithm.sha256_4,
    }, NamedCurveAlgorithm.secp256r1_23)),
);

/** Makes a real peer connection, in this process and on this machine alone. */
export function createWeriftRtc(): RtcPort {
  const keys = certificates.shift()!;
  certificates.push(keys);
  const rtc: unknown = new RTCPeerConnection({
    ...THIS_MACHINE,
    dtls: { keys },
  });
  return rtc as RtcPort;
}
