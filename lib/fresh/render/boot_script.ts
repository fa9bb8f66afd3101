import { type ComponentChildren, Fragment, h } from "preact";
import type { Children } from "../types.ts";
import { Slot } from "./islands.ts";
import { serializeProps } from "./props.ts";
import type { RenderState } from "./render_state.ts";

/**
 * Renders what belongs at the end of `<body>`: slots that no island shows yet, and the script that
 * hydrates the islands. A page without islands gets neither.
 */
export function BodyEnd({ state }: { state: RenderState }): Children {
  const hidden = state.slots.flatMap((slot, id) => {
    if (slot.rendered) return [];
    slot.rendered = true;
    return h("template", { id: `frsh-slot-${id}` }, slot.children as ComponentChildren);
  });
  if (hidden.length === 0) return h(BootScript, { state });
  // Rendering the templates may find further islands and slots, so the end comes once more.
  return h(Fragment, null, ...hidden, h(BodyEnd, { state }));
}

function BootScript({ state }: { state: RenderState }): Children {
  const { build, islands } = state;
  const lines: string[] = [];
  if (build.devEntry !== undefined) lines.push(`import ${literal(state.url(build.devEntry))};`);
  if (islands.size > 0) {
    lines.push(`import { boot } from ${literal(state.url(build.clientEntry))};`);
    for (const { name, exportName, file } of islands) {
      lines.push(`import { ${exportName} as ${name} } from ${literal(state.url(file))};`);
    }
    const names = Array.from(islands, ({ name }) => name);
    const props = literal(serializeProps(state.islandProps, Slot));
    lines.push(`boot({ ${names.join(", ")} }, ${props});`);
  }
  if (lines.length === 0) return null;
  const html = lines.join("\n");
  return h("script", { type: "module", dangerouslySetInnerHTML: { __html: html } });
}

// Without "<", a string can neither end the script element nor open a comment in it.
function literal(text: string): string {
  return JSON.stringify(text).replaceAll("<", "\\u003c");
}
