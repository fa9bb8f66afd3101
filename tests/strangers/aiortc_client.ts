import { fileURLToPath } from "node:url";
import { parseObject } from "../../lib/protocol/parse.ts";
import { patiently } from "../fakes/patience.ts";
import { valueOf } from "../fakes/unwrap.ts";
import type { Role, Stranger } from "./stranger.ts";

/** Debian's own Python, which has Debian's packages; another one of the same name has not. */
const PYTHON = "/usr/bin/python3";

/** Throws one line that says what to install, where there is no aiortc. */
export async function requireAiortc(): Promise<void> {
  const check = new Deno.Command(PYTHON, {
    args: ["-c", "import aiortc, websockets"],
    stderr: "null",
  });
  const found = await check.output().then(({ success }) => success, () => false);
  if (found) return;
  throw new Error(
    'Cannot find aiortc: install it (on Debian "apt-get install python3-aiortc python3-websockets")',
  );
}

/** Somebody with a program in Python, which is `aiortc_client.py`. */
export class AiortcClient implements Stranger, AsyncDisposable {
  #child: Deno.ChildProcess;
  #input: WritableStreamDefaultWriter<Uint8Array<ArrayBuffer>>;
  #heard: unknown[] = [];
  #waiting: (() => void)[] = [];
  #reading: Promise<void>;
  /** What it complained of; much of that is of no consequence, and shown only when it fails. */
  #complaints: Promise<string>;

  /** Starts it at `url`, where it `offers` or `answers`. */
  constructor(url: string, role: Role) {
    this.#child = new Deno.Command(PYTHON, {
      args: [fileURLToPath(new URL("./aiortc_client.py", import.meta.url)), url, role],
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    this.#input = this.#child.stdin.getWriter();
    this.#reading = this.#read();
    this.#complaints = new Response(this.#child.stderr).text();
  }

  async say(text: string): Promise<void> {
    await this.#input.write(new TextEncoder().encode(`${text}\n`));
  }

  async hear(text: string): Promise<void> {
    while (!this.#heard.includes(text)) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#waiting.push(resolve);
      await patiently(promise, `"${text}" at the stranger, who heard ${this.#heard}`);
    }
  }

  heard(): Promise<unknown[]> {
    return Promise.resolve(this.#heard);
  }

  async leave(): Promise<void> {
    await this.#input.close();
    await patiently(this.#reading, "the stranger to leave");
    const { success } = await this.#child.status;
    if (!success) throw new Error(`The stranger failed: ${await this.#complaints}`);
  }

  /** Ends it if it has not left. */
  async [Symbol.asyncDispose](): Promise<void> {
    try {
      this.#child.kill("SIGKILL");
    } catch {
      // It has ended by itself.
    }
    await this.#input.abort().catch(() => {});
    await this.#child.status;
    await this.#reading;
    await this.#complaints;
  }

  async #read(): Promise<void> {
    let rest = "";
    for await (const text of this.#child.stdout.pipeThrough(new TextDecoderStream())) {
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      this.#heard.push(...lines.map((line) => valueOf(parseObject(line)).heard));
      for (const wake of this.#waiting.splice(0)) wake();
    }
  }
}
