import { type JsonObject, parseObject } from "../../lib/protocol/parse.ts";
import { valueOf } from "../fakes/unwrap.ts";

/** What a handshake by hand may say beside what it must. */
export interface RawOptions {
  protocol?: string;
  headers?: Record<string, string>;
}

/** One WebSocket frame (RFC 6455 section 5.2). */
export interface Frame {
  opcode: number;
  payload: Uint8Array<ArrayBuffer>;
  /** Whether it is the last of its message; so it is unless said otherwise. */
  fin?: boolean;
}

/** The kinds of frames (RFC 6455 section 11.8). */
export const OPCODE = { more: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

/**
 * A WebSocket by hand. It reads only when it is told to, answers no ping and no close, and breaks
 * without a word: what networks and attackers do, and what no client of a runtime can.
 */
export class RawSocket implements Disposable {
  /** The status of the handshake's answer; 101 where there is a socket now. */
  status = 0;
  /** The headers of that answer. */
  readonly headers = new Headers();
  #connection: Deno.TcpConn;
  #received = new Uint8Array(0);

  private constructor(connection: Deno.TcpConn) {
    this.#connection = connection;
  }

  /** Sends a handshake and reads the answer to it, whatever that is. */
  static async open(url: string, options: RawOptions = {}): Promise<RawSocket> {
    const socket = await RawSocket.knock(url, options);
    await socket.readHead();
    return socket;
  }

  /** Sends a handshake, and reads nothing yet. */
  static async knock(url: string, { protocol, headers }: RawOptions = {}): Promise<RawSocket> {
    const { hostname, port, pathname, search, host } = new URL(url);
    const connection = await Deno.connect({ hostname, port: Number(port) });
    const all: Record<string, string> = {
      host,
      connection: "Upgrade",
      upgrade: "websocket",
      "sec-websocket-key": btoa("0123456789abcdef"),
      "sec-websocket-version": "13",
      ...(protocol !== undefined && { "sec-websocket-protocol": protocol }),
      ...headers,
    };
    const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
    const socket = new RawSocket(connection);
    await socket.#write(
      new TextEncoder().encode(`GET ${pathname}${search} HTTP/1.1\r\n${lines.join("")}\r\n`),
    );
    return socket;
  }

  /** Reads the answer to the handshake. */
  async readHead(): Promise<void> {
    let end = -1;
    while ((end = this.#text().indexOf("\r\n\r\n")) < 0) await this.#read();
    const [first = "", ...lines] = this.#text().slice(0, end).split("\r\n");
    await this.#take(end + 4);
    this.status = Number(first.split(" ")[1]);
    for (const line of lines) {
      const colon = line.indexOf(":");
      this.headers.append(line.slice(0, colon), line.slice(colon + 1).trim());
    }
  }

  /** Reads the body of a refusal. */
  async refusal(): Promise<JsonObject> {
    const body = await this.#take(Number(this.headers.get("content-length")));
    return valueOf(parseObject(new TextDecoder().decode(body)));
  }

  /** Sends a message, or a text as it is; resolves when the network has taken it. */
  send(message: object | string): Promise<void> {
    const text = typeof message === "string" ? message : JSON.stringify(message);
    return this.sendFrame({ opcode: OPCODE.text, payload: new TextEncoder().encode(text) });
  }

  /** Begins to close, with `code` where it is given. */
  sendClose(code?: number): Promise<void> {
    const payload = code === undefined ? [] : [code >> 8, code & 0xff];
    return this.sendFrame({ opcode: OPCODE.close, payload: new Uint8Array(payload) });
  }

  /** Sends one frame. */
  async sendFrame({ opcode, payload, fin = true }: Frame): Promise<void> {
    const { length } = payload;
    // A mask of zeros is one, too, and leaves the payload as it is.
    const sized = length < 126 ? 2 : length < 65536 ? 4 : 10;
    const frame = new Uint8Array(sized + 4 + length);
    const view = new DataView(frame.buffer);
    view.setUint8(0, (fin ? 0x80 : 0) | opcode);
    view.setUint8(1, 0x80 | (sized === 2 ? length : sized === 4 ? 126 : 127));
    if (sized === 4) view.setUint16(2, length);
    if (sized === 10) view.setBigUint64(2, BigInt(length));
    frame.set(payload, sized + 4);
    await this.#write(frame);
  }

  /** Reads the next frame, whatever it is. */
  async nextFrame(): Promise<Frame> {
    const [first = 0, second = 0] = await this.#take(2);
    let length = second & 0x7f;
    if (length === 126) length = view(await this.#take(2)).getUint16(0);
    else if (length === 127) length = Number(view(await this.#take(8)).getBigUint64(0));
    return { opcode: first & 0x0f, fin: first >= 0x80, payload: await this.#take(length) };
  }

  /** Reads the next message; the runtime's pings are none, and get no answer. */
  async next(): Promise<JsonObject> {
    const { opcode, payload } = await this.nextFrame();
    if (opcode === OPCODE.ping) return await this.next();
    if (opcode !== OPCODE.text) throw new Error(`There should be a text, but: opcode ${opcode}`);
    return valueOf(parseObject(new TextDecoder().decode(payload)));
  }

  /** Reads up to the close frame and answers its code; the close is not answered. */
  async closeCode(): Promise<number> {
    for (;;) {
      const { opcode, payload } = await this.nextFrame();
      if (opcode === OPCODE.close) return view(payload).getUint16(0);
    }
  }

  /** Reads and forgets, until the other end hangs up. */
  async drain(): Promise<void> {
    const chunk = new Uint8Array(65536);
    while (await this.#connection.read(chunk).catch(() => null) !== null);
  }

  /** Breaks the connection, as a network does: nothing is said. */
  [Symbol.dispose](): void {
    try {
      this.#connection.close();
    } catch (error) {
      if (!(error instanceof Deno.errors.BadResource)) throw error;
    }
  }

  async #write(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    for (let rest = bytes; rest.length > 0;) {
      rest = rest.subarray(await this.#connection.write(rest));
    }
  }

  async #take(length: number): Promise<Uint8Array<ArrayBuffer>> {
    while (this.#received.length < length) await this.#read();
    const taken = this.#received.slice(0, length);
    this.#received = this.#received.slice(length);
    return taken;
  }

  async #read(): Promise<void> {
    const chunk = new Uint8Array(65536);
    const count = await this.#connection.read(chunk);
    if (count === null) throw new Error("The other end hung up");
    const joined = new Uint8Array(this.#received.length + count);
    joined.set(this.#received);
    joined.set(chunk.subarray(0, count), this.#received.length);
    this.#received = joined;
  }

  #text(): string {
    return new TextDecoder().decode(this.#received);
  }
}

function view({ buffer, byteOffset, byteLength }: Uint8Array<ArrayBuffer>): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}
