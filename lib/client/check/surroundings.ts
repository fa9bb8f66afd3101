/**
 * What a check looks at: the browser and the network, as arguments.
 *
 * @module
 */

import type { Clock } from "../../clock.ts";
import type { IceConfiguration } from "../../protocol/messages.ts";
import type { RtcPort } from "../rtc.ts";
import type { ClientSocket } from "../signaling_channel.ts";
import type { BrowserFacts } from "./browser_step.ts";

/** The part of an RTCPeerConnection that a check needs; some browsers have no `sctp`. */
export type CheckRtc =
  & Pick<
    RtcPort,
    | "addIceCandidate"
    | "close"
    | "createDataChannel"
    | "getStats"
    | "localDescription"
    | "ondatachannel"
    | "onicecandidate"
    | "onicecandidateerror"
    | "setLocalDescription"
    | "setRemoteDescription"
  >
  & Partial<Pick<RTCPeerConnection, "sctp">>;

/** What makes connections, and the time that they take. */
export interface RtcSurroundings {
  /** The time. */
  clock: Clock;
  /** Makes a connection. */
  createRtc: (ice: IceConfiguration) => CheckRtc;
}

/** What reaches the server, and the time that it takes. */
export interface ServerSurroundings {
  /** The time. */
  clock: Clock;
  /** The address of a room's socket. */
  signalUrl: (room: string) => string;
  /** Tells whether the server answers over plain HTTP; that may take for ever. */
  answersHttp: () => Promise<boolean>;
  /** Opens a socket; the browser's own unless a test brings another. */
  openSocket?: (url: string, protocol: string) => ClientSocket;
}

/** All that a check looks at. */
export interface Surroundings extends RtcSurroundings, ServerSurroundings {
  /** What the browser can do. */
  browser: BrowserFacts;
}
