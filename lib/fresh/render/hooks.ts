import { type ComponentType, h, isValidElement, options, toChildArray, type VNode } from "preact";
import type { Children, Component } from "../types.ts";
import { asset, assetSrcSet } from "../asset.ts";
import { Head } from "../head.ts";
import { BodyEnd } from "./boot_script.ts";
import { islandBoundary, IslandRoot, Slot } from "./islands.ts";
import type { RenderState } from "./render_state.ts";

type AnyVNode = VNode<Record<string, unknown>>;

// Preact's own names for "before a vnode is rendered" and "after it was".
interface RenderHooks {
  __b?: ((vnode: AnyVNode) => void) | undefined;
  diffed?: ((vnode: AnyVNode) => void) | undefined;
}

/**
 * Calls a function that renders synchronously, with the hooks in place that find islands, fill
 * `<head>` and `<body>`, and put the nonce on inline scripts and styles. Vnodes come out as they
 * went in, as an app may keep them in constants.
 */
export function withHooks<T>(state: RenderState, render: () => T): T {
  const hooks = options as unknown as RenderHooks;
  const { __b: before, diffed: after } = hooks;
  const originals = new Map<AnyVNode, Pick<AnyVNode, "type" | "props">>();

  hooks.__b = (vnode) => {
    const changed = typeof vnode.type === "string"
      ? adaptElement(vnode, state)
      : adaptComponent(vnode, state);
    if (changed !== undefined) {
      originals.set(vnode, { type: vnode.type, props: vnode.props });
      Object.assign(vnode, changed);
    }
    before?.(vnode);
  };
  hooks.diffed = (vnode) => {
    after?.(vnode);
    Object.assign(vnode, originals.get(vnode));
    const type: unknown = vnode.type;
    if (type === "head") state.insideHead = false;
    if (type === Slot || type === IslandRoot) state.boundaries.pop();
  };

  try {
    return render();
  } finally {
    hooks.__b = before;
    hooks.diffed = after;
  }
}

function adaptComponent(vnode: AnyVNode, state: RenderState): Partial<AnyVNode> | undefined {
  const type: unknown = vnode.type;
  if (type === Slot) {
    state.boundaries.push("slot");
    const slot = state.slots[vnode.props.id as number];
    if (slot !== undefined) slot.rendered = true;
  } else if (type === IslandRoot) {
    state.boundaries.push("island");
  } else if (type === Head) {
    collectHead(vnode, state);
  } else if (!state.insideIsland) {
    const island = state.build.islands.get(type);
    if (island === undefined) return;
    const component = type as Component<Record<string, unknown>>;
    return { type: islandBoundary(island, { component, state }) as ComponentType };
  }
}

function adaptElement(
  { type, props }: AnyVNode,
  state: RenderState,
): Partial<AnyVNode> | undefined {
  switch (type) {
    case "html":
      state.seen.add(type);
      return;
    case "head":
      state.seen.add(type);
      state.insideHead = true;
      return { props: append(props, h(HeadEnd, { state })) };
    case "body":
      state.seen.add(type);
      return { props: append(props, h(BodyEnd, { state })) };
    case "img":
    case "source":
      return { props: lockUrls(props) };
    case "script":
    case "style":
      return props.nonce ? undefined : { props: { ...props, nonce: state.nonce } };
    case "title":
    case "meta":
      // An image can have a title, too.
      return state.insideHead ? takeFromHead(headKey(type, props), state) : undefined;
  }
}

function takeFromHead(key: string, { head }: RenderState): Partial<AnyVNode> | undefined {
  const element = head.get(key) as AnyVNode | undefined;
  head.delete(key);
  return element && { type: element.type, props: element.props };
}

function HeadEnd({ state }: { state: RenderState }): Children {
  const elements = [...state.head.values()];
  state.head.clear();
  return elements;
}

function collectHead(vnode: AnyVNode, state: RenderState): void {
  for (const child of toChildArray(vnode.props.children as VNode)) {
    if (!isValidElement(child)) continue;
    const key = headKey(child.type, child.props as Record<string, unknown>);
    // Elements without a key of their own never replace each other.
    state.head.set(key || child, child);
  }
}

function headKey(type: unknown, props: Record<string, unknown>): string {
  if (type === "title") return "title";
  const name = props.name ?? props.property;
  return type === "meta" && name !== undefined ? `meta ${name}` : "";
}

function append(props: AnyVNode["props"], child: Children): AnyVNode["props"] {
  return { ...props, children: [props.children, child] } as AnyVNode["props"];
}

function lockUrls(props: AnyVNode["props"]): AnyVNode["props"] {
  const { src, srcset } = props;
  return {
    ...props,
    ...(typeof src === "string" && { src: asset(src) }),
    ...(typeof srcset === "string" && { srcset: assetSrcSet(srcset) }),
  };
}
