import type { RouteFile } from "./build_cache.ts";
import { type Context, INTERNALS } from "./context.ts";
import { HttpError } from "./error.ts";
import { fileRouteSteps } from "./file_routes.ts";
import { compose, type Middleware } from "./middleware.ts";
import { joinPath, patternSegments } from "./path_pattern.ts";
import { renderRoute, type Route } from "./route.ts";
import { Router } from "./router.ts";
import type { Step } from "./step.ts";
import type { LayoutConfig, RouteComponent } from "./types.ts";

/** Holds what all requests of an app are answered from. */
export interface RouteTable<State> {
  /** Finds the handler of a request, with all the middlewares it inherits. */
  router: Router<Middleware<State>>;
  /** Runs the app's outermost middlewares for requests that no route answers. */
  fallback: Middleware<State>;
}

/** Holds what compiling steps needs besides them. */
export interface RouteTableOptions {
  /** What `fsRoutes()` inserts. */
  files: readonly RouteFile[];
  /** Path prefix of the app. */
  basePath: string;
}

/** What applies to one path and everything below it. */
interface Scope<State> {
  app: RouteComponent<State> | null;
  layout: { component: RouteComponent<State>; config: LayoutConfig } | null;
  error: Route<State> | null;
  middlewares: Middleware<State>[];
}

/** Compiles the steps of an app, in their order, to a route table. */
export function compileRoutes<State>(
  steps: readonly Step<State>[],
  { files, basePath }: RouteTableOptions,
): RouteTable<State> {
  const router = new Router<Middleware<State>>();
  const scopes = new Map<string, Scope<State>>();
  let notFound: Route<State> | null = null;

  function scopeAt(path: string): Scope<State> {
    const key = patternSegments(path).join("/");
    const scope = scopes.get(key) ?? { app: null, layout: null, error: null, middlewares: [] };
    scopes.set(key, scope);
    return scope;
  }

  // Copies what is registered by now, as later steps do not apply.
  function inherited(path: string): Middleware<State>[] {
    const segments = patternSegments(path);
    return segments.reduce((keys, _, i) => [...keys, segments.slice(0, i + 1).join("/")], [""])
      .flatMap((key) => scopes.get(key) ?? [])
      .flatMap((scope) => [
        scopeMiddleware({ ...scope }, () => notFound),
        ...scope.middlewares,
      ]);
  }

  function apply(step: Step<State>, base: string): void {
    switch (step.type) {
      case "middleware":
        scopeAt(step.path).middlewares.push(...step.middlewares);
        break;
      case "layout":
        scopeAt(step.path).layout = { component: step.component, config: step.config ?? {} };
        break;
      case "app":
        scopeAt("/").app = step.component;
        break;
      case "error":
        scopeAt(step.path).error = step.route;
        break;
      case "not-found":
        notFound = step.route;
        break;
      case "files":
        for (const fileStep of fileRouteSteps<State>(files)) {
          apply(fileStep, joinPath(base, step.path));
        }
        break;
      case "route": {
        const item = compose([...inherited(step.path), ...step.handlers]);
        const pattern = joinPath(base, step.pattern);
        for (const method of step.methods) router.add(method, { pattern, item });
        break;
      }
      default:
        step satisfies never;
    }
  }

  scopeAt("/");
  for (const step of steps) apply(step, basePath);
  return { router, fallback: compose(inherited("/")) };
}

function scopeMiddleware<State>(
  { app, layout, error: errorRoute }: Scope<State>,
  getNotFound: () => Route<State> | null,
): Middleware<State> {
  return async (ctx: Context<State>) => {
    const internals = ctx[INTERNALS];
    if (app !== null) internals.app = app;
    if (layout !== null) {
      const { component, config } = layout;
      if (config.skipAppWrapper) internals.app = null;
      internals.layouts = config.skipInheritedLayouts
        ? [component]
        : [...internals.layouts, component];
    }
    try {
      return await ctx.next();
    } catch (error) {
      const status = error instanceof HttpError ? error.status : 500;
      const route = (status === 404 ? getNotFound() : null) ?? errorRoute;
      if (route === null) throw error;
      return await renderRoute(ctx, { route, status });
    }
  };
}
