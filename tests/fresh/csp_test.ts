import { assertEquals, assertMatch, assertNotEquals } from "@std/assert";
import { App, csp, type CSPOptions } from "fresh";
import { h } from "preact";

async function respond(options: CSPOptions, path = "/page") {
  const app = new App()
    .use(csp(options))
    .get("/page", (ctx) =>
      ctx.render(h("main", null, [
        h("style", null, "p {}"),
        h("script", null, "1"),
        h("script", { nonce: "own" }, "2"),
      ])))
    .get("/data", (ctx) => ctx.json({}));
  const response = await app.handler()(new Request(`http://fresh.test${path}`));
  const policy = response.headers.get("Content-Security-Policy") ?? "";
  return {
    response,
    body: await response.text(),
    directives: new Map(
      policy.split("; ").map((directive) => {
        const [name = "", ...values] = directive.split(" ");
        return [name, values.join(" ")];
      }),
    ),
  };
}

Deno.test("csp() sends a policy for this origin only", async () => {
  const { directives } = await respond({});
  assertEquals(directives.get("default-src"), "'self'");
  assertEquals(directives.get("script-src"), "'self' 'unsafe-inline'");
  assertEquals(directives.get("object-src"), "'none'");
  assertEquals(directives.get("frame-ancestors"), "'none'");
});

Deno.test("csp() puts given directives in the place of its own", async () => {
  const { directives } = await respond({ csp: ["img-src *", "sandbox allow-scripts"] });
  assertEquals(directives.get("img-src"), "*");
  assertEquals(directives.get("sandbox"), "allow-scripts");
});

Deno.test("csp() allows inline scripts and styles by nonce", async () => {
  const { directives, body } = await respond({ useNonce: true });
  const [, nonce] = /<style nonce="(\w+)">/.exec(body) ?? [];
  assertMatch(nonce ?? "", /^[0-9a-f]{32}$/);
  assertEquals(directives.get("script-src"), `'self' 'nonce-${nonce}'`);
  assertEquals(directives.get("style-src"), `'self' 'nonce-${nonce}'`);
  assertMatch(body, new RegExp(`<script nonce="${nonce}">1</script>`));
  assertMatch(body, /<script nonce="own">2<\/script>/);
});

Deno.test("csp() takes a new nonce for each response", async () => {
  const [one, two] = [await respond({ useNonce: true }), await respond({ useNonce: true })];
  assertNotEquals(one.directives.get("script-src"), two.directives.get("script-src"));
});

Deno.test("csp() keeps nonces out of directives that know none", async () => {
  const { directives } = await respond({
    useNonce: true,
    csp: ["script-src-attr 'unsafe-inline'"],
  });
  assertEquals(directives.get("script-src-attr"), "'unsafe-inline'");
});

Deno.test("csp() has no nonce to send for what is not rendered", async () => {
  const { directives } = await respond({ useNonce: true }, "/data");
  assertEquals(directives.get("script-src"), "'self' 'unsafe-inline'");
});

Deno.test("csp() reports without enforcing", async () => {
  const { response } = await respond({ reportOnly: true, reportTo: "/reports" });
  assertEquals(response.headers.get("Content-Security-Policy"), null);
  assertMatch(
    response.headers.get("Content-Security-Policy-Report-Only") ?? "",
    /; report-to csp-endpoint; report-uri \/reports$/,
  );
  assertEquals(response.headers.get("Reporting-Endpoints"), `csp-endpoint="/reports"`);
});
