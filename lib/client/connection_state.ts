/**
 * How a connection to a peer is doing: what the browser says of the transport, and where the chat is.
 *
 * @module
 */

import type { ChatChannels } from "./chat_channels.ts";
import type { RtcPort } from "./rtc.ts";

/**
 * How a connection is doing. `opening` means that there is a path, and no open channel on it yet,
 * `connected` that words can cross, `disconnected` that they probably will again, `hung-up` that the
 * peer has closed its end.
 */
export type ConnectionState =
  | "connecting"
  | "opening"
  | "connected"
  | "disconnected"
  | "failed"
  | "hung-up"
  | "closed";

/** Reads the state of a connection that is not closed, and was `before`. */
export function readState(
  rtc: Pick<RtcPort, "connectionState" | "iceConnectionState">,
  { chat, before }: { chat: ChatChannels["state"]; before: ConnectionState },
): ConnectionState {
  // Older browsers know the state of ICE only.
  const transport = rtc.connectionState ?? rtc.iceConnectionState;
  if (transport === "failed") return "failed";
  if (transport === "closed" || chat === "closed") return "hung-up";
  if (chat !== "open") return transport === "connected" ? "opening" : "connecting";
  if (transport === "disconnected") return "disconnected";
  // While another path is looked for, nothing is known of the old one that was not known before.
  const isSearching = transport !== "connected" && String(transport) !== "completed";
  return isSearching && before !== "connecting" ? before : "connected";
}
