import { type Context, INTERNALS } from "./context.ts";
import { HttpError } from "./error.ts";
import type { HandlerFn, PageResponse, RouteHandler } from "./handlers.ts";
import { renderComponent, sharedProps } from "./render/tree.ts";
import type { Element, Method, RouteComponent, RouteConfig } from "./types.ts";

/** Names every method that a route without methods of its own answers. */
export const ALL_METHODS: readonly Method[] = [
  "GET",
  "HEAD",
  "POST",
  "PUT",
  "PATCH",
  "DELETE",
  "OPTIONS",
];

/** Joins a page and the handler that feeds it. */
export interface Route<State> {
  /** Rendered when the handler returns data, or when there is no handler. */
  component?: RouteComponent<State> | undefined;
  /** See {@linkcode RouteConfig}. */
  config?: RouteConfig | undefined;
  /** Answers requests, or returns data for the component. */
  handler?: RouteHandler<unknown, State> | undefined;
}

/** Lists the methods a route answers: those of its handlers, and GET if it has a page. */
export function routeMethods<State>({ handler, component }: Route<State>): readonly Method[] {
  if (typeof handler === "function") return ALL_METHODS;
  const methods = new Set(Object.keys(handler ?? {}) as Method[]);
  if (component !== undefined) methods.add("GET");
  return [...methods];
}

/** Calls a route's handler for the request's method and renders its page with what comes back. */
export async function renderRoute<State>(
  ctx: Context<State>,
  { route, status = 200 }: { route: Route<State>; status?: number },
): Promise<Response> {
  const internals = ctx[INTERNALS];
  if (route.config?.skipAppWrapper) internals.app = null;
  if (route.config?.skipInheritedLayouts) internals.layouts = [];

  const result = await pickHandler(route, ctx.req.method)(ctx);
  if (result instanceof Response) return result;

  const vnode = route.component === undefined ? null : await renderComponent(
    route.component,
    { ...sharedProps<State>(ctx), data: result.data, Component: () => null },
  );
  if (vnode instanceof Response) return vnode;

  const init: ResponseInit = { status: result.status ?? status };
  if (result.headers !== undefined) init.headers = result.headers;
  return await ctx.render(vnode as Element | null, init);
}

function pickHandler<State>(
  { handler, component }: Route<State>,
  method: string,
): HandlerFn<unknown, State> {
  if (typeof handler === "function") return handler;
  const byMethod = handler?.[method as Method] ??
    (method === "HEAD" ? handler?.GET : undefined);
  if (byMethod !== undefined) return byMethod;
  if (component === undefined) throw new HttpError(404);
  return (): PageResponse<unknown> => ({ data: {} });
}
