import type { Middleware } from "./middleware.ts";
import type { Route } from "./route.ts";
import type { LayoutConfig, Method, RouteComponent } from "./types.ts";

/**
 * Is one thing that was registered on an app. Steps apply in order: a middleware, layout or error
 * page holds for what is registered after it, at its path or below.
 */
export type Step<State> =
  | { type: "middleware"; path: string; middlewares: readonly Middleware<State>[] }
  | {
    type: "layout";
    path: string;
    component: RouteComponent<State>;
    config?: LayoutConfig | undefined;
  }
  | { type: "app"; component: RouteComponent<State> }
  | { type: "error"; path: string; route: Route<State> }
  | { type: "not-found"; route: Route<State> }
  | {
    type: "route";
    /** Path that decides what is inherited. */
    path: string;
    /** What the URL must look like. */
    pattern: string;
    methods: readonly Method[];
    handlers: readonly Middleware<State>[];
  }
  | { type: "files"; path: string };
