import { getBuildId } from "./build_id.ts";

/** Names the query parameter that ties a URL to one build. */
export const ASSET_CACHE_BUST_KEY = "__frsh_c";

/**
 * Ties the path of a static file to the current build, so that browsers may keep it for good. URLs
 * of other origins, and paths that are already tied, come back unchanged.
 */
export function asset(path: string): string {
  const buildId = getBuildId();
  if (buildId === "" || !path.startsWith("/") || path.startsWith("//")) return path;
  const url = new URL(path, "https://asset.invalid");
  if (url.host !== "asset.invalid" || url.searchParams.has(ASSET_CACHE_BUST_KEY)) return path;
  url.searchParams.set(ASSET_CACHE_BUST_KEY, buildId);
  return url.pathname + url.search + url.hash;
}

/** Applies {@linkcode asset} to each URL of a `srcset` attribute. */
export function assetSrcSet(srcset: string): string {
  return srcset.replaceAll(/(^|,)(\s*)([^\s,]+)/g, (_, comma, space, path) => {
    return comma + space + asset(path);
  });
}
