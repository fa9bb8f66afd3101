import { type FunctionComponent, h } from "preact";
import type { Children, Component, Element, PageProps, RouteComponent } from "../types.ts";

/** Holds the components that a page is rendered inside of. */
export interface Surroundings<State> {
  /** The `_app` component, or `null`. */
  app: RouteComponent<State> | null;
  /** Layouts, the outermost first. */
  layouts: readonly RouteComponent<State>[];
}

/** Holds a page inside its layouts, and how to put the app wrapper around it. */
export interface PageTree {
  /** The page inside its layouts. */
  page: Children;
  /** Puts the app wrapper around what is rendered by a component, or is `null` without one. */
  wrap: ((content: Component) => Children) | null;
}

/** Holds the props that a page has in common with its layouts and app. */
export type SharedProps<State> = Omit<PageProps<unknown, State>, "data" | "Component">;

/** Picks the shared props out of a request's context. */
export function sharedProps<State>(from: SharedProps<State>): SharedProps<State> {
  const { config, url, req, params, info, state, error, route } = from;
  return { config, url, req, params, info, state, error, route };
}

/** Puts a page inside its layouts and app, any of which may answer with a response instead. */
export async function renderTree<State>(
  from: SharedProps<State>,
  { vnode, app, layouts }: Surroundings<State> & { vnode: Element | null },
): Promise<PageTree | Response> {
  const base = { ...sharedProps(from), data: null };
  let page: Children = vnode;
  for (const layout of layouts.toReversed()) {
    const inner: Children = page;
    page = await renderComponent(layout, { ...base, Component: () => inner });
    if (page instanceof Response) return page;
  }
  if (app === null) return { page, wrap: null };

  // The wrapper may have to be awaited before the page's HTML is known, so it gets a component that
  // renders what `wrap` is given later.
  let content: Component = () => null;
  const outer = await renderComponent(app, { ...base, Component: (props) => content(props) });
  if (outer instanceof Response) return outer;
  return {
    page,
    wrap(component) {
      content = component;
      return outer;
    },
  };
}

/** Makes JSX of a component and its props; an `async` function is called and awaited for it. */
export async function renderComponent<State>(
  component: RouteComponent<State>,
  props: PageProps<unknown, State>,
): Promise<Children> {
  // Calling it to see what it returns would run a component's hooks outside of a render.
  return component.constructor.name === "AsyncFunction"
    ? await component(props)
    : h(component as FunctionComponent<typeof props>, props);
}
