import { SUBPROTOCOL } from "../../lib/protocol/messages.ts";
import { type JsonObject, parseObject } from "../../lib/protocol/parse.ts";
import { valueOf } from "../fakes/unwrap.ts";

/** A WebSocket whose frames and end can be awaited. */
export class SocketClient implements AsyncDisposable {
  /** How the socket was closed, once it is. */
  readonly closed: Promise<{ code: number; reason: string }>;
  #socket: WebSocket;
  #frames: string[] = [];
  #waiting: ((frame: string | Error) => void)[] = [];
  #opened: Promise<void>;

  private constructor(url: string, protocol?: string) {
    this.#socket = new WebSocket(url, protocol === undefined ? [] : [protocol]);
    const opened = Promise.withResolvers<void>();
    this.#opened = opened.promise;
    this.#socket.onopen = () => opened.resolve();
    this.#socket.onerror = () => opened.reject(new Error("The socket did not open"));
    this.#socket.onmessage = ({ data }) => {
      const waiting = this.#waiting.shift();
      if (waiting) waiting(data);
      else this.#frames.push(data);
    };
    const closed = Promise.withResolvers<{ code: number; reason: string }>();
    this.closed = closed.promise;
    this.#socket.onclose = ({ code, reason }) => {
      closed.resolve({ code, reason });
      const gone = new Error(`The socket closed with ${code} ${reason}`);
      for (const waiting of this.#waiting.splice(0)) waiting(gone);
    };
  }

  /** Opens a socket of version 1, or of the subprotocol that is named. */
  static async open(url: string, protocol?: string): Promise<SocketClient> {
    const client = new SocketClient(url, protocol);
    await client.#opened;
    return client;
  }

  /** Opens a socket of version 2 and joins; answers with the welcome. */
  static async join(url: string): Promise<{ client: SocketClient; welcome: JsonObject }> {
    const client = await SocketClient.open(url, SUBPROTOCOL);
    client.send({ type: "join" });
    return { client, welcome: await client.next() };
  }

  /** The subprotocol that the server chose. */
  get protocol(): string {
    return this.#socket.protocol;
  }

  /** Sends a message, or a text or bytes as they are. */
  send(message: object | string | Uint8Array<ArrayBuffer>): void {
    const raw = typeof message === "string" || message instanceof Uint8Array;
    this.#socket.send(raw ? message : JSON.stringify(message));
  }

  /** Takes the next frame as text, in the order of arrival. */
  async nextText(): Promise<string> {
    const frame = this.#frames.shift() ??
      await new Promise<string | Error>((resolve) => this.#waiting.push(resolve));
    if (frame instanceof Error) throw frame;
    return frame;
  }

  /** Takes the next frame as an object. */
  async next(): Promise<JsonObject> {
    return valueOf(parseObject(await this.nextText()));
  }

  /** Makes sure that nothing else is waiting: the answer to a ping must be the next frame. */
  async nothingElse(): Promise<void> {
    const t = Math.random();
    this.send({ type: "ping", t });
    const frame = await this.next();
    if (frame.type !== "pong" || frame.t !== t) {
      throw new Error(`Nothing should have come, but: ${JSON.stringify(frame)}`);
    }
  }

  /** Closes, and waits until the server agreed. */
  async close(): Promise<void> {
    this.#socket.close();
    await this.closed;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}
