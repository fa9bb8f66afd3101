import {
  assertEquals,
  assertMatch,
  assertRejects,
  assertStrictEquals,
  assertStringIncludes,
} from "@std/assert";
import { App, HttpError, type Middleware, page } from "fresh";
import { h } from "preact";

function fetcher<State>(app: App<State>) {
  const handler = app.handler();
  return (path: string, method = "GET") =>
    handler(new Request(`http://fresh.test${path}`, { method }));
}

async function textOf(response: Response | Promise<Response>) {
  return await (await response).text();
}

const METHODS = ["get", "post", "put", "patch", "delete"] as const;

for (const method of METHODS) {
  Deno.test(`App.${method}() answers its own method only`, async () => {
    const fetch = fetcher(new App()[method]("/x", () => new Response("mine")));
    for (const other of METHODS) {
      const response = await fetch("/x", other.toUpperCase());
      assertEquals(response.status, method === other ? 200 : 405);
      await response.body?.cancel();
    }
  });
}

Deno.test("App.all() answers every method", async () => {
  const fetch = fetcher(new App().all("/x", (ctx) => ctx.text(ctx.req.method)));
  for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]) {
    assertEquals(await textOf(fetch("/x", method)), method);
  }
});

Deno.test("App.get() answers HEAD without a body", async () => {
  const fetch = fetcher(
    new App().get("/x", (ctx) => ctx.text("body", { headers: { "X-Y": "z" } })),
  );
  const response = await fetch("/x", "HEAD");
  assertEquals(response.status, 200);
  assertEquals(response.headers.get("X-Y"), "z");
  assertEquals(response.body, null);
});

Deno.test("App.head() goes before the GET handler", async () => {
  const app = new App()
    .head("/x", () => new Response(null, { status: 204 }))
    .get("/x", () => new Response("body"));
  assertEquals((await fetcher(app)("/x", "HEAD")).status, 204);
});

Deno.test("App.handler() answers a wrong method with 405 and Allow", async () => {
  const app = new App().get("/x", () => new Response()).post("/x", () => new Response());
  const response = await fetcher(app)("/x", "DELETE");
  assertEquals(response.status, 405);
  assertEquals(response.headers.get("Allow"), "GET, POST, HEAD, OPTIONS");
  assertEquals(await response.text(), "Method Not Allowed");
});

Deno.test("App.handler() sends a wrong method through middlewares and error pages", async () => {
  const app = new App<{ seen: boolean }>()
    .use((ctx) => {
      ctx.state.seen = true;
      return ctx.next();
    })
    .onError("*", (ctx) => {
      const { status } = ctx.error as HttpError;
      return new Response(`page for ${status}, seen: ${ctx.state.seen}`, { status });
    })
    .get("/x", () => new Response());
  const response = await fetcher(app)("/x", "POST");
  assertEquals(response.status, 405);
  assertEquals(response.headers.get("Allow"), "GET, HEAD, OPTIONS");
  assertEquals(await response.text(), "page for 405, seen: true");
});

Deno.test("App.handler() answers OPTIONS with 204 and Allow", async () => {
  const response = await fetcher(new App().put("/x/:id", () => new Response()))("/x/1", "OPTIONS");
  assertEquals(response.status, 204);
  assertEquals(response.headers.get("Allow"), "PUT, OPTIONS");
});

Deno.test("App.handler() answers an unknown path with 404", async () => {
  const response = await fetcher(new App().get("/x", () => new Response()))("/y");
  assertEquals(response.status, 404);
  assertEquals(await response.text(), "Not Found");
});

Deno.test("App.handler() matches fixed paths with and without a slash at the end", async () => {
  const fetch = fetcher(
    new App().get("/plain", (ctx) => ctx.text("plain")).get("/slash/", (ctx) => ctx.text("slash")),
  );
  for (const path of ["/plain", "/plain/"]) assertEquals(await textOf(fetch(path)), "plain");
  for (const path of ["/slash", "/slash/"]) assertEquals(await textOf(fetch(path)), "slash");
});

Deno.test("App.handler() matches patterns after fixed paths, in order, and decodes params", async () => {
  const fetch = fetcher(
    new App()
      .get("/:any", (ctx) => ctx.json(ctx.params))
      .get("/:never", (ctx) => ctx.text("never"))
      .get("/fixed", (ctx) => ctx.text("fixed")),
  );
  assertEquals(await textOf(fetch("/fixed")), "fixed");
  assertEquals(await textOf(fetch("/h%C3%A9")), `{"any":"hé"}`);
  assertEquals(await textOf(fetch("/a%2Fb")), `{"any":"a%2Fb"}`);
  assertEquals(await textOf(fetch("/%E0%A4%A")), `{"any":"%E0%A4%A"}`);
});

Deno.test("App.handler() collapses slashes in ctx.url", async () => {
  const fetch = fetcher(new App().get("/a/b", (ctx) => ctx.text(ctx.url.pathname)));
  assertEquals(await textOf(fetch("//a///b")), "/a/b");
});

Deno.test("App.use() holds for what is registered after it", async () => {
  const tag = (name: string): Middleware<{ seen?: string }> => (ctx) => {
    ctx.state.seen = (ctx.state.seen ?? "") + name;
    return ctx.next();
  };
  const fetch = fetcher(
    new App<{ seen?: string }>()
      .use(tag("a"), tag("b"))
      .get("/early", (ctx) => ctx.text(ctx.state.seen ?? ""))
      .use(tag("c"))
      .use("/deep", tag("d"))
      .get("/late", (ctx) => ctx.text(ctx.state.seen ?? ""))
      .get("/deep/er", (ctx) => ctx.text(ctx.state.seen ?? "")),
  );
  assertEquals(await textOf(fetch("/early")), "ab");
  assertEquals(await textOf(fetch("/late")), "abc");
  assertEquals(await textOf(fetch("/deep/er")), "abcd");
});

Deno.test("App.use() runs for unknown paths, too", async () => {
  const app = new App().get("/x", () => new Response()).use(() => new Response("caught"));
  assertEquals(await textOf(fetcher(app)("/unknown")), "caught");
});

Deno.test("App.use() lets a middleware change the response", async () => {
  const app = new App()
    .use(async (ctx) => {
      const response = await ctx.next();
      response.headers.set("X-After", "yes");
      return response;
    })
    .get("/x", () => new Response("x"));
  assertEquals((await fetcher(app)("/x")).headers.get("X-After"), "yes");
});

Deno.test("Context.next() goes on from the same place for each request at once", async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const app = new App()
    .use(async (ctx) => {
      if (ctx.url.pathname === "/slow/1") await promise;
      return ctx.next();
    })
    .get("/slow/:id", (ctx) => ctx.text(ctx.params.id ?? ""));
  const fetch = fetcher(app);
  const first = fetch("/slow/1");
  assertEquals(await textOf(fetch("/slow/2")), "2");
  resolve();
  assertEquals(await textOf(first), "1");
});

Deno.test("App.onError() takes the nearest error page", async () => {
  const app = new App()
    .onError("*", () => new Response("outer", { status: 500 }))
    .onError("/in", (ctx) => new Response(`inner ${ctx.error}`, { status: 500 }))
    .get("/out", () => {
      throw new Error("x");
    })
    .get("/in/side", () => {
      throw new Error("y");
    });
  assertEquals(await textOf(fetcher(app)("/out")), "outer");
  assertEquals(await textOf(fetcher(app)("/in/side")), "inner Error: y");
});

Deno.test("App.onError() renders a component with the status of the error", async () => {
  const app = new App()
    .onError("*", { component: ({ error }) => h("p", null, (error as Error).message) })
    .get("/x", () => {
      throw new HttpError(418, "short and stout");
    });
  const response = await fetcher(app)("/x");
  assertEquals(response.status, 418);
  assertStringIncludes(await response.text(), "<p>short and stout</p>");
});

Deno.test("App.notFound() answers every 404, thrown or not", async () => {
  const app = new App()
    .onError("*", () => new Response("error page"))
    .notFound((ctx) => new Response(`no ${ctx.url.pathname}`, { status: 404 }))
    .get("/thrown", () => {
      throw new HttpError(404);
    });
  assertEquals(await textOf(fetcher(app)("/thrown")), "no /thrown");
  assertEquals(await textOf(fetcher(app)("/unknown")), "no /unknown");
});

Deno.test("App.notFound() renders a component with status 404", async () => {
  const app = new App().notFound({ component: () => h("p", null, "Nothing") });
  const response = await fetcher(app)("/unknown");
  assertEquals(response.status, 404);
  assertStringIncludes(await response.text(), "<p>Nothing</p>");
});

Deno.test("App.handler() keeps the message of unexpected errors to itself", async () => {
  const logged: unknown[] = [];
  const { error } = console;
  console.error = (...args: unknown[]) => logged.push(...args);
  try {
    const response = await fetcher(
      new App().get("/x", () => {
        throw new Error("password");
      }),
    )("/x");
    assertEquals(response.status, 500);
    assertEquals(await response.text(), "Internal server error");
    assertMatch(String(logged[0]), /password/);
  } finally {
    console.error = error;
  }
});

Deno.test("App.basePath prefixes every route", async () => {
  const app = new App({ basePath: "/base" })
    .get("/", (ctx) => ctx.text("root"))
    .get("/x", (ctx) => ctx.text("x"));
  const fetch = fetcher(app);
  assertEquals(app.config.basePath, "/base");
  assertEquals(await textOf(fetch("/base")), "root");
  assertEquals(await textOf(fetch("/base/x")), "x");
  assertEquals(await textOf(fetch("/x")), "Not Found");
});

Deno.test("App.route() renders a page inside layouts and the app wrapper", async () => {
  const app = new App()
    .appWrapper(({ Component }) => h("body", null, h(Component, null)))
    .layout("*", ({ Component }) => h("main", null, h(Component, null)))
    .layout("/in", ({ Component }) => h("div", null, h(Component, null)))
    .route("/in/side", {
      handler: { GET: () => page("data", { status: 201, headers: { "X-Y": "z" } }) },
      component: ({ data }) => h("p", null, data),
    })
    .route("/in/bare", { component: () => h("p", null, "bare") }, {
      skipInheritedLayouts: true,
      skipAppWrapper: true,
    });
  const response = await fetcher(app)("/in/side");
  assertEquals(response.status, 201);
  assertEquals(response.headers.get("X-Y"), "z");
  assertEquals(response.headers.get("Content-Type"), "text/html; charset=utf-8");
  assertStringIncludes(
    await response.text(),
    "<body><main><div><p>data</p></div></main></body>",
  );
  assertStringIncludes(await textOf(fetcher(app)("/in/bare")), "<body><p>bare</p></body>");
});

Deno.test("App.route() lets an asynchronous component answer with a response", async () => {
  const app = new App().route("/x", {
    // deno-lint-ignore require-await
    component: async () => new Response("instead", { status: 202 }),
  });
  assertEquals((await fetcher(app)("/x")).status, 202);
});

Deno.test("App.appWrapper() takes an asynchronous component", async () => {
  const app = new App()
    .appWrapper(async ({ Component }) => {
      await Promise.resolve();
      return h("body", { class: "async" }, h(Component, null));
    })
    .route("/x", { component: () => h("p", null, "page") });
  assertStringIncludes(
    await textOf(fetcher(app)("/x")),
    `<body class="async"><p>page</p></body>`,
  );
});

Deno.test("Context.render() completes the document", async () => {
  const app = new App().get("/x", (ctx) => ctx.render(h("p", null, "a < b"), { status: 203 }));
  const response = await fetcher(app)("/x");
  assertEquals(response.status, 203);
  assertEquals(
    await response.text(),
    `<!DOCTYPE html><html><head><meta charset="utf-8"/></head><body><p>a &lt; b</p></body></html>`,
  );
});

Deno.test("Context.render() leaves JSX in constants as it is", async () => {
  const picture = h("img", { src: "/a.png" });
  const body = h("body", null, [picture, h("script", null, "1")]);
  const { props } = body;
  const fetch = fetcher(new App().get("/x", (ctx) => ctx.render(body)));
  const withoutNonce = async () => (await textOf(fetch("/x"))).replace(/nonce="\w+"/, "nonce");
  assertEquals(await withoutNonce(), await withoutNonce());
  assertStrictEquals(body.props, props);
});

Deno.test("App.onError() renders inside of what its own path inherits", async () => {
  const app = new App()
    .appWrapper(({ Component }) => h("body", { class: "app" }, h(Component, null)))
    .onError("*", { component: () => h("p", null, "error") })
    .layout("/in", ({ Component }) => h("div", { class: "layout" }, h(Component, null)))
    .route("/in/side", {
      config: { skipAppWrapper: true },
      handler: () => {
        throw new Error("x");
      },
    });
  assertStringIncludes(
    await textOf(fetcher(app)("/in/side")),
    `<body class="app"><p>error</p></body>`,
  );
});

Deno.test("Context.redirect() never leaves the origin for a path", async () => {
  const cases: [string, string][] = [
    ["/", "/"],
    ["/a/b?next=//c", "/a/b?next=//c"],
    ["//evil.test/", "/evil.test/"],
    ["/\\evil.test", "/evil.test"],
    ["\\\\evil.test", "/evil.test"],
    ["/\t/evil.test", "/evil.test"],
    ["/a//b#//c", "/a/b#//c"],
    ["https://other.test/x//y", "https://other.test/x//y"],
  ];
  for (const [given, location] of cases) {
    const app = new App().get("/x", (ctx) => ctx.redirect(given));
    const response = await fetcher(app)("/x");
    assertEquals(response.status, 302);
    assertEquals(response.headers.get("Location"), location, given);
  }
  const app = new App().get("/x", (ctx) => ctx.redirect("/y", 308));
  assertEquals((await fetcher(app)("/x")).status, 308);
});

Deno.test("Context.html() and Context.json() set the content type", async () => {
  const app = new App()
    .get("/html", (ctx) => ctx.html("<p>"))
    .get("/json", (ctx) => ctx.json({ a: 1 }, { status: 202 }));
  const html = await fetcher(app)("/html");
  assertEquals(html.headers.get("Content-Type"), "text/html; charset=utf-8");
  assertEquals(await html.text(), "<p>");
  const json = await fetcher(app)("/json");
  assertEquals(json.status, 202);
  assertEquals(await json.json(), { a: 1 });
});

Deno.test("App.listen() serves on the given port until its signal aborts", async () => {
  const controller = new AbortController();
  const { promise, resolve } = Promise.withResolvers<Deno.NetAddr>();
  await new App().get("/x", (ctx) => ctx.text(ctx.info.remoteAddr.transport)).listen({
    port: 0,
    hostname: "127.0.0.1",
    signal: controller.signal,
    onListen: resolve,
  });
  const { port } = await promise;
  const response = await fetch(`http://127.0.0.1:${port}/x`, { headers: { connection: "close" } });
  assertEquals(await response.text(), "tcp");
  controller.abort();
  await assertRejects(async () => {
    const response = await fetch(`http://127.0.0.1:${port}/x`);
    await response.body?.cancel();
  });
});

Deno.test("App.listen() rejects a port that is taken", async () => {
  using taken = Deno.listen({ port: 0, hostname: "127.0.0.1" });
  const { port } = taken.addr;
  await assertRejects(
    () => new App().listen({ port, hostname: "127.0.0.1" }),
    Deno.errors.AddrInUse,
  );
});
