import { assertEquals, assertMatch, assertStringIncludes, assertThrows } from "@std/assert";
import { App, type Context } from "fresh";
import { setBuildCache } from "fresh/internal";
import { h } from "preact";
import { compareRouteIds, fileRouteSteps } from "../../lib/fresh/file_routes.ts";
import { pathToPattern } from "../../lib/fresh/path_pattern.ts";
import { buildFixture } from "./build_fixture.ts";

Deno.test("pathToPattern() maps file names to patterns", () => {
  const cases: [string, string][] = [
    ["/index", "/"],
    ["/about", "/about"],
    ["/r/[name]", "/r/:name"],
    ["/r/[name]/index", "/r/:name"],
    ["/r/[a]-[b]", "/r/:a-:b"],
    ["/docs/[...path]", "/docs/:path*"],
    ["/(group)/about", "/about"],
    ["/(group)/index", "/"],
    ["/a/[[lang]]/b", "/a{/:lang}?/b"],
    ["/[[lang]]/index", "/{:lang}?"],
  ];
  for (const [path, pattern] of cases) assertEquals(pathToPattern(path), pattern);
  assertEquals(pathToPattern("/(group)/a", { keepGroups: true }), "/(group)/a");
  assertThrows(() => pathToPattern("/[a][b]"), SyntaxError, "[a][b]");
});

Deno.test("compareRouteIds() puts what applies first in front", () => {
  const ordered = [
    "/_app",
    "/_middleware",
    "/_layout",
    "/_error",
    "/index",
    "/about",
    "/blog/_middleware",
    "/blog/_layout",
    "/blog/(group)/_layout",
    "/blog/index",
    "/blog/(group)/new",
    "/blog/[id]",
    "/blog/[id]/edit",
    "/blog/[...rest]",
    "/[page]",
    "/[...rest]",
  ];
  assertEquals(ordered.toReversed().sort(compareRouteIds), ordered);
});

Deno.test("fileRouteSteps() names a file that exports nothing of use", () => {
  const run = (id: string, module: Record<string, unknown>) => () =>
    fileRouteSteps([{ id, module }]);
  assertThrows(run("/x", { other: 1 }), TypeError, `Cannot use route file "/x"`);
  assertThrows(run("/_layout", { config: {} }), TypeError, `Cannot use route file "/_layout"`);
  assertThrows(run("/_middleware", {}), TypeError, `Cannot use middleware file "/_middleware"`);
});

function fetcher(app: App<unknown>, routes: Record<string, Record<string, unknown>>) {
  setBuildCache(app, {
    buildId: "b1",
    clientEntry: "",
    islands: new Map(),
    staticFiles: new Map(),
    routes: Object.entries(routes).map(([id, module]) => ({ id, module })),
  }, "production");
  const handler = app.handler();
  return async (path: string) => {
    const response = await handler(new Request(`http://fresh.test${path}`));
    return `${response.status} ${await response.text()}`;
  };
}

Deno.test("App.fsRoutes() inserts the routes where it is called", async () => {
  const app = new App()
    .get("/in/taken", (ctx) => ctx.text("first"))
    .fsRoutes("/in")
    .get("/in/late", (ctx) => ctx.text("last"));
  const get = fetcher(app, {
    "/taken": { handler: () => new Response("file") },
    "/late": { handler: () => new Response("file") },
  });
  assertEquals(await get("/in/taken"), "200 first");
  assertEquals(await get("/in/late"), "200 file");
  assertEquals((await get("/late")).slice(0, 3), "404");
});

Deno.test("App.fsRoutes() runs all middlewares of a file, in order", async () => {
  const tag = (name: string) => (ctx: Context<{ seen?: string }>) => {
    ctx.state.seen = (ctx.state.seen ?? "") + name;
    return ctx.next();
  };
  const get = fetcher(new App().fsRoutes(), {
    "/_middleware": { default: [tag("a"), tag("b")] },
    "/(group)/_middleware": { handler: tag("c") },
    "/(group)/in": { handler: (ctx: Context<{ seen: string }>) => ctx.text(ctx.state.seen) },
    "/out": { handler: (ctx: Context<{ seen: string }>) => ctx.text(ctx.state.seen) },
  });
  assertEquals(await get("/in"), "200 abc");
  assertEquals(await get("/out"), "200 ab");
});

Deno.test("App.fsRoutes() shows _404 for unknown paths, _error for the rest", async () => {
  const get = fetcher(new App().fsRoutes(), {
    "/_error": { handler: () => new Response("error", { status: 500 }) },
    "/_404": { default: () => h("p", null, "nothing") },
    "/throws": {
      handler: () => {
        throw new Error("x");
      },
    },
  });
  assertMatch(await get("/unknown"), /^404 .*<p>nothing<\/p>/);
  assertEquals(await get("/throws"), "500 error");
});

Deno.test("App.fsRoutes() lets the nearest _error answer", async () => {
  const fail = () => {
    throw new Error("x");
  };
  const get = fetcher(new App().fsRoutes(), {
    "/_error": { handler: () => new Response("outer", { status: 500 }) },
    "/in/_error": { handler: () => new Response("inner", { status: 500 }) },
    "/in/side": { handler: fail },
    "/out": { handler: fail },
  });
  assertEquals(await get("/in/side"), "500 inner");
  assertEquals(await get("/out"), "500 outer");
});

Deno.test("App.fsRoutes() follows the conventions for files", async (t) => {
  const { fetch } = await buildFixture();
  const get = async (path: string, init?: RequestInit) => {
    const response = await fetch(path, init);
    return { status: response.status, headers: response.headers, body: await response.text() };
  };

  await t.step("a page is rendered inside of _app, with its state", async () => {
    const { status, body } = await get("/items/special");
    assertEquals(status, 200);
    assertStringIncludes(body, `<html lang="en"><head>`);
    assertStringIncludes(body, "<title>Fixture</title>");
    assertStringIncludes(body, "<h1>Special item</h1>");
  });

  await t.step("_middleware and _layout hold for their folder", async () => {
    const { headers, body } = await get("/nested");
    assertEquals(headers.get("X-Nested"), "yes");
    assertStringIncludes(body, "<title>Nested</title>");
    assertStringIncludes(
      body,
      `<section class="outer"><p>/nested</p><h1>Nested page</h1></section>`,
    );
    assertEquals((await get("/")).headers.get("X-Nested"), null);
  });

  await t.step("config skips layouts and the app wrapper", async () => {
    const { headers, body } = await get("/nested/bare");
    assertEquals(headers.get("X-Nested"), "yes");
    assertStringIncludes(body, "<body><h1>Bare page</h1></body>");
  });

  await t.step("a handler passes data, status and headers to its page", async () => {
    const { status, headers, body } = await get("/items/7");
    assertEquals(status, 203);
    assertEquals(headers.get("X-Item"), "yes");
    assertStringIncludes(body, "<h1>Item 7</h1>");
  });

  await t.step("a handler answers other methods on its own", async () => {
    assertEquals((await get("/items/7", { method: "POST" })).body, `{"posted":"7"}`);
    const head = await get("/items/7", { method: "HEAD" });
    assertEquals([head.status, head.body], [203, ""]);
  });

  await t.step("a wrong method is answered by the error page, with Allow", async () => {
    const withHandler = await get("/items/7", { method: "DELETE" });
    assertEquals(withHandler.status, 405);
    assertEquals(withHandler.headers.get("Allow"), "GET, POST, HEAD, OPTIONS");
    assertStringIncludes(withHandler.body, "<h1>Status 405</h1>");
    const pageOnly = await get("/items/special", { method: "POST" });
    assertEquals(pageOnly.status, 405);
    assertEquals(pageOnly.headers.get("Allow"), "GET, HEAD, OPTIONS");
  });

  await t.step("[...rest] takes what is left", async () => {
    assertStringIncludes((await get("/items/a/b")).body, "<h1>Rest a/b</h1>");
  });

  await t.step("routeOverride replaces the path of the file", async () => {
    assertEquals((await get("/override")).body, "at /override");
    assertEquals((await get("/override/")).body, "at /override/");
    assertEquals((await get("/api/override")).status, 404);
  });

  await t.step("_error shows errors and unknown paths, with their status", async () => {
    const unknown = await get("/unknown");
    assertEquals(unknown.status, 404);
    assertStringIncludes(unknown.body, "<h1>Status 404</h1>");
    const gone = await get("/items/gone");
    assertEquals(gone.status, 410);
    assertStringIncludes(gone.body, "<h1>Status 410</h1>");
    const broken = await get("/boom");
    assertEquals(broken.status, 500);
    assertStringIncludes(broken.body, "<h1>Broken</h1>");
    assertEquals(broken.body.includes("boom"), false);
  });

  await t.step("Head takes the place of the app wrapper's elements", async () => {
    const { body } = await get("/");
    const head = body.slice(body.indexOf("<head>"), body.indexOf("</head>"));
    assertEquals(head.match(/<title>.*?<\/title>/g), ["<title>Start</title>"]);
    assertStringIncludes(head, `<meta name="description" content="from the page"/>`);
    assertEquals(head.includes("from the app"), false);
    assertStringIncludes(body, "<svg><title>Picture</title></svg>");
  });
});
