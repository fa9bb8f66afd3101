import type { Middleware } from "../middleware.ts";

/**
 * Creates a middleware that tells pages which run of the dev server they talk to, so that they can
 * reload when it is another one.
 */
export function liveReload<State>(): Middleware<State> {
  const revision = crypto.randomUUID();
  return (ctx) => {
    if (ctx.url.pathname !== "/_frsh/alive") return ctx.next();
    const event = new TextEncoder().encode(`retry: 250\ndata: ${revision}\n\n`);
    // Never closed from here: the connection breaks when the server does.
    const body = new ReadableStream({ start: (controller) => controller.enqueue(event) });
    return new Response(body, {
      headers: { "Content-Type": "text/event-stream", "Cache-Control": "no-store" },
    });
  };
}
