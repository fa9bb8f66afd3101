import type { BuildCache } from "./build_cache.ts";
import { renderDocument } from "./render/document.ts";
import { renderTree, type SharedProps, type Surroundings } from "./render/tree.ts";
import type { Element, LayoutConfig, ResolvedFreshConfig } from "./types.ts";
import {
  isWebSocketHandlers,
  type UpgradedWebSocket,
  upgradeWebSocket,
  type WebSocketHandlers,
  type WebSocketUpgradeOptions,
} from "./upgrade.ts";

/** Keys the part of a context that only the framework reads and writes. */
export const INTERNALS: unique symbol = Symbol("fresh internals");

/** Holds the part of a context that only the framework reads and writes. */
export interface ContextInternals<State> extends Surroundings<State> {
  /** The build that assets and islands come from. */
  readonly build: BuildCache;
  /** Marks inline scripts and styles as ours; `null` until something is rendered. */
  nonce: string | null;
}

/** Holds what a context is made from. */
export interface ContextOptions {
  /** The request as it came in. */
  req: Request;
  /** The request's URL, with repeated slashes collapsed. */
  url: URL;
  /** Addresses of both ends of the connection. */
  info: Deno.ServeHandlerInfo;
  /** The matched route pattern, or `null`. */
  route: string | null;
  /** What the route pattern captured. */
  params: Record<string, string>;
  /** The app's options. */
  config: ResolvedFreshConfig;
  /** The build that assets and islands come from. */
  build: BuildCache;
  /** Answers when no middleware does. */
  next: () => Promise<Response>;
}

/** Stands for one request on its way through middlewares and handlers. */
export class Context<State> implements SharedProps<State> {
  /** The app's options. */
  readonly config: ResolvedFreshConfig;
  /** The request's URL, with repeated slashes collapsed. */
  readonly url: URL;
  /** The request as it came in. */
  req: Request;
  /** The matched route pattern, or `null`. */
  readonly route: string | null;
  /** What the route pattern captured. */
  readonly params: Record<string, string>;
  /** Shared by all middlewares and the page. */
  readonly state: State = {} as State;
  /** Free for the app to use. */
  data: unknown = undefined;
  /** The error that is being handled, or `null`. */
  error: unknown = null;
  /** Addresses of both ends of the connection. */
  readonly info: Deno.ServeHandlerInfo;
  /** Calls the next middleware, or the handler after the last one. */
  next: () => Promise<Response>;
  /** See {@linkcode ContextInternals}. */
  readonly [INTERNALS]: ContextInternals<State>;

  /** Is called by the app for each request. */
  constructor(options: ContextOptions) {
    this.req = options.req;
    this.url = options.url;
    this.info = options.info;
    this.route = options.route;
    this.params = options.params;
    this.config = options.config;
    this.next = options.next;
    this[INTERNALS] = { build: options.build, app: null, layouts: [], nonce: null };
  }

  /**
   * Redirects to a path or URL. A path never leaves this origin: `//host` and `/\host`, which
   * browsers take for another host, are collapsed to `/host`.
   */
  redirect(pathOrUrl: string, status: number = 302): Response {
    let location = pathOrUrl;
    if (/^[/\\]/.test(location)) {
      const [pathname = ""] = location.split(/[?#]/, 1);
      const rest = location.slice(pathname.length);
      // Browsers drop tabs and newlines before they look for the host.
      location = pathname.replaceAll(/[\t\r\n]/g, "").replaceAll(/[/\\]+/g, "/") + rest;
    }
    return new Response(null, { status, headers: { location } });
  }

  /** Renders a tree inside the layouts and app wrapper of the route, as a complete document. */
  async render(
    vnode: Element | null,
    init: ResponseInit = {},
    config: LayoutConfig = {},
  ): Promise<Response> {
    const internals = this[INTERNALS];
    const tree = await renderTree<State>(this, {
      vnode,
      app: config.skipAppWrapper ? null : internals.app,
      layouts: config.skipInheritedLayouts ? [] : internals.layouts,
    });
    if (tree instanceof Response) return tree;

    const { build } = internals;
    const nonce = internals.nonce ??= crypto.randomUUID().replaceAll("-", "");
    const basePath = this.config.basePath;
    const { html, preload } = renderDocument(tree, { build, nonce, basePath });
    const headers = new Headers(init.headers);
    headers.set("Content-Type", "text/html; charset=utf-8");
    if (preload.length > 0) {
      headers.append(
        "Link",
        preload.map((path) => `<${encodeURI(path)}>; rel="modulepreload"; as="script"`).join(", "),
      );
    }
    return new Response(html, { ...init, headers });
  }

  /** Responds with plain text. */
  text(content: string, init?: ResponseInit): Response {
    return new Response(content, init);
  }

  /** Responds with HTML as it is. */
  html(content: string, init?: ResponseInit): Response {
    const headers = new Headers(init?.headers);
    headers.set("Content-Type", "text/html; charset=utf-8");
    return new Response(content, { ...init, headers });
  }

  /** Responds with JSON. */
  json(content: unknown, init?: ResponseInit): Response {
    return Response.json(content, init);
  }

  /**
   * Upgrades to a WebSocket. With handlers, they are called from then on and the response comes
   * back; without, the caller listens on the socket itself and returns the response.
   *
   * @throws {HttpError} 400 if the client did not ask for a WebSocket.
   */
  upgrade(options?: WebSocketUpgradeOptions): UpgradedWebSocket;
  /** Upgrades to a WebSocket whose events call the handlers. */
  upgrade(handlers: WebSocketHandlers, options?: WebSocketUpgradeOptions): Response;
  upgrade(
    handlersOrOptions?: WebSocketHandlers | WebSocketUpgradeOptions,
    options?: WebSocketUpgradeOptions,
  ): UpgradedWebSocket | Response {
    if (!isWebSocketHandlers(handlersOrOptions)) {
      return upgradeWebSocket(this.req, handlersOrOptions ?? {});
    }
    return upgradeWebSocket(this.req, { ...options, handlers: handlersOrOptions }).response;
  }
}

/** Old name of {@linkcode Context}. */
export type FreshContext<State = unknown> = Context<State>;
