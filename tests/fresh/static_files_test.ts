import { assertEquals, assertMatch } from "@std/assert";
import { App, staticFiles } from "fresh";
import { setBuildCache } from "fresh/internal";
import { asset, assetSrcSet } from "fresh/runtime";
import type { BuildCache, StaticFile } from "../../lib/fresh/build_cache.ts";

function file(content: string, contentType = "text/plain"): StaticFile {
  const bytes = new Uint8Array(new TextEncoder().encode(content));
  return {
    hash: `hash-of-${content}`,
    contentType,
    size: bytes.length,
    read: async () => await bytes,
  };
}

const BUILD: BuildCache = {
  buildId: "b1",
  clientEntry: "",
  islands: new Map(),
  staticFiles: new Map([
    ["/styles.css", file("css", "text/css; charset=UTF-8")],
    ["/with%20space%2C%20comma.txt", file("spaced")],
    ["/_fresh/js/b1/app.js", file("js", "text/javascript")],
  ]),
  routes: [],
};

function fetcher({ mode = "production", basePath = "" }: {
  mode?: "production" | "development";
  basePath?: string;
} = {}) {
  const app = new App({ basePath }).use(staticFiles()).get("/page", (ctx) => ctx.text("page"));
  setBuildCache(app, BUILD, mode);
  const handler = app.handler();
  return (path: string, init?: RequestInit) =>
    handler(new Request(`http://fresh.test${path}`, init));
}

async function drain(response: Response): Promise<Response> {
  await response.body?.cancel();
  return response;
}

const REVALIDATED = "no-cache, no-store, max-age=0, must-revalidate";
const IMMUTABLE = "public, max-age=31536000, immutable";

Deno.test("staticFiles() serves a file with its type, size and weak ETag", async () => {
  const response = await fetcher()("/styles.css");
  assertEquals(response.status, 200);
  assertEquals(await response.text(), "css");
  assertEquals(response.headers.get("Content-Type"), "text/css; charset=UTF-8");
  assertEquals(response.headers.get("Content-Length"), "3");
  assertEquals(response.headers.get("ETag"), `W/"hash-of-css"`);
  assertEquals(response.headers.get("Cache-Control"), REVALIDATED);
});

Deno.test("staticFiles() leaves other paths to routes", async () => {
  assertEquals(await (await fetcher()("/page")).text(), "page");
  assertEquals((await drain(await fetcher()("/unknown.css"))).status, 404);
});

Deno.test("staticFiles() answers 304 when the client has the file", async () => {
  const fetch = fetcher();
  for (const tag of [`W/"hash-of-css"`, `"hash-of-css"`, `"x", W/"hash-of-css"`, "*"]) {
    const response = await fetch("/styles.css", { headers: { "If-None-Match": tag } });
    assertEquals(response.status, 304, tag);
    assertEquals(response.body, null);
    assertEquals(response.headers.get("ETag"), `W/"hash-of-css"`);
  }
  const stale = await fetch("/styles.css", { headers: { "If-None-Match": `W/"old"` } });
  assertEquals((await drain(stale)).status, 200);
});

Deno.test("staticFiles() answers HEAD without reading the file", async () => {
  const response = await fetcher()("/styles.css", { method: "HEAD" });
  assertEquals(response.status, 200);
  assertEquals(response.headers.get("Content-Length"), "3");
  assertEquals(response.body, null);
});

Deno.test("staticFiles() answers other methods with 405", async () => {
  for (const method of ["POST", "PUT", "DELETE"]) {
    const response = await drain(await fetcher()("/styles.css", { method }));
    assertEquals(response.status, 405);
    assertEquals(response.headers.get("Allow"), "GET, HEAD");
  }
});

Deno.test("staticFiles() says that it serves no ranges, and serves the whole file", async () => {
  const response = await fetcher()("/styles.css", { headers: { Range: "bytes=0-0" } });
  assertEquals(response.status, 200);
  assertEquals(response.headers.get("Accept-Ranges"), "none");
  assertEquals(await response.text(), "css");
});

Deno.test("staticFiles() lets browsers keep what belongs to the build", async () => {
  const fetch = fetcher();
  const script = await drain(await fetch("/_fresh/js/b1/app.js"));
  assertEquals(script.headers.get("Cache-Control"), IMMUTABLE);
  const locked = await drain(await fetch(asset("/styles.css")));
  assertEquals(locked.headers.get("Cache-Control"), IMMUTABLE);
});

Deno.test("staticFiles() redirects a URL of another build to the file as it is now", async () => {
  const response = await fetcher()("/styles.css?__frsh_c=old&x=1");
  assertEquals(response.status, 307);
  assertEquals(response.headers.get("Location"), "/styles.css?x=1");
});

Deno.test("staticFiles() has nothing kept in development", async () => {
  const response = await drain(
    await fetcher({ mode: "development" })(asset("/styles.css"), {
      headers: { "If-None-Match": `W/"hash-of-css"` },
    }),
  );
  assertEquals(response.status, 200);
  assertEquals(response.headers.get("ETag"), null);
  assertEquals(response.headers.get("Cache-Control"), REVALIDATED);
});

Deno.test("staticFiles() finds encoded names, however they are encoded", async () => {
  const fetch = fetcher();
  for (const path of ["/with%20space%2C%20comma.txt", "/with%20space,%20comma.txt"]) {
    assertEquals(await (await fetch(path)).text(), "spaced");
  }
});

Deno.test("staticFiles() does not let a path escape", async () => {
  const fetch = fetcher();
  const paths = [
    "/../deno.json",
    "/..%2fdeno.json",
    "/%2e%2e/deno.json",
    "/%2e%2e%2f%2e%2e%2fetc/passwd",
    "/styles.css/..%2f..%2fdeno.json",
    "/..%5cdeno.json",
    "/%00",
    "/%E0%A4%A",
    "//etc/passwd",
  ];
  for (const path of paths) assertEquals((await drain(await fetch(path))).status, 404, path);
});

Deno.test("staticFiles() answers a missing favicon without an error page", async () => {
  const response = await fetcher()("/favicon.ico");
  assertEquals([response.status, response.body], [404, null]);
});

Deno.test("staticFiles() serves below the base path", async () => {
  const fetch = fetcher({ basePath: "/base" });
  assertEquals(await (await fetch("/base/styles.css")).text(), "css");
});

Deno.test("asset() ties paths of this origin to the build", () => {
  fetcher();
  assertEquals(asset("/a.css?x=1#y"), "/a.css?x=1&__frsh_c=b1#y");
  for (const path of ["a.css", "//other.test/a.css", "https://other.test/a.css"]) {
    assertEquals(asset(path), path);
  }
  assertEquals(asset(asset("/a.css")), asset("/a.css"));
  assertMatch(
    assetSrcSet("/a.png 1x, /b.png 2x"),
    /^\/a\.png\?__frsh_c=b1 1x, \/b\.png\?__frsh_c=b1 2x$/,
  );
});
