/**
 * The data channels `files` and the people at their other end, as far as files need them.
 *
 * @module
 */

import type { FileFrame } from "../../protocol/file_frames.ts";

/** The part of a data channel that files need. */
export type FileChannelPort = Pick<
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

/** One person that files can go to, and come from; the same across all its connections. */
export interface FilePeer {
  /** Who it is. */
  readonly person: string;
  /** Says something on the channel `chat`; tells whether it went out. */
  say(frame: FileFrame): boolean;
  /** Opens a channel `files` on the connection of now, if there is one. */
  openChannel(): FileChannelPort | undefined;
}
