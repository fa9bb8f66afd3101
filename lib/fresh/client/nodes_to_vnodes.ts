import { h } from "preact";
import type { Children } from "../types.ts";
import { type IslandRange, parseIslandMarker } from "./ranges.ts";

/** Renders the island that a marker stands for. */
export type RenderIsland = (island: Pick<IslandRange, "name" | "index">) => Children;

/** Turns nodes that the server rendered back into what they were rendered from. */
export function nodesToVNodes(
  nodes: readonly ChildNode[],
  renderIsland: RenderIsland,
): Children[] {
  const vnodes: Children[] = [];
  let depth = 0;
  for (const node of nodes) {
    if (node.nodeType === Node.COMMENT_NODE) {
      const comment = node as Comment;
      if (comment.data.startsWith("frsh:") && depth++ === 0) {
        vnodes.push(renderIsland(parseIslandMarker(comment)));
      } else if (comment.data.startsWith("/frsh:")) depth--;
    } else if (depth > 0) {
      continue;
    } else if (node.nodeType === Node.TEXT_NODE) {
      vnodes.push((node as Text).data);
    } else if (node.nodeType === Node.ELEMENT_NODE) {
      const element = node as Element;
      const children = nodesToVNodes([...element.childNodes], renderIsland);
      vnodes.push(h(element.localName, attributesOf(element), ...children));
    }
  }
  return vnodes;
}

function attributesOf(element: Element): Record<string, unknown> {
  const props: Record<string, unknown> = {};
  for (const { name, value } of element.attributes) {
    // A boolean attribute is there with an empty value, which Preact would take for false.
    const isTrue = (element as unknown as Record<string, unknown>)[name] === true;
    if (!name.startsWith("on")) props[name] = isTrue || value;
  }
  return props;
}
