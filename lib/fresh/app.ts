import type { BuildCache } from "./build_cache.ts";
import { setBuildId } from "./build_id.ts";
import { Context } from "./context.ts";
import { HttpError } from "./error.ts";
import { listen, type ListenOptions } from "./listen.ts";
import type { Middleware } from "./middleware.ts";
import { ALL_METHODS, renderRoute, type Route, routeMethods } from "./route.ts";
import { compileRoutes } from "./route_table.ts";
import type { Step } from "./step.ts";
import type {
  FreshConfig,
  LayoutConfig,
  Method,
  Mode,
  ResolvedFreshConfig,
  RouteComponent,
  RouteConfig,
} from "./types.ts";
import type { WebSocketHandlers, WebSocketUpgradeOptions } from "./upgrade.ts";

export type { ListenOptions } from "./listen.ts";

/** Answers requests, as `Deno.serve()` calls it. */
export type Handler = (request: Request, info?: Deno.ServeHandlerInfo) => Promise<Response>;

const UNKNOWN_INFO: Deno.ServeHandlerInfo = {
  remoteAddr: { transport: "tcp", hostname: "localhost", port: 1234 },
  completed: Promise.resolve(),
};

const NO_BUILD: BuildCache = {
  buildId: "",
  clientEntry: "",
  islands: new Map(),
  staticFiles: new Map(),
  routes: [],
};

/** Keys the build that an app serves, which only the framework reads and writes. */
export const BUILD: unique symbol = Symbol("fresh build");

/** Gives an app the build to serve; called before its handler is made. */
export function setBuildCache<State>(app: App<State>, build: BuildCache, mode: Mode): void {
  app[BUILD] = build;
  app.config.mode = mode;
  setBuildId(build.buildId);
}

/**
 * Passes requests through middlewares to routes. Everything is registered in order: a middleware,
 * layout or error page holds for what comes after it.
 */
export class App<State> {
  /** The app's options, with defaults filled in. */
  readonly config: ResolvedFreshConfig;
  /** See {@linkcode BUILD}. */
  [BUILD]: BuildCache = NO_BUILD;
  readonly #steps: Step<State>[] = [];

  /** Creates an app without any routes. */
  constructor({ basePath = "", mode = "production" }: FreshConfig = {}) {
    this.config = { root: ".", basePath, mode };
  }

  /** Adds middlewares for all paths. */
  use(...middlewares: Middleware<State>[]): this;
  /** Adds middlewares for one path and what is below it. */
  use(path: string, ...middlewares: Middleware<State>[]): this;
  use(first: string | Middleware<State>, ...rest: Middleware<State>[]): this {
    return typeof first === "string"
      ? this.#add({ type: "middleware", path: first, middlewares: rest })
      : this.#add({ type: "middleware", path: "*", middlewares: [first, ...rest] });
  }

  /** Sets what answers requests that end in status 404. */
  notFound(routeOrHandler: Route<State> | Middleware<State>): this {
    return this.#add({ type: "not-found", route: toRoute(routeOrHandler) });
  }

  /** Sets what answers requests at a path and below that end in an error. */
  onError(path: string, routeOrHandler: Route<State> | Middleware<State>): this {
    return this.#add({ type: "error", path, route: toRoute(routeOrHandler) });
  }

  /** Sets the component around all pages. */
  appWrapper(component: RouteComponent<State>): this {
    return this.#add({ type: "app", component });
  }

  /** Sets the component around the pages at a path and below. */
  layout(path: string, component: RouteComponent<State>, config?: LayoutConfig): this {
    return this.#add({ type: "layout", path, component, config });
  }

  /** Adds a page with its handlers. */
  route(path: string, route: Route<State>, config?: RouteConfig): this {
    const merged = { ...route, config: { ...route.config, ...config } };
    return this.#add({
      type: "route",
      path,
      pattern: merged.config.routeOverride ?? path,
      methods: routeMethods(route),
      handlers: [(ctx) => renderRoute(ctx, { route: merged })],
    });
  }

  /** Answers GET requests at a path, and HEAD requests without a handler of their own. */
  get(path: string, ...middlewares: Middleware<State>[]): this {
    return this.#handle(["GET"], { path, middlewares });
  }

  /** Answers POST requests at a path. */
  post(path: string, ...middlewares: Middleware<State>[]): this {
    return this.#handle(["POST"], { path, middlewares });
  }

  /** Answers PATCH requests at a path. */
  patch(path: string, ...middlewares: Middleware<State>[]): this {
    return this.#handle(["PATCH"], { path, middlewares });
  }

  /** Answers PUT requests at a path. */
  put(path: string, ...middlewares: Middleware<State>[]): this {
    return this.#handle(["PUT"], { path, middlewares });
  }

  /** Answers DELETE requests at a path. */
  delete(path: string, ...middlewares: Middleware<State>[]): this {
    return this.#handle(["DELETE"], { path, middlewares });
  }

  /** Answers HEAD requests at a path. */
  head(path: string, ...middlewares: Middleware<State>[]): this {
    return this.#handle(["HEAD"], { path, middlewares });
  }

  /** Answers requests of any method at a path. */
  all(path: string, ...middlewares: Middleware<State>[]): this {
    return this.#handle(ALL_METHODS, { path, middlewares });
  }

  /** Accepts WebSockets at a path. */
  ws(path: string, handlers: WebSocketHandlers, options?: WebSocketUpgradeOptions): this {
    return this.get(path, (ctx) => ctx.upgrade(handlers, options));
  }

  /** Inserts the routes of the build here, below a path if one is given. */
  fsRoutes(pattern: string = "*"): this {
    return this.#add({ type: "files", path: pattern });
  }

  /** Makes the function that answers requests; what is registered later has no effect on it. */
  handler(): Handler {
    const build = this[BUILD];
    const { config } = this;
    const { basePath } = config;
    const table = compileRoutes(this.#steps, { files: build.routes, basePath });

    return async (req, info = UNKNOWN_INFO) => {
      const url = new URL(req.url);
      // A path like "//host" must not become a link to another host on some page.
      url.pathname = url.pathname.replaceAll(/\/+/g, "/");
      const { pattern: route, item, params, allowed } = table.router.match(req.method, url);
      const next = answerNoRoute(req.method, { route, allowed });
      const ctx = new Context<State>({ req, url, info, route, params, config, build, next });

      let response: Response;
      try {
        response = await (item ?? table.fallback)(ctx);
      } catch (error) {
        response = defaultErrorResponse(error);
      }
      if (response.status === 405 && item === null && !response.headers.has("Allow")) {
        // Copied, as a response that came from elsewhere may have headers that can not be changed.
        response = new Response(response.body, response);
        response.headers.set("Allow", allowed.join(", "));
      }
      if (req.method !== "HEAD") return response;
      await response.body?.cancel();
      return new Response(null, response);
    };
  }

  /**
   * Serves the app, on the first free port from 8000 to 8019 if none is given. Resolves once the
   * server listens; `options.signal` stops it.
   */
  async listen(options: ListenOptions = {}): Promise<void> {
    await listen(this.handler(), { ...options, basePath: this.config.basePath });
  }

  #add(step: Step<State>): this {
    this.#steps.push(step);
    return this;
  }

  #handle(
    methods: readonly Method[],
    { path, middlewares }: { path: string; middlewares: readonly Middleware<State>[] },
  ): this {
    return this.#add({ type: "route", path, pattern: path, methods, handlers: middlewares });
  }
}

function toRoute<State>(routeOrHandler: Route<State> | Middleware<State>): Route<State> {
  return typeof routeOrHandler === "function" ? { handler: routeOrHandler } : routeOrHandler;
}

function answerNoRoute(
  method: string,
  { route, allowed }: { route: string | null; allowed: readonly string[] },
): () => Promise<Response> {
  return () => {
    if (route === null) return Promise.reject(new HttpError(404));
    if (method !== "OPTIONS") return Promise.reject(new HttpError(405));
    return Promise.resolve(
      new Response(null, { status: 204, headers: { Allow: allowed.join(", ") } }),
    );
  };
}

function defaultErrorResponse(error: unknown): Response {
  if (error instanceof HttpError && error.status < 500) {
    const message = error.message || DEFAULT_MESSAGES[error.status];
    return new Response(message ?? null, { status: error.status });
  }
  console.error(error);
  return error instanceof HttpError
    ? new Response(error.message || "Internal server error", { status: error.status })
    : new Response("Internal server error", { status: 500 });
}

const DEFAULT_MESSAGES: Record<number, string> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  409: "Conflict",
  426: "Upgrade Required",
  429: "Too Many Requests",
};
