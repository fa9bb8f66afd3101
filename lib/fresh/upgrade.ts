import { HttpError } from "./error.ts";

/** Holds what managed WebSockets call. */
export interface WebSocketHandlers {
  /** Called once messages can be sent. */
  open?(socket: WebSocket): void;
  /** Called for each message. */
  message?(socket: WebSocket, event: MessageEvent): void;
  /** Called once, when the socket is closed by either end. */
  close?(socket: WebSocket, code: number, reason: string): void;
  /** Called when the connection fails. */
  error?(socket: WebSocket, event: Event | ErrorEvent): void;
}

/** Holds what `Deno.upgradeWebSocket()` is given. */
export interface WebSocketUpgradeOptions {
  /** Seconds without a sign of life after which the connection is closed. */
  idleTimeout?: number;
  /** The sub-protocol to agree to. */
  protocol?: string;
}

/** Pairs a socket that is about to open with the response that opens it. */
export interface UpgradedWebSocket {
  /** The server's end. */
  socket: WebSocket;
  /** Must be returned from the handler. */
  response: Response;
}

/**
 * Upgrades a request to a WebSocket and calls the given handlers from then on.
 *
 * @throws {HttpError} 400 if the client did not ask for a WebSocket.
 */
export function upgradeWebSocket(
  req: Request,
  options: WebSocketUpgradeOptions & { handlers?: WebSocketHandlers },
): UpgradedWebSocket {
  if (req.headers.get("upgrade")?.toLowerCase() !== "websocket") {
    throw new HttpError(400, "Expected a WebSocket upgrade request");
  }
  const { handlers = {}, ...upgradeOptions } = options;
  const { socket, response } = Deno.upgradeWebSocket(req, upgradeOptions);
  const { open, message, close, error } = handlers;
  if (open) socket.addEventListener("open", () => open.call(handlers, socket));
  if (message) socket.addEventListener("message", (event) => message.call(handlers, socket, event));
  if (close) {
    socket.addEventListener("close", (event) => {
      close.call(handlers, socket, event.code, event.reason);
    });
  }
  if (error) socket.addEventListener("error", (event) => error.call(handlers, socket, event));
  return { socket, response };
}

/** Tells handlers from options, which hold no functions. */
export function isWebSocketHandlers(
  value: WebSocketHandlers | WebSocketUpgradeOptions | undefined,
): value is WebSocketHandlers {
  return Object.values(value ?? {}).some((field) => typeof field === "function") ||
    // Handlers may also be an instance of a class.
    ["open", "message", "close", "error"].some((name) =>
      typeof (value as Record<string, unknown> | undefined)?.[name] === "function"
    );
}
