import { SUBPROTOCOL } from "../../lib/protocol/messages.ts";
import { type JsonObject, parseObject } from "../../lib/protocol/parse.ts";
import { valueOf } from "../fakes/unwrap.ts";

/** Milliseconds after which a test that waits for a frame in vain fails. */
const PATIENCE = 20_000;

/** What a client may ask for beside the room. */
export interface ClientOptions {
  /** Headers of the handshake, which the runtime lets a client set and a browser does not. */
  headers?: Record<string, string>;
}

/** What a client that joins may ask for. */
export interface JoinOptions extends ClientOptions {
  /** The token of a former welcome. */
  resume?: unknown;
}

/** A WebSocket whose frames and end can be awaited. */
export class SocketClient implements AsyncDisposable {
  /** How the socket was closed, once it is. */
  readonly closed: Promise<{ code: number; reason: string }>;
  #socket: WebSocket;
  #frames: string[] = [];
  #waiting: ((frame: string | Error) => void)[] = [];
  #opened: Promise<void>;
  #gone: Error | undefined;

  private constructor(url: string, protocol?: string, { headers = {} }: ClientOptions = {}) {
    const protocols = protocol === undefined ? [] : [protocol];
    // The types here are those of browsers, which know no headers.
    this.#socket = new WebSocket(url, { protocols, headers } as unknown as string[]);
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
      this.#gone = new Error(`The socket closed with ${code} ${reason}`);
      for (const waiting of this.#waiting.splice(0)) waiting(this.#gone);
    };
  }

  /** Opens a socket of version 1, or of the subprotocol that is named. */
  static async open(
    url: string,
    protocol?: string,
    options?: ClientOptions,
  ): Promise<SocketClient> {
    const client = new SocketClient(url, protocol, options);
    await client.#opened;
    return client;
  }

  /** Opens a socket of version 2 and joins; answers with the welcome. */
  static async join(
    url: string,
    { resume, ...options }: JoinOptions = {},
  ): Promise<{ client: SocketClient; welcome: JsonObject }> {
    const client = await SocketClient.open(url, SUBPROTOCOL, options);
    client.send({ type: "join", ...(resume !== undefined && { resume }) });
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
    const frame = this.#frames.shift() ?? this.#gone ?? await this.#arrival();
    if (frame instanceof Error) throw frame;
    return frame;
  }

  /** Takes the next frame as an object. */
  async next(): Promise<JsonObject> {
    return valueOf(parseObject(await this.nextText()));
  }

  /** Makes sure that nothing else is waiting: the answer to a question must be the next frame. */
  async nothingElse(): Promise<void> {
    // Version 1 has no ping; what it has is an answer to nonsense, and a few strikes to spare.
    const isVersion1 = this.protocol === "";
    const t = Math.random();
    this.send(isVersion1 ? "nothing else?" : { type: "ping", t });
    const frame = await this.next();
    const { type, code } = frame;
    if (isVersion1 ? code !== "bad-message" : type !== "pong" || frame.t !== t) {
      throw new Error(`Nothing should have come, but: ${JSON.stringify(frame)}`);
    }
  }

  /** Closes, with `code` where it is given, and waits until the server agreed. */
  async close(code?: number): Promise<void> {
    this.#socket.close(code);
    await this.closed;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #arrival(): Promise<string | Error> {
    const { promise, resolve } = Promise.withResolvers<string | Error>();
    this.#waiting.push(resolve);
    const timer = setTimeout(() => resolve(new Error("Nothing came")), PATIENCE);
    return promise.finally(() => clearTimeout(timer));
  }
}
