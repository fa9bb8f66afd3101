import type { ClientSocket } from "../../lib/client/signaling_channel.ts";
import { type JsonObject, parseObject } from "../../lib/protocol/parse.ts";
import { valueOf } from "./unwrap.ts";

/** A client's socket whose other end is the test's hand: it opens, speaks and breaks when told to. */
export class FakeSocket implements ClientSocket {
  readyState: ClientSocket["readyState"] = WebSocket.CONNECTING;
  onopen: ClientSocket["onopen"] = null;
  onmessage: ClientSocket["onmessage"] = null;
  onclose: ClientSocket["onclose"] = null;
  onerror: ClientSocket["onerror"] = null;
  /** What the client sent, in order. */
  readonly sent: JsonObject[] = [];
  /** How the client closed the socket, each time it did. */
  readonly closes: { code: number | undefined; reason: string | undefined }[] = [];

  send(data: Parameters<ClientSocket["send"]>[0]): void {
    // The browser's own: to send too early throws, to send too late is lost in silence.
    if (this.readyState === WebSocket.CONNECTING) throw new DOMException("", "InvalidStateError");
    if (this.readyState === WebSocket.OPEN) this.sent.push(valueOf(parseObject(data)));
  }

  close(code?: number, reason?: string): void {
    this.closes.push({ code, reason });
    this.readyState = WebSocket.CLOSING;
  }

  /** The server accepts. */
  open(): void {
    this.readyState = WebSocket.OPEN;
    this.onopen?.call(this as unknown as WebSocket, new Event("open"));
  }

  /** The server says something. */
  say(message: unknown): void {
    const data = typeof message === "object" ? JSON.stringify(message) : message;
    this.onmessage?.call(this as unknown as WebSocket, new MessageEvent("message", { data }));
  }

  /** The socket ends. */
  end(code: number): void {
    this.readyState = WebSocket.CLOSED;
    this.onerror?.call(this as unknown as WebSocket, new Event("error"));
    this.onclose?.call(this as unknown as WebSocket, new CloseEvent("close", { code }));
  }
}
