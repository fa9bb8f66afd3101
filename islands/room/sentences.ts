import type { Status } from "../../lib/client/status.ts";

/** What the line of somebody who has a seat may be doing; a full room has a page of its own. */
export type LineStatus = Exclude<Status, { state: "full" }>;

/** Says what the line is doing, and what to do next. */
export function sentence(status: LineStatus): string {
  switch (status.state) {
    case "waiting":
      return "Waiting for someone to join. Share the link.";
    case "connecting":
      return status.to === "server" ? "Finding the room…" : "They’re here. Connecting…";
    case "connected":
      return status.path?.kind === "relay" ? "Connected through a relay" : "Connected directly";
    case "reconnecting":
      return status.to === "server"
        ? "The server is out of reach. Trying again…"
        : "Connection lost. Trying again… your messages are kept.";
    case "failed":
      switch (status.cause) {
        case "no-webrtc":
          return "This browser cannot make direct connections (WebRTC is missing or switched off). " +
            "Open the link in another browser.";
        case "no-path":
          return "No path between the two of you was found. Try another network, or ask whoever " +
            "runs this server.";
        case "refused":
          return `The server refused: ${status.detail ?? "it gave no reason"}.`;
        default:
          status.cause satisfies never;
          return "";
      }
    case "ended":
      return status.by === "us"
        ? "You left the room."
        : "They left. What you write now waits for whoever joins next.";
    default:
      status satisfies never;
      return "";
  }
}

/** Says who is here, and how far away. */
export function presence(status: LineStatus, others: number): string {
  if (status.state === "connecting" && status.to === "server") return "";
  if (status.state === "failed" || status.state === "ended" && status.by === "us") return "";
  if (others === 0) return "You are alone here";
  const people = `${others + 1} people here`;
  const roundTrip = status.state === "connected" ? status.path?.roundTrip : undefined;
  return roundTrip === undefined ? people : `${people} · ${roundTrip} ms there and back`;
}

/** The words for how far a message has come. */
export const DELIVERY = {
  sending: "Waiting to be sent",
  sent: "Sent",
  delivered: "Delivered",
  seen: "Seen",
} as const;
