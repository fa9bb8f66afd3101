import { fromFileUrl } from "@std/path";
import type { SettingName } from "../../lib/server/config.ts";

const ROOT = fromFileUrl(new URL("../..", import.meta.url));

/** What it says once it answers. */
const LISTENING = /^Tincan is listening on (http:\/\/127\.0\.0\.1:\d+)\n$/;

/** The real app on a free port, in a process of its own, whose environment is nobody else's. */
export class AppProcess implements AsyncDisposable {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  #child: Deno.ChildProcess;
  #lines: ReadableStreamDefaultReader<string>;

  private constructor(
    child: Deno.ChildProcess,
    lines: ReadableStreamDefaultReader<string>,
    origin: string,
  ) {
    this.#child = child;
    this.#lines = lines;
    this.origin = origin;
  }

  /** Serves the app as `deno task build` left it; `await using` stops it. */
  static async start(settings: Partial<Record<SettingName, string>>): Promise<AppProcess> {
    const child = new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "main.ts"],
      cwd: ROOT,
      env: { STUN_URLS: "", HOSTNAME: "127.0.0.1", PORT: "0", ...settings },
      stdout: "piped",
    }).spawn();
    const lines = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
    const { value = "" } = await lines.read();
    const origin = LISTENING.exec(value)?.[1];
    if (origin !== undefined) return new AppProcess(child, lines, origin);
    await new AppProcess(child, lines, "")[Symbol.asyncDispose]();
    throw new Error(`The app did not start: ${value}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      this.#child.kill("SIGTERM");
    } catch (error) {
      // It is gone already.
      if (!(error instanceof TypeError)) throw error;
    }
    await this.#child.status;
    await this.#lines.cancel();
  }
}
