import type { Context } from "./context.ts";
import type { Method } from "./types.ts";

/** Holds what a handler wants its page to be rendered with. */
export interface PageResponse<Data> {
  /** Given to the page as `props.data`. */
  data: Data;
  /** Headers to add to the response. */
  headers?: HeadersInit | undefined;
  /** Status of the response. */
  status?: number | undefined;
}

/** Answers a request, or returns the data that the route's page is rendered with. */
export interface HandlerFn<Data, State> {
  (
    ctx: Context<State>,
  ): Response | PageResponse<Data> | Promise<Response | PageResponse<Data>>;
}

/** Answers each HTTP method on its own. Any other method is answered with status 405. */
export type HandlerByMethod<Data, State> = { [M in Method]?: HandlerFn<Data, State> };

/** Answers a route's requests: all of them, or by method. */
export type RouteHandler<Data, State> = HandlerFn<Data, State> | HandlerByMethod<Data, State>;

/** Infers the data that a handler passes to its page. */
export type RouteData<Handler extends RouteHandler<unknown, unknown>> = Handler extends
  RouteHandler<infer Data, unknown> ? Data : never;

/** Returns what a handler answers to have its page rendered, with a status and headers if given. */
export function page<Data>(
  data: Data,
  options?: { headers?: HeadersInit; status?: number },
): PageResponse<Data>;
/** Returns what a handler answers to have its page rendered without data. */
export function page(): PageResponse<undefined>;
export function page<Data>(
  data?: Data,
  options?: { headers?: HeadersInit; status?: number },
): PageResponse<Data | undefined> {
  return { data, headers: options?.headers, status: options?.status };
}
