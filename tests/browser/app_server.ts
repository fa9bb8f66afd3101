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
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, (request, info) => {
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
