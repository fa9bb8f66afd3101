import { fromFileUrl } from "@std/path";
import { type JsonObject, parseObject } from "../../lib/protocol/parse.ts";
import type { Settings } from "../../lib/server/config.ts";
import { valueOf } from "../fakes/unwrap.ts";
import { patiently, until } from "../fakes/patience.ts";

/** What a server holds at one moment. */
export interface Held {
  /** Bytes of memory of its process. */
  rss: number;
  sockets: number;
  rooms: number;
  /** Seats that wait for a peer who is away. */
  away: number;
  addresses: number;
}

const SCRIPT = fromFileUrl(new URL("server_process.ts", import.meta.url));

/** A test is many peers on one address, and says more in a second than a call does in its life. */
const SETTINGS: Settings = {
  UPGRADES_PER_MINUTE: "0",
  MAX_SOCKETS_PER_ADDRESS: "0",
  MESSAGES_PER_SECOND: "0",
  SEAT_GRACE: "1",
};

/** A signaling server in a process of its own, whose memory is nobody else's. */
export class Target implements AsyncDisposable {
  /** Where it listens on 127.0.0.1. */
  readonly port: number;
  #child: Deno.ChildProcess;
  #questions: WritableStreamDefaultWriter<Uint8Array<ArrayBuffer>>;
  #lines: Lines;
  #complaints: Promise<string>;

  private constructor(child: Deno.ChildProcess, lines: Lines, port: number) {
    this.#child = child;
    this.#lines = lines;
    this.port = port;
    this.#questions = child.stdin.getWriter();
    this.#complaints = child.stderr.text();
  }

  /** Starts a server, perhaps with so many open files as it may have. */
  static async start(settings: Settings = {}, files?: number): Promise<Target> {
    const set = Object.entries({ ...SETTINGS, ...settings }).map((entry) => entry.join("="));
    const deno = [Deno.execPath(), "run", "-A", SCRIPT, ...set];
    const limit = files === undefined ? "" : `ulimit -n ${files}; `;
    const child = new Deno.Command("sh", {
      args: ["-c", `${limit}exec "$0" "$@"`, ...deno],
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const lines = new Lines(child.stdout);
    const { port } = await lines.next();
    return new Target(child, lines, Number(port));
  }

  /** The address of a room, for a client that means well. */
  roomUrl(name: string): string {
    return `ws://127.0.0.1:${this.port}/ws/signal?room=${name}`;
  }

  /** Asks what it holds now. */
  async held(): Promise<Held> {
    await this.#questions.write(new Uint8Array([0x0a]));
    const { rss, sockets, rooms, away, addresses } = await patiently(
      this.#lines.next(),
      "the server's word",
    );
    const held = { rss, sockets, rooms, away, addresses };
    return held as unknown as Held;
  }

  /** Asks until what it holds is as it should be. */
  until(condition: (held: Held) => boolean): Promise<Held> {
    return until(() => this.held(), condition);
  }

  /** Stops it, and answers with whatever it complained about. */
  async stop(): Promise<string> {
    await this[Symbol.asyncDispose]();
    return await this.#complaints;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#questions.close().catch(() => {});
    await this.#lines.close();
    const { success } = await this.#child.status;
    const complaints = await this.#complaints;
    if (!success) throw new Error(`The server failed: ${complaints}`);
  }
}

/** The lines of a stream, each of which is a JSON object. */
class Lines {
  #reader: ReadableStreamDefaultReader<string>;
  #text = "";

  constructor(stream: ReadableStream<Uint8Array<ArrayBuffer>>) {
    this.#reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  }

  async next(): Promise<JsonObject> {
    for (;;) {
      const end = this.#text.indexOf("\n");
      if (end >= 0) {
        const line = this.#text.slice(0, end);
        this.#text = this.#text.slice(end + 1);
        return valueOf(parseObject(line));
      }
      const { value, done } = await this.#reader.read();
      if (done) throw new Error("The server is gone");
      this.#text += value;
    }
  }

  async close(): Promise<void> {
    await this.#reader.cancel();
  }
}
