/** Is anything that JSX can hold, as Preact has it: elements, lists and promises are objects. */
export type Children = object | string | number | bigint | boolean | null | undefined;

/** Renders props to JSX, or, where the framework calls it, to a promise of JSX or a response. */
export type Component<Props = object> = (props: Props) => Children;

/** Is a piece of JSX. */
export interface Element {
  /** The component, or name of the element. */
  type: unknown;
  /** What it is rendered with. */
  props: unknown;
  /** Tells it from its siblings. */
  key: unknown;
}

/** Names the HTTP methods that routes can be registered for. */
export type Method = "HEAD" | "GET" | "POST" | "PATCH" | "PUT" | "DELETE" | "OPTIONS";

/** Says whether assets may be cached for good (`production`) or never (`development`). */
export type Mode = "development" | "production";

/** Holds the options of an app. */
export interface FreshConfig {
  /** Path prefix that every route is served below, such as `/chat`. */
  basePath?: string;
  /** Defaults to `production`. */
  mode?: Mode;
}

/** Holds an app's options with every default filled in. */
export interface ResolvedFreshConfig {
  /** Folder of the project. */
  root: string;
  /** Path prefix that every route is served below, or the empty string. */
  basePath: string;
  /** Set to `development` by the dev server. */
  mode: Mode;
}

/** Lets a page or layout opt out of what surrounds it. */
export interface LayoutConfig {
  /** Drops the layouts of the folders above. */
  skipInheritedLayouts?: boolean;
  /** Drops the `_app` component. */
  skipAppWrapper?: boolean;
}

/** Holds what a route file may export as `config`. */
export interface RouteConfig extends LayoutConfig {
  /** `URLPattern` pathname used instead of the one that follows from the file's place. */
  routeOverride?: string;
}

/** Holds what pages, layouts and the app wrapper are rendered with. */
export interface PageProps<Data = unknown, State = unknown> {
  /** The app's options. */
  config: ResolvedFreshConfig;
  /** The request's URL, with repeated slashes collapsed. */
  url: URL;
  /** The request as it came in. */
  req: Request;
  /** What the route pattern captured. */
  params: Record<string, string>;
  /** Addresses of both ends of the connection. */
  info: Deno.ServeHandlerInfo;
  /** Whatever the middlewares left for the page. */
  state: State;
  /** What the handler passed to `page()`. */
  data: Data;
  /** The error being shown, or `null`. */
  error: unknown;
  /** The matched route pattern, or `null`. */
  route: string | null;
  /** Renders the page or layout inside this one. */
  Component: Component;
}

/** Renders a page, layout or app wrapper; asynchronously, it may also answer with a response. */
// A handler and its page agree on the type of data between themselves; the app cannot know it.
// deno-lint-ignore no-explicit-any
export type RouteComponent<State> = Component<PageProps<any, State>>;
