import {
  type ComponentChildren,
  Fragment,
  type FunctionComponent,
  h,
  isValidElement,
} from "preact";
import type { Island } from "../build_cache.ts";
import type { Children, Component } from "../types.ts";
import { isSignal } from "./props.ts";
import type { RenderState } from "./render_state.ts";

/** Holds what an island's slot renders. */
export interface SlotProps {
  /** Index of the slot in the document. */
  id: number;
  /** What was passed to the island. */
  children?: Children;
}

/** Renders JSX that was passed to an island between two comments that the browser finds again. */
export function Slot({ id, children }: SlotProps): Children {
  return between({ start: `frsh:slot:${id}`, end: "/frsh:slot" }, children);
}

/** Is what an island's own component is rendered as, so that it is told from a new island. */
export interface IslandRootProps {
  /** The component, with the props it was given. */
  component: Component<Record<string, unknown>>;
  /** Its props, with slots. */
  props: Record<string, unknown>;
}

/** Renders an island's component; everything below belongs to the island. */
export function IslandRoot({ component, props }: IslandRootProps): Children {
  return h(component as FunctionComponent<Record<string, unknown>>, props);
}

/** Makes a component that renders an island between two comments and records its props. */
export function islandBoundary(
  island: Island,
  { component, state }: Pick<IslandRootProps, "component"> & { state: RenderState },
): Component<Record<string, unknown>> {
  return (given) => {
    const props = Object.fromEntries(
      Object.entries(given).map(([name, value]) => [
        name,
        containsJsx(value) ? slot(value, state) : value,
      ]),
    );
    state.islands.add(island);
    const index = state.islandProps.push(props) - 1;
    const markers = { start: `frsh:island:${island.name}:${index}`, end: "/frsh:island" };
    return between(markers, h(IslandRoot, { component, props }));
  };
}

function slot(children: Children, state: RenderState): Children {
  const id = state.slots.push({ children, rendered: false }) - 1;
  return h(Slot as FunctionComponent<SlotProps>, { id }, children as ComponentChildren);
}

function containsJsx(value: unknown): value is Children {
  // A signal passes for an element, so that it can be put into JSX.
  return Array.isArray(value) ? value.some(containsJsx) : isValidElement(value) && !isSignal(value);
}

function between(markers: { start: string; end: string }, children: Children): Children {
  return h(
    Fragment,
    null,
    comment(markers.start),
    children as ComponentChildren,
    comment(markers.end),
  );
}

function comment(text: string): ComponentChildren {
  // The only way to have Preact's server renderer emit a comment; its types leave it out.
  return h(Fragment as FunctionComponent<{ UNSTABLE_comment: string }>, { UNSTABLE_comment: text });
}
