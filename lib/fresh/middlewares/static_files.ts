import { ASSET_CACHE_BUST_KEY } from "../asset.ts";
import type { StaticFile } from "../build_cache.ts";
import { INTERNALS } from "../context.ts";
import type { Middleware } from "../middleware.ts";

/**
 * Creates a middleware that serves the files of the build, and of the `static/` folder as it was
 * when the build was made. Nothing else on the disk can be reached.
 *
 * Paths below `/_fresh/js/<build id>/` and those made by `asset()` may be cached for good, others
 * are revalidated by their weak ETag. Ranges are not served.
 */
export function staticFiles<State>(): Middleware<State> {
  return async (ctx) => {
    const { req, url, config } = ctx;
    const { build } = ctx[INTERNALS];
    const file = findFile(url.pathname.slice(config.basePath.length), build.staticFiles);
    if (file === undefined) {
      // Browsers ask for it on their own; an error page is of no use to them.
      return url.pathname === "/favicon.ico" ? new Response(null, { status: 404 }) : ctx.next();
    }
    if (req.method !== "GET" && req.method !== "HEAD") {
      return new Response("Method Not Allowed", { status: 405, headers: { Allow: "GET, HEAD" } });
    }

    const buildId = url.searchParams.get(ASSET_CACHE_BUST_KEY);
    if (buildId !== null && buildId !== build.buildId) {
      url.searchParams.delete(ASSET_CACHE_BUST_KEY);
      return new Response(null, { status: 307, headers: { location: url.pathname + url.search } });
    }

    const headers = new Headers({
      "Content-Type": file.contentType,
      "Accept-Ranges": "none",
      "Vary": "If-None-Match",
    });
    if (config.mode === "development") {
      headers.set("Cache-Control", "no-cache, no-store, max-age=0, must-revalidate");
    } else {
      const etag = `W/"${file.hash}"`;
      headers.set("ETag", etag);
      const isLocked = buildId !== null ||
        url.pathname.startsWith(`${config.basePath}/_fresh/js/${build.buildId}/`);
      headers.set(
        "Cache-Control",
        isLocked
          ? "public, max-age=31536000, immutable"
          : "no-cache, no-store, max-age=0, must-revalidate",
      );
      if (matchesEtag(req.headers.get("If-None-Match"), etag)) {
        return new Response(null, { status: 304, headers });
      }
    }

    headers.set("Content-Length", String(file.size));
    return new Response(req.method === "HEAD" ? null : await file.read(), { headers });
  };
}

function findFile(
  pathname: string,
  files: ReadonlyMap<string, StaticFile>,
): StaticFile | undefined {
  try {
    return files.get(encodePathname(decodeURIComponent(pathname)));
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}

/** Encodes a path the way that the names of static files are. */
export function encodePathname(path: string): string {
  return "/" + path.split("/").filter(Boolean).map(encodeURIComponent).join("/");
}

function matchesEtag(ifNoneMatch: string | null, etag: string): boolean {
  const opaque = etag.slice("W/".length);
  return (ifNoneMatch ?? "").split(",").some((given) => {
    const candidate = given.trim();
    return candidate === "*" || candidate.replace(/^W\//, "") === opaque;
  });
}
