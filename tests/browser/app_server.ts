import { createBuilder } from "../../lib/dev.ts";

/** The real app on a free port of this machine. */
export interface AppServer extends AsyncDisposable {
  /** `http://127.0.0.1:PORT` */
  origin: string;
}

/**
 * Builds the app to memory and serves it; `await using` stops it. `pages` holds other people's pages
 * by their path, served from the same origin but without the app's policy.
 */
export async function startApp(pages: Record<string, string> = {}): Promise<AppServer> {
  // The composition root reads the environment when it is imported. No test may need the internet.
  Deno.env.set("STUN_URLS", "");
  const { app } = await import("../../main.ts");
  const apply = await (await createBuilder()).build({ snapshot: "memory" });
  apply(app);
  const handler = app.handler();
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, (request, info) => {
    const page = pages[new URL(request.url).pathname];
    if (page === undefined) return handler(request, info);
    return new Response(page, { headers: { "content-type": "text/html" } });
  });
  return {
    origin: `http://127.0.0.1:${server.addr.port}`,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}
