/**
 * What code that runs on both sides may import as `fresh/runtime`.
 *
 * @module
 */
export { asset, assetSrcSet } from "./asset.ts";
export { HttpError } from "./error.ts";
export { Head, type HeadProps } from "./head.ts";

/** Tells whether this code runs in a browser. */
export const IS_BROWSER: boolean = typeof document !== "undefined";
