/**
 * What the files that a build generates import as `fresh/internal`.
 *
 * @module
 */
export { setBuildCache } from "./app.ts";
export { ProdBuildCache } from "./build_cache.ts";
