import { type Context, INTERNALS } from "./context.ts";

/**
 * Handles a request, or passes it on with `ctx.next()` and may look at the response that comes
 * back.
 */
export type Middleware<State> = (ctx: Context<State>) => Response | Promise<Response>;

/** Old name of {@linkcode Middleware}. */
export type MiddlewareFn<State> = Middleware<State>;

/** Joins middlewares to one, each of which reaches the one after it through `ctx.next()`. */
export function compose<State>(middlewares: readonly Middleware<State>[]): Middleware<State> {
  return async (ctx) => {
    const last = ctx.next;

    async function run(index: number): Promise<Response> {
      const middleware = middlewares[index];
      if (middleware === undefined) return await last();

      const { app, layouts } = ctx[INTERNALS];
      ctx.next = () => run(index + 1);
      try {
        const response: unknown = await middleware(ctx);
        if (response instanceof Response) return response;
        throw new TypeError(
          `Cannot respond as a middleware or handler must return a Response: it returned ${
            String(response)
          }`,
        );
      } catch (error) {
        ctx.error = error;
        throw error;
      } finally {
        // What a route leaves out, or a folder adds, is not for the error page of a folder above.
        Object.assign(ctx[INTERNALS], { app, layouts });
      }
    }

    return await run(0);
  };
}
