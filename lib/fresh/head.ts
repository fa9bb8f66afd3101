import type { Children } from "./types.ts";

/** Holds the elements of a {@linkcode Head}. */
export interface HeadProps {
  /** Such as `<title>` and `<meta>`. */
  children?: Children;
}

/**
 * Moves its children to the `<head>` of the document while the server renders; a title, or a meta
 * element of the same name, takes the place of the app wrapper's. Does nothing in the browser.
 */
export function Head(_props: HeadProps): Children {
  return null;
}
