import { SUBPROTOCOL } from "../../lib/protocol/messages.ts";
import { type JsonObject, parseObject } from "../../lib/protocol/parse.ts";
import { valueOf } from "../fakes/unwrap.ts";
import { type Frame, join, message, OPCODE, readFrame } from "./frames.ts";
import { PATIENCE } from "../fakes/patience.ts";

/** What a handshake says beside what every handshake must. */
export interface HandshakeOptions {
  /** The room; one that nobody else uses unless said. */
  room?: string;
  /** The subprotocol, version 2 unless said; `null` for version 1. */
  protocol?: string | null;
}

const decoder = new TextDecoder();
const encoder = new TextEncoder();
let rooms = 0;

/** The key that RFC 6455 section 1.3 has for an example. */
export const KEY = "dGhlIHNhbXBsZSBub25jZQ==";

/** What a server must answer to it. */
export const ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

/** Names a room that nobody has been in. */
export function newRoom(): string {
  return `room-${++rooms}`;
}

/** Writes the head of a well-behaved handshake. */
export function handshake(
  { room = newRoom(), protocol = SUBPROTOCOL }: HandshakeOptions = {},
): string {
  return [
    `GET /ws/signal?room=${room} HTTP/1.1`,
    "Host: 127.0.0.1",
    "Upgrade: websocket",
    "Connection: Upgrade",
    `Sec-WebSocket-Key: ${KEY}`,
    "Sec-WebSocket-Version: 13",
    ...(protocol === null ? [] : [`Sec-WebSocket-Protocol: ${protocol}`]),
    "\r\n",
  ].join("\r\n");
}

/** A TCP connection that says exactly what it is told to, and reads only when it is asked to. */
export class RawSocket implements Disposable {
  #conn: Deno.TcpConn;
  #unread = new Uint8Array();
  #closed = false;
  #welcome: JsonObject = {};

  private constructor(conn: Deno.TcpConn) {
    this.#conn = conn;
    conn.setNoDelay();
  }

  /** Connects, and says nothing. */
  static async dial(port: number): Promise<RawSocket> {
    return new RawSocket(await Deno.connect({ hostname: "127.0.0.1", port }));
  }

  /** Opens a WebSocket, of version 2 unless said, that has not joined. */
  static async upgrade(port: number, options?: HandshakeOptions): Promise<RawSocket> {
    const socket = await RawSocket.dial(port);
    await socket.write(handshake(options));
    const head = await socket.readHead();
    if (!head.startsWith("HTTP/1.1 101 ")) throw new Error(`There is no upgrade, but: ${head}`);
    return socket;
  }

  /** Opens a WebSocket of version 2 and joins its room. */
  static async join(port: number, options?: HandshakeOptions): Promise<RawSocket> {
    const socket = await RawSocket.upgrade(port, options);
    await socket.write(message({ type: "join" }));
    const frame = await socket.readFrame();
    socket.#welcome = valueOf(parseObject(decoder.decode(frame?.payload)));
    if (socket.#welcome.type !== "welcome") throw new Error("There is no welcome");
    return socket;
  }

  /** What it was welcomed with, if it has joined. */
  get welcome(): JsonObject {
    return this.#welcome;
  }

  /** Writes text or bytes as they are; throws where the other end is gone. */
  async write(...parts: (string | Uint8Array)[]): Promise<void> {
    const bytes = join(
      ...parts.map((part) => typeof part === "string" ? encoder.encode(part) : part),
    );
    for (let sent = 0; sent < bytes.length;) sent += await this.#conn.write(bytes.subarray(sent));
  }

  /** Writes as much as the other end takes, and answers whether that was all. */
  async tryWrite(...parts: (string | Uint8Array)[]): Promise<boolean> {
    try {
      await this.write(...parts);
      return true;
    } catch (error) {
      // It may also be this end that is gone by now.
      if (isBroken(error) || this.#closed) return false;
      throw error;
    }
  }

  /** Reads the head of an HTTP answer, without the empty line; what came of it where the end did. */
  async readHead(): Promise<string> {
    for (;;) {
      const text = decoder.decode(this.#unread);
      const end = text.indexOf("\r\n\r\n");
      if (end >= 0) {
        this.#unread = this.#unread.slice(end + 4);
        return text.slice(0, end);
      }
      if (!await this.#fill()) return text;
    }
  }

  /** Reads that many bytes, and forgets them. */
  async skip(count: number): Promise<void> {
    while (this.#unread.length < count && await this.#fill());
    this.#unread = this.#unread.slice(count);
  }

  /** Reads a frame; nothing where the connection ended. */
  async readFrame(): Promise<Frame | undefined> {
    for (;;) {
      const found = readFrame(this.#unread);
      if (found !== undefined) {
        this.#unread = this.#unread.slice(found.size);
        return found.frame;
      }
      if (!await this.#fill()) return undefined;
    }
  }

  /** Reads a frame and says in words what it is, or `end`. */
  async read(): Promise<string> {
    const frame = await this.readFrame();
    return frame === undefined ? "end" : describe(frame);
  }

  /** Reads to the end of the connection. */
  async readAll(): Promise<string[]> {
    const all: string[] = [];
    do all.push(await this.read()); while (all.at(-1) !== "end");
    return all;
  }

  /** Sends no more, and still reads. */
  async endWriting(): Promise<void> {
    await this.#conn.closeWrite();
  }

  /** Reads one byte of what came or comes, and leaves the rest in the kernel. */
  async peek(): Promise<void> {
    await this.#conn.read(new Uint8Array(1));
  }

  /** Closes; where bytes came that were not read, TCP makes a reset of it. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#conn.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  async #fill(): Promise<boolean> {
    const bytes = new Uint8Array(65536);
    let inVain = false;
    const timer = setTimeout(() => {
      inVain = true;
      this.close();
    }, PATIENCE);
    try {
      const count = await this.#conn.read(bytes);
      if (count === null) return false;
      this.#unread = join(this.#unread, bytes.subarray(0, count));
      return true;
    } catch (error) {
      if (inVain) throw new Error("Waited in vain for the server", { cause: error });
      if (isBroken(error)) return false;
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }
}

function isBroken(error: unknown): boolean {
  return error instanceof Deno.errors.ConnectionReset ||
    error instanceof Deno.errors.BrokenPipe ||
    error instanceof Deno.errors.ConnectionAborted;
}

/** A frame in words: a message by its type, a close by its code. */
function describe({ fin, rsv, opcode, masked, minimal, payload }: Frame): string {
  if (!fin || rsv !== 0 || masked || !minimal) return `a frame that no server may send: ${opcode}`;
  const text = decoder.decode(payload);
  switch (opcode) {
    case OPCODE.text: {
      const parsed = parseObject(text);
      if (!parsed.ok) return `text ${text}`;
      const { type, code, t } = parsed.value;
      return ["text", type, code ?? t].filter((word) => word !== undefined).join(" ");
    }
    case OPCODE.close:
      if (payload.length === 0) return "close";
      return `close ${new DataView(payload.buffer).getUint16(0)} ${
        decoder.decode(payload.slice(2))
      }`
        .trimEnd();
    case OPCODE.ping:
    case OPCODE.pong:
      return `${opcode === OPCODE.ping ? "ping" : "pong"} ${text}`.trimEnd();
    default:
      return `opcode ${opcode} ${text}`;
  }
}
