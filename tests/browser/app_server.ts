import type { SettingName } from "../../lib/server/config.ts";

/** The real app on a free port of this machine. */
export interface AppServer extends AsyncDisposable {
  /** `http://127.0.0.1:PORT` */
  origin: string;
}

/**
 * Serves the app as `deno task build` left it; `await using` stops it. `pages` holds other people's
 * pages by their path, served from the same origin but without the app's policy.
 */
export async function startApp(pages: Record<string, string> = {}): Promise<AppServer> {
  // The composition root reads the environment when it is imported. No test may need the internet.
  Deno.env.set("STUN_URLS", "");
  const built = new URL("../../_fresh/server.js", import.meta.url).href;
  const { default: { fetch: handler } } = await import(built);
  const { signaling } = await import("../../main.ts");
  const options = { port: 0, hostname: "127.0.0.1", automaticCompression: true, onListen() {} };
  const server = Deno.serve(options, (request, info) => {
    const page = pages[new URL(request.url).pathname];
    if (page === undefined) return handler(request, info);
    return new Response(page, { headers: { "content-type": "text/html" } });
  });
  return {
    origin: `http://127.0.0.1:${server.addr.port}`,
    async [Symbol.asyncDispose]() {
      await server.shutdown();
      signaling.close();
    },
  };
}

/** The real app in a process of its own, which can die and come back at the same address. */
export interface MortalServer extends AppServer {
  /** Starts it, and resolves when it listens. */
  start(): Promise<void>;
  /** Ends it as a power cut does: no socket hears a close. */
  kill(): Promise<void>;
  /** Has it do nothing until the returned function is called; what it is sent waits. */
  hold(): () => void;
}

/** Starts the app, with `settings`, in a process of its own; `await using` ends it. */
export async function startProcess(
  settings: { [name in SettingName]?: string } = {},
): Promise<MortalServer> {
  const port = takePort();
  const command = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "main.ts"],
    cwd: new URL("../..", import.meta.url),
    env: { STUN_URLS: "", ...settings, HOSTNAME: "127.0.0.1", PORT: String(port) },
    stdout: "piped",
  });
  let child: Deno.ChildProcess | undefined;
  const server: MortalServer = {
    origin: `http://127.0.0.1:${port}`,
    async start() {
      child = command.spawn();
      const lines = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
      const { value = "nothing" } = await lines.read();
      await lines.cancel();
      if (!value.includes(" is listening on ")) throw new Error(`The server said: ${value}`);
    },
    async kill() {
      child?.kill("SIGKILL");
      await child?.status;
      child = undefined;
    },
    hold() {
      child?.kill("SIGSTOP");
      return () => child?.kill("SIGCONT");
    },
    [Symbol.asyncDispose]: () => server.kill(),
  };
  await server.start();
  return server;
}

/**
 * A port that is free, below those that the system hands out to whoever calls: a page that calls in
 * vain may be given the very port it calls, and then talks to itself.
 */
function takePort(): number {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    try {
      Deno.listen({ hostname: "127.0.0.1", port }).close();
      return port;
    } catch (error) {
      if (!(error instanceof Deno.errors.AddrInUse)) throw error;
    }
  }
}
