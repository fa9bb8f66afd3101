import { type JsonObject, parseObject } from "../../lib/protocol/parse.ts";
import type { ServerSocket } from "../../lib/server/connection.ts";
import { valueOf } from "./unwrap.ts";

const encoder = new TextEncoder();

/** The server's end of a socket without a network: client and runtime are the test's two hands. */
export class FakeServerSocket implements ServerSocket {
  readyState: ServerSocket["readyState"] = WebSocket.CONNECTING;
  binaryType: ServerSocket["binaryType"] = "blob";
  /** The bytes that wait for the client. */
  bufferedAmount = 0;
  /** Whether the client reads what it is sent. */
  reads = true;
  /** How the server closed the socket, each time it did. */
  readonly closes: { code: number | undefined; reason: string | undefined }[] = [];
  #frames: string[] = [];
  #listeners = new Map<string, EventListenerObject>();

  addEventListener(type: string, listener: EventListenerOrEventListenerObject): void {
    if (typeof listener === "function") throw new TypeError("The server listens with an object");
    this.#listeners.set(type, listener);
  }

  send(data: Parameters<ServerSocket["send"]>[0]): void {
    // As the runtime does: what is not open takes nothing.
    if (this.readyState !== WebSocket.OPEN) throw new DOMException("", "InvalidStateError");
    if (typeof data !== "string") throw new TypeError("The server sends text only");
    this.#frames.push(data);
    if (!this.reads) this.bufferedAmount += encoder.encode(data).length;
  }

  close(code?: number, reason = ""): void {
    if (code === 1005 || code === 1006 || code === 1015 || encoder.encode(reason).length > 123) {
      throw new DOMException("", "InvalidAccessError");
    }
    this.closes.push({ code, reason });
    this.readyState = WebSocket.CLOSING;
  }

  /** The handshake is done. */
  open(): void {
    this.readyState = WebSocket.OPEN;
    this.#tell(new Event("open"));
  }

  /** The client sends a message, or a text or bytes as they are. */
  say(message: object | string): void {
    const raw = typeof message === "string" || message instanceof ArrayBuffer;
    const data = raw ? message : JSON.stringify(message);
    this.#tell(new MessageEvent("message", { data }));
  }

  /** The client reads up to `bytes` of what waits for it. */
  read(bytes = Infinity): void {
    this.bufferedAmount = Math.max(0, this.bufferedAmount - bytes);
  }

  /** The socket is closed, whoever began. */
  end(code = 1006): void {
    this.readyState = WebSocket.CLOSED;
    this.#tell(new CloseEvent("close", { code }));
  }

  /** The socket breaks: the runtime tells of an error, and then of the end. */
  breakOff(): void {
    this.readyState = WebSocket.CLOSED;
    this.#tell(new Event("error"));
    this.end();
  }

  /** The handshake fails, of which the runtime tells by an error alone. */
  fail(): void {
    this.#tell(new Event("error"));
  }

  #tell(event: Event): void {
    this.#listeners.get(event.type)?.handleEvent(event);
  }

  /** How the server closed the socket; 0 where it did not. */
  get closeCode(): number {
    return this.closes.at(-1)?.code ?? 0;
  }

  /** Takes what the server sent since the last look, as text. */
  takeTexts(): string[] {
    return this.#frames.splice(0);
  }

  /** Takes what the server sent since the last look. */
  take(): JsonObject[] {
    return this.takeTexts().map((text) => valueOf(parseObject(text)));
  }

  /** Takes what the server sent since the last look, each by its type, or its code if an error. */
  takeTypes(): unknown[] {
    return this.take().map(({ type, code }) => type === "error" ? code : type);
  }
}
