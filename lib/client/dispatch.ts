/**
 * Leads what the server says to the mesh.
 *
 * @module
 */

import type { ServerMessage } from "../protocol/messages.ts";
import type { Mesh } from "./mesh.ts";

/** Hands a message of the server, which is no welcome, to whom it is for. */
export function dispatch(
  message: Exclude<ServerMessage, { type: "welcome" }>,
  mesh: Mesh,
): void {
  switch (message.type) {
    case "ice-servers":
      return mesh.ice.receive(message);
    case "peer-joined":
      return mesh.join(message.peer, message.version);
    case "peer-away":
      return mesh.away(message.peer);
    case "peer-back":
      return mesh.back(message.peer);
    case "peer-left":
      if (message.reason === "lost") return mesh.lose(message.peer);
      return mesh.leave(message.peer);
    case "leave":
      return mesh.leave(message.from);
    case "offer":
    case "answer":
    case "candidate":
      return void mesh.receive(message);
    case "ping":
    case "pong":
    case "error":
      return;
    default:
      message satisfies never;
  }
}
