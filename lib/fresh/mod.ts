/**
 * A small web framework: routes from files, pages from Preact components, islands of interactivity.
 *
 * @module
 */
export { App, type Handler, type ListenOptions } from "./app.ts";
export type { Context, FreshContext } from "./context.ts";
export { createDefine, type Define } from "./define.ts";
export { HttpError } from "./error.ts";
export {
  type HandlerByMethod,
  type HandlerFn,
  page,
  type PageResponse,
  type RouteData,
  type RouteHandler,
} from "./handlers.ts";
export type { Middleware, MiddlewareFn } from "./middleware.ts";
export { csp, type CSPOptions } from "./middlewares/csp.ts";
export { staticFiles } from "./middlewares/static_files.ts";
export type { Route } from "./route.ts";
export type {
  FreshConfig,
  LayoutConfig,
  Method,
  PageProps,
  ResolvedFreshConfig,
  RouteComponent,
  RouteConfig,
} from "./types.ts";
export type { Island } from "./build_cache.ts";
export type { WebSocketHandlers, WebSocketUpgradeOptions } from "./upgrade.ts";
