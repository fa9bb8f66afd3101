import type { HandlerByMethod, HandlerFn, RouteHandler } from "./handlers.ts";
import type { Middleware } from "./middleware.ts";
import type { Component, PageProps } from "./types.ts";

/** Lets the compiler infer the types of handlers, pages, layouts and middlewares. */
export interface Define<State> {
  /** Returns the handlers, with `ctx` typed. */
  handlers<
    Data,
    Handlers extends RouteHandler<Data, State> = RouteHandler<Data, State>,
  >(handlers: Handlers): typeof handlers;
  /** Returns the page, with `props` typed; `props.data` is what `Handler` passes to `page()`. */
  page<
    // The data type is inferred from the handler below; nothing narrower accepts every handler.
    // deno-lint-ignore no-explicit-any
    Handler extends RouteHandler<any, State> = never,
    Data = Handler extends HandlerFn<infer Data, State> ? Data
      : Handler extends HandlerByMethod<infer Data, State> ? Data
      : never,
  >(render: Component<PageProps<Data, State>>): typeof render;
  /** Returns the middleware or middlewares, with `ctx` typed. */
  middleware<M extends Middleware<State> | Middleware<State>[]>(middleware: M): typeof middleware;
  /** Returns the layout, with `props` typed. */
  layout(render: Component<PageProps<unknown, State>>): typeof render;
}

/** Creates the `define` functions of an app whose middlewares share `State`. */
export function createDefine<State>(): Define<State> {
  return {
    handlers: (handlers) => handlers,
    page: (render) => render,
    middleware: (middleware) => middleware,
    layout: (render) => render,
  };
}
