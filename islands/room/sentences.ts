import type { Status } from "../../lib/client/status.ts";

/** What the line of somebody who has a seat may be doing; a full room has a page of its own. */
export type LineStatus = Exclude<Status, { state: "full" }>;

/** Says what the line is doing, and what to do next. */
export function sentence(status: LineStatus): string {
  switch (status.state) {
    case "waiting":
      return "Waiting for someone to join. Share the link.";
    case "connecting":
      if (status.to === "server") return "Finding the room…";
      return status.isDifficult
        ? "They’re here, but hard to reach. Trying another way…"
        : "They’re here. Connecting…";
    case "connected":
      return connected(status) + (status.isServerAway ? SERVER_AWAY : "");
    case "reconnecting":
      return status.to === "server"
        ? "The server is out of reach. Trying again… what you write is kept."
        : "Connection lost. Trying again… your messages are kept.";
    case "failed":
      if (status.cause !== "refused") return FAILED[status.cause];
      return `The server refused: ${status.detail ?? "it gave no reason"}.`;
    case "ended":
      if (status.by === "us") return "You left the room.";
      return status.mayReturn
        ? "They are out of reach. What you write now is kept until they are back."
        : "They left. What you write now waits for whoever joins next.";
    default:
      status satisfies never;
      return "";
  }
}

const SERVER_AWAY = ". The server that introduced you is out of reach; your chat goes on.";

function connected({ path, reached }: LineStatus & { state: "connected" }): string {
  if (reached) return `Connected to ${reached.count} of ${reached.of} people here`;
  return path?.kind === "relayed" ? "Connected through a relay" : "Connected directly";
}

const FAILED = {
  "no-webrtc":
    "This browser cannot make direct connections (WebRTC is missing or switched off). Open the link " +
    "in another browser.",
  replaced: "This conversation goes on in another tab or window.",
  "no-answer":
    "They are in the room, but their browser does not answer. Ask them to reload the page.",
  unreadable:
    "Their program sent something that this browser cannot read. It may not be a browser.",
  "no-candidates":
    "This browser shows no network address to anybody. A privacy setting, an extension or a VPN may " +
    "forbid it.",
  "relay-refused":
    "No direct path, and the relay refused. Ask whoever runs this server to check TURN_SECRET.",
  "relay-unreachable":
    "No direct path, and the relay is out of reach from here. Try another network, or ask whoever " +
    "runs this server to check TURN_URLS.",
  "mdns-only":
    "Both browsers hide their addresses, which works only inside one network. Ask whoever runs this " +
    "server to set STUN_URLS or TURN_URLS.",
  "udp-blocked":
    "This network seems to block UDP. Try another one, or ask whoever runs this server to set " +
    "TURN_URLS.",
  "no-relay":
    "No direct path, and this server has no relay. Try another network, or ask its operator to set " +
    "TURN_URLS.",
  "no-path":
    "No path between the two of you was found, not even through the relay. Try another network.",
} as const;

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
