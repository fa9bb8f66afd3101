import { computed, signal } from "@preact/signals";
import { assertEquals, assertMatch, assertStringIncludes, assertThrows } from "@std/assert";
import { serializeProps } from "../../lib/fresh/render/props.ts";
import { buildFixture } from "./build_fixture.ts";

/** Reads what a page's script passes to `boot()`. */
function bootArguments(html: string): { names: string; props: string } {
  const [, names = "", literal = `""`] = /boot\(\{ (.*?) \}, (".*")\);<\/script>/.exec(html) ?? [];
  return { names, props: JSON.parse(literal) };
}

Deno.test("an island is rendered on the server, between its markers", async () => {
  const { fetch } = await buildFixture();
  const html = await (await fetch("/counters")).text();
  assertStringIncludes(
    html,
    `<!--frsh:island:Counter:0--><button type="button" aria-label="first" >first 3 / 0</button><!--/frsh:island-->`,
  );
  assertStringIncludes(
    html,
    `<!--frsh:island:Total:2--><output>3 of 6 since 1970</output><!--/frsh:island-->`,
  );
});

Deno.test("a page boots its islands from one module script with the nonce", async () => {
  const { fetch } = await buildFixture();
  const response = await fetch("/counters");
  const html = await response.text();
  const [, nonce] = /'nonce-(\w+)'/.exec(response.headers.get("Content-Security-Policy") ?? "") ??
    [];
  assertEquals(html.match(/<script/g)?.length, 1);
  assertStringIncludes(html, `<script type="module" nonce="${nonce}">`);
  assertEquals(bootArguments(html).names, "Counter, Total, Panel");
  assertEquals(html.endsWith("</script></body></html>"), true);
});

Deno.test("a page without islands ships no script", async () => {
  const { fetch } = await buildFixture();
  const response = await fetch("/");
  assertEquals((await response.text()).includes("<script"), false);
  assertEquals(response.headers.get("Link"), null);
});

Deno.test("a page loads its own islands only, and preloads all they need", async () => {
  const { fetch } = await buildFixture();
  const response = await fetch("/panel");
  const html = await response.text();
  const imports = [...html.matchAll(/ from "([^"]+)"/g)].map(([, path]) => path ?? "");
  const preloads = [...(response.headers.get("Link") ?? "").matchAll(/<([^>]+)>/g)]
    .map(([, path]) => path ?? "");
  assertEquals(imports.map((path) => path.split("/").at(-1)), ["fresh-runtime.js", "Panel.js"]);
  assertEquals(preloads.some((path) => path.includes("Counter")), false);

  // Follows the scripts' own imports, as a browser would.
  const loaded = new Set<string>();
  for (const queue = [...imports]; queue.length > 0;) {
    const path = queue.shift() ?? "";
    if (loaded.has(path)) continue;
    loaded.add(path);
    const script = await fetch(path);
    assertEquals(script.status, 200);
    assertMatch(script.headers.get("Content-Type") ?? "", /^text\/javascript/);
    const source = await script.text();
    assertEquals(source.includes("aria-label"), false, "the code of another island");
    for (const [, file] of source.matchAll(/(?:from|import)\s*"\.\/([^"]+)"/g)) {
      queue.push(path.replace(/[^/]+$/, file ?? ""));
    }
  }
  assertEquals([...loaded].sort(), preloads.sort());
});

Deno.test("JSX for an island is a slot, shown in place or kept in a template", async () => {
  const { fetch } = await buildFixture();
  const shown = await (await fetch("/counters")).text();
  assertStringIncludes(shown, `<h2><!--frsh:slot:0--><em>Title</em><!--/frsh:slot--></h2>`);
  assertMatch(shown, /<!--frsh:slot:1--><p class="inside">.*<!--frsh:island:Counter:4-->/);
  const alone = await (await fetch("/tricky")).text();
  assertMatch(alone, /<!--frsh:slot:0--><!--frsh:island:Counter:1--><button/);
  const hidden = await (await fetch("/panel")).text();
  assertStringIncludes(hidden, `<template id="frsh-slot-0"><p>Hidden at first</p></template>`);
});

Deno.test("serializeProps() writes a shared signal once", () => {
  const count = signal(3);
  const json = serializeProps(
    [{ count }, { count }, { twice: computed(() => count.value * 2) }],
    null,
  );
  assertEquals(json.match(/"Signal"/g)?.length, 1);
  assertEquals(json.match(/"Computed"/g)?.length, 1);
  assertEquals(
    json,
    `[[1,5,6],{"count":2},["Signal",3],[4],3,{"count":2},{"twice":7},["Computed",8],[9],6]`,
  );
});

Deno.test("serializeProps() keeps signals that hold nothing much", () => {
  for (const value of [false, 0, "", null, undefined]) {
    assertStringIncludes(serializeProps([{ value: signal(value) }], null), `["Signal",3]`);
  }
});

Deno.test("serializeProps() says what can not be serialized", () => {
  assertThrows(
    () => serializeProps([{ onClick: () => {} }], null),
    TypeError,
    `Cannot serialize island props`,
  );
});

Deno.test("props can not end the script they are in", async () => {
  const json = serializeProps([{ text: "</script><!--<script>" }], null);
  assertEquals(json.includes("</script>"), false);
  const { fetch } = await buildFixture();
  const html = await (await fetch("/tricky")).text();
  assertEquals(html.match(/<\/script>/g)?.length, 1);
  assertStringIncludes(bootArguments(html).props, "u003C");
});
