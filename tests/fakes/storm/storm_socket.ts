import type { ClientSocket } from "../../../lib/client/signaling_channel.ts";
import type { ServerSocket } from "../../../lib/server/connection.ts";
import type { World } from "./world.ts";

/** How a socket breaks: both ends hear of it, or one does long before the other. */
export type Break = "both" | "client" | "server";

/** A socket between a page and the server, with both of its ends. */
export class StormSocket {
  readonly client: ClientEnd;
  readonly server: ServerEnd;
  #world: World;
  #isBroken = false;
  /** When the last thing that is on its way arrives, by direction: what is sent stays in order. */
  #due = { client: 0, server: 0 };

  constructor(world: World) {
    this.#world = world;
    this.client = new ClientEnd(this);
    this.server = new ServerEnd(this);
  }

  /** Has something arrive at an end, unless the socket breaks before. */
  carry(to: "client" | "server", arrive: () => void): void {
    const now = this.#world.clock.now();
    const due = Math.max(now + this.#world.latency(), this.#due[to] + 0.001);
    this.#due[to] = due;
    this.#world.clock.after(due - now, () => this.#isBroken || arrive());
  }

  /** The handshake is done. */
  open(): void {
    this.server.open();
    this.carry("client", () => this.client.open());
  }

  /** Nothing crosses any more; the other end finds out in its own time. */
  break(how: Break, code = 1006): void {
    if (this.#isBroken) return;
    this.#isBroken = true;
    const { clock } = this.#world;
    const soon = () => this.#world.latency();
    const late = () => this.#world.between(3_000, 30_000);
    clock.after(how === "server" ? late() : soon(), () => this.client.end(code));
    clock.after(how === "client" ? late() : soon(), () => this.server.end(1006));
  }

  /** An end closes. */
  close(by: "client" | "server", code: number): void {
    this.carry(by === "client" ? "server" : "client", () => {
      this.#isBroken = true;
      this.client.end(by === "server" ? code : 1005);
      this.server.end(code);
    });
  }
}

/** The page's end. */
export class ClientEnd implements ClientSocket {
  readyState: ClientSocket["readyState"] = WebSocket.CONNECTING;
  onopen: ClientSocket["onopen"] = null;
  onmessage: ClientSocket["onmessage"] = null;
  onclose: ClientSocket["onclose"] = null;
  onerror: ClientSocket["onerror"] = null;

  constructor(private socket: StormSocket) {}

  send(data: Parameters<ClientSocket["send"]>[0]): void {
    if (this.readyState === WebSocket.CONNECTING) throw new DOMException("", "InvalidStateError");
    if (this.readyState !== WebSocket.OPEN) return;
    this.socket.carry("server", () => this.socket.server.hear(data));
  }

  close(code = 1005): void {
    if (this.readyState >= WebSocket.CLOSING) return;
    this.readyState = WebSocket.CLOSING;
    this.socket.close("client", code);
  }

  open(): void {
    if (this.readyState !== WebSocket.CONNECTING) return;
    this.readyState = WebSocket.OPEN;
    this.onopen?.call(this.#real, new Event("open"));
  }

  hear(data: string): void {
    if (this.readyState !== WebSocket.OPEN) return;
    this.onmessage?.call(this.#real, new MessageEvent("message", { data }));
  }

  end(code: number): void {
    if (this.readyState === WebSocket.CLOSED) return;
    this.readyState = WebSocket.CLOSED;
    this.onclose?.call(this.#real, new CloseEvent("close", { code }));
  }

  /** The page is gone. */
  forget(): void {
    this.readyState = WebSocket.CLOSED;
    this.onopen =
      this.onmessage =
      this.onclose =
      this.onerror =
        null;
  }

  // deno-lint-ignore no-explicit-any
  get #real(): any {
    return this;
  }
}

/** The server's end. */
export class ServerEnd implements ServerSocket {
  readyState: ServerSocket["readyState"] = WebSocket.CONNECTING;
  binaryType: ServerSocket["binaryType"] = "blob";
  readonly bufferedAmount = 0;
  #listener: EventListenerObject | undefined;

  constructor(private socket: StormSocket) {}

  addEventListener(_type: string, listener: EventListenerOrEventListenerObject): void {
    if (typeof listener === "object") this.#listener = listener;
  }

  send(data: Parameters<ServerSocket["send"]>[0]): void {
    if (this.readyState !== WebSocket.OPEN) throw new DOMException("", "InvalidStateError");
    this.socket.carry("client", () => this.socket.client.hear(String(data)));
  }

  close(code = 1005): void {
    if (this.readyState >= WebSocket.CLOSING) return;
    this.readyState = WebSocket.CLOSING;
    this.socket.close("server", code);
  }

  open(): void {
    this.readyState = WebSocket.OPEN;
    this.#listener?.handleEvent(new Event("open"));
  }

  hear(data: unknown): void {
    if (this.readyState === WebSocket.CLOSED) return;
    this.#listener?.handleEvent(new MessageEvent("message", { data }));
  }

  end(code: number): void {
    if (this.readyState === WebSocket.CLOSED) return;
    this.readyState = WebSocket.CLOSED;
    this.#listener?.handleEvent(new CloseEvent("close", { code }));
  }
}
