import { type ComponentChildren, Fragment, h } from "preact";
import { jsxTemplate } from "preact/jsx-runtime";
import { renderToString } from "preact-render-to-string";
import type { BuildCache } from "../build_cache.ts";
import { RenderState } from "./render_state.ts";
import { withHooks } from "./hooks.ts";
import type { Children } from "../types.ts";
import type { PageTree } from "./tree.ts";

/** Holds what a document is rendered with. */
export interface DocumentOptions {
  /** The build that islands come from. */
  build: BuildCache;
  /** Marks inline scripts and styles as ours. */
  nonce: string;
  /** Path prefix of the app. */
  basePath: string;
}

/** Holds a rendered document and the URL paths of the scripts it needs at once. */
export interface RenderedDocument {
  /** The document, with its doctype. */
  html: string;
  /** Scripts that the browser should start to load before it has seen the end of the page. */
  preload: string[];
}

/**
 * Renders a page to a complete document. What the app wrapper leaves out of `<html>`, `<head>` and
 * `<body>` is added around it.
 */
export function renderDocument(tree: PageTree, options: DocumentOptions): RenderedDocument {
  const state = new RenderState(options);
  const html = withHooks(state, () => {
    // The page goes first, so that its islands and head elements are known when the app wrapper
    // renders the end of `<body>` and `<head>`.
    let html = toString(tree.page);
    if (tree.wrap !== null) {
      const page = html;
      html = toString(tree.wrap(() => jsxTemplate([page])));
    }
    if (!state.seen.has("body")) html = toString(h("body", null, jsxTemplate([html])));
    if (!state.seen.has("head")) {
      html = toString(h("head", null, h("meta", { charset: "utf-8" }))) + html;
    }
    return state.seen.has("html") ? html : `<html>${html}</html>`;
  });
  return { html: `<!DOCTYPE html>${html}`, preload: state.scripts() };
}

function toString(children: Children): string {
  return renderToString(h(Fragment, null, children as ComponentChildren));
}
