import type { RouteFile } from "./build_cache.ts";
import type { RouteHandler } from "./handlers.ts";
import type { Middleware } from "./middleware.ts";
import { joinPath, pathToPattern } from "./path_pattern.ts";
import { renderRoute, type Route, routeMethods } from "./route.ts";
import type { Step } from "./step.ts";
import type { RouteComponent, RouteConfig } from "./types.ts";

/**
 * Turns route files into steps. `_app`, `_layout`, `_middleware`, `_error` (or `_500`) and `_404`
 * hold for their folder, all others are routes.
 *
 * @throws {TypeError} If a file exports nothing of use.
 */
export function fileRouteSteps<State>(files: readonly RouteFile[]): Step<State>[] {
  return files.map(({ id, module }) => toStep<State>(id, module));
}

function toStep<State>(id: string, module: RouteFile["module"]): Step<State> {
  const slash = id.lastIndexOf("/");
  const folder = id.slice(0, slash);
  const path = pathToPattern(folder, { keepGroups: true });
  const name = id.slice(slash + 1);
  if (name === "_middleware") {
    return { type: "middleware", path, middlewares: readMiddlewares<State>(id, module) };
  }

  const route = readRoute<State>(id, module);
  switch (name) {
    case "_app":
      return { type: "app", component: requireComponent(id, route) };
    case "_layout":
      return { type: "layout", path, component: requireComponent(id, route), config: route.config };
    case "_error":
    case "_500":
      return { type: "error", path, route };
    case "_404":
      return { type: "not-found", route };
    default:
      return {
        type: "route",
        path,
        pattern: route.config?.routeOverride ?? joinPath("", pathToPattern(id)),
        methods: routeMethods(route),
        handlers: [(ctx) => renderRoute(ctx, { route })],
      };
  }
}

function readRoute<State>(id: string, module: RouteFile["module"]): Route<State> {
  const handler = module.handlers ?? module.handler;
  const component = module.default;
  const config = module.config;
  if (handler === undefined && component === undefined && config === undefined) {
    throw new TypeError(
      `Cannot use route file "${id}" as it must export a default component, "handler" or "config"`,
    );
  }
  return {
    handler: handler as RouteHandler<unknown, State> | undefined,
    component: component as RouteComponent<State> | undefined,
    config: config as RouteConfig | undefined,
  };
}

function readMiddlewares<State>(id: string, module: RouteFile["module"]): Middleware<State>[] {
  const found = [module.default ?? module.handlers ?? module.handler].flat();
  if (!found.every((middleware) => typeof middleware === "function")) {
    throw new TypeError(
      `Cannot use middleware file "${id}" as its default export must be a function or an array of functions`,
    );
  }
  return found as Middleware<State>[];
}

function requireComponent<State>(id: string, route: Route<State>) {
  if (route.component !== undefined) return route.component;
  throw new TypeError(`Cannot use route file "${id}" as it must export a default component`);
}

/**
 * Compares the ids of route files for registration: a folder's own files before its routes, fixed
 * segments before parameters, parameters before the rest of a path.
 */
export function compareRouteIds(a: string, b: string): number {
  const as = segmentsOf(a);
  const bs = segmentsOf(b);
  for (let i = 0; i < Math.max(as.length, bs.length); i++) {
    const x = as[i] ?? "";
    const y = bs[i] ?? "";
    if (x === y) continue;
    return rank(x) - rank(y) || (x < y ? -1 : 1);
  }
  return a.length - b.length || (a < b ? -1 : 1);
}

function segmentsOf(id: string): string[] {
  return id.split("/").filter((segment) => segment && !/^\(.*\)$/.test(segment));
}

function rank(segment: string): number {
  if (segment === "_app") return 0;
  if (segment === "_middleware") return 1;
  if (segment === "_layout") return 2;
  if (/^_(error|500|404)$/.test(segment)) return 3;
  if (segment === "index") return 4;
  if (segment.startsWith("[...")) return 7;
  return segment.includes("[") ? 6 : 5;
}
