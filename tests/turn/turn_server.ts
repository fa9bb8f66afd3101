import { createSocket } from "node:dgram";
import { patiently } from "../fakes/patience.ts";

/** The lines that let in whom a server with the same secret sends. */
export function withSecret(secret: string): string[] {
  // Both ends of a test are on this machine.
  return [
    "realm=tincan.test",
    "use-auth-secret",
    `static-auth-secret=${secret}`,
    "allow-loopback-peers",
    "no-cli",
  ];
}

/** A real coturn on a free port of this machine; `await using` stops it. */
export class TurnServer implements AsyncDisposable {
  /** Where it listens. */
  readonly port: number;
  /** The URLs by which it is reached, separated by commas. */
  readonly urls: string;
  #child: Deno.ChildProcess;
  #folder: string;

  private constructor(child: Deno.ChildProcess, folder: string, port: number) {
    this.port = port;
    this.urls = `turn:127.0.0.1:${port}?transport=udp,turn:127.0.0.1:${port}?transport=tcp`;
    this.#child = child;
    this.#folder = folder;
  }

  /** Starts one with these lines of configuration, and waits until it answers. */
  static async start(lines: string[], port = freePort()): Promise<TurnServer> {
    const folder = await Deno.makeTempDir();
    const path = `${folder}/turnserver.conf`;
    await Deno.writeTextFile(path, configure(lines, { folder, port }));
    const server = new TurnServer(await spawn(path, folder), folder, port);
    using answer = askWhoIAm(port);
    try {
      await patiently(Promise.race([answer.came, server.#end()]), "coturn");
    } catch (cause) {
      const log = await Deno.readTextFile(`${folder}/log`).catch(() => "It said nothing");
      await server[Symbol.asyncDispose]();
      throw new Error(`coturn did not start: ${log}`, { cause });
    }
    return server;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      this.#child.kill();
    } catch (error) {
      // It is gone already.
      if (!(error instanceof TypeError)) throw error;
    }
    await this.#child.status;
    await Deno.remove(this.#folder, { recursive: true });
  }

  async #end(): Promise<never> {
    const { code } = await this.#child.status;
    throw new Error(`coturn ended with ${code}`);
  }
}

/** Milliseconds between two questions; the first ones find nobody there. */
const PAUSE = 20;

/** Asks a STUN server again and again under what address it sees us (RFC 8489 section 6.2.1). */
function askWhoIAm(port: number): Disposable & { came: Promise<void> } {
  const { promise, resolve } = Promise.withResolvers<void>();
  const socket = createSocket("udp4", () => resolve());
  // A binding request: its type, no attributes, the magic cookie, and any id.
  const request = new Uint8Array([0, 1, 0, 0, 0x21, 0x12, 0xa4, 0x42, ...Array(12).fill(7)]);
  const timer = setInterval(() => socket.send(request, port, "127.0.0.1"), PAUSE);
  // Nobody listens yet.
  socket.on("error", () => {});
  return {
    came: promise,
    [Symbol.dispose]() {
      clearInterval(timer);
      socket.close();
    },
  };
}

async function spawn(path: string, folder: string): Promise<Deno.ChildProcess> {
  try {
    return new Deno.Command("turnserver", {
      args: ["-c", path],
      stdout: "null",
      stderr: "null",
    }).spawn();
  } catch (error) {
    await Deno.remove(folder, { recursive: true });
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new Error("These tests need coturn: install it (Debian: apt-get install coturn)");
  }
}

function configure(lines: string[], { folder, port }: { folder: string; port: number }): string {
  return [
    ...lines,
    `listening-port=${port}`,
    "listening-ip=127.0.0.1",
    "relay-ip=127.0.0.1",
    "no-tls",
    "no-dtls",
    `log-file=${folder}/log`,
    "simple-log",
    `userdb=${folder}/turndb`,
    `pidfile=${folder}/turnserver.pid`,
  ].join("\n");
}

/** A port that is free now; that somebody else takes it in the next moment is not to be expected. */
function freePort(): number {
  using listener = Deno.listen({ port: 0, hostname: "127.0.0.1" });
  return listener.addr.port;
}
