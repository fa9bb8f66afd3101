import { computed, signal } from "@preact/signals";
import { parse } from "devalue";
import { type FunctionComponent, h, hydrate, type VNode } from "preact";
import { nodesToVNodes } from "./nodes_to_vnodes.ts";
import { type IslandRange, readRanges } from "./ranges.ts";
import type { Children, Component } from "../types.ts";
import { rootFragment } from "./root_fragment.ts";

/**
 * Brings the islands of a page to life. Takes the components by name, and the serialized props of
 * all islands in the order that the page counts them.
 */
export function boot(islands: Record<string, Component>, serializedProps: string): void {
  const { roots, slots } = readRanges(document.body);
  const slotContent = new Map<number, Children>();
  const islandProps: Record<string, unknown>[] = parse(serializedProps, {
    Computed: ([value]: [unknown]) => computed(() => value),
    Signal: ([value]: [unknown]) => signal(value),
    Slot: ([id]: [number]) => h(() => renderSlot(id) as VNode, null),
  });

  for (const root of roots) {
    try {
      hydrate(renderIsland(root), rootFragment(root.start, root.end));
    } catch (error) {
      // One broken island must not take the others down with it.
      reportError(error);
    }
  }

  function renderIsland({ name, index }: Pick<IslandRange, "name" | "index">): VNode {
    const component = islands[name] as FunctionComponent<Record<string, unknown>>;
    return h(component, islandProps[index] ?? {});
  }

  function renderSlot(id: number): Children {
    if (!slotContent.has(id)) {
      slotContent.set(id, nodesToVNodes(slots.get(id) ?? templateNodes(id), renderIsland));
    }
    return slotContent.get(id);
  }

  // Holds what no island showed when the server rendered the page.
  function templateNodes(id: number): ChildNode[] {
    const template = document.getElementById(`frsh-slot-${id}`) as HTMLTemplateElement | null;
    if (template === null) return [];
    for (const [id, nodes] of readRanges(template.content).slots) slots.set(id, nodes);
    return [...template.content.childNodes];
  }
}
