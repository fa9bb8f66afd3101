/**
 * The browser's peer connection, cut down to what is used here. The only file that makes one.
 *
 * @module
 */

import type { Candidate, IceConfiguration } from "../protocol/messages.ts";

/** The part of a data channel that the chat, and files, need. */
export type ChannelPort = Pick<
  RTCDataChannel,
  | "binaryType"
  | "bufferedAmount"
  | "bufferedAmountLowThreshold"
  | "close"
  | "label"
  | "onbufferedamountlow"
  | "onclose"
  | "onmessage"
  | "onopen"
  | "readyState"
  | "send"
>;

/** The part of an RTCPeerConnection that is used here; `npm:werift` has it too. */
export type RtcPort =
  & Pick<
    RTCPeerConnection,
    | "addIceCandidate"
    | "close"
    | "connectionState"
    | "getStats"
    | "iceConnectionState"
    | "localDescription"
    | "onconnectionstatechange"
    | "ondatachannel"
    | "onicecandidate"
    | "onicecandidateerror"
    | "oniceconnectionstatechange"
    | "onnegotiationneeded"
    | "restartIce"
    | "setConfiguration"
    | "setLocalDescription"
    | "setRemoteDescription"
    | "signalingState"
  >
  & { createDataChannel(label: string): ChannelPort };

/** Makes the browser's own connection. */
export function createRtc(ice: IceConfiguration): RtcPort {
  return new RTCPeerConnection(ice);
}

/** A candidate of ours as it travels. */
export function toCandidate(candidate: RTCIceCandidate): Candidate {
  const { candidate: line, sdpMid, sdpMLineIndex, usernameFragment } = candidate;
  return {
    candidate: line,
    sdpMid: sdpMid ?? null,
    sdpMLineIndex: sdpMLineIndex ?? null,
    ...(usernameFragment && { usernameFragment }),
  };
}
