import { assertEquals, assertMatch, assertRejects, assertStringIncludes } from "@std/assert";
import { fromFileUrl, join } from "@std/path";
import { App } from "fresh";
import { Builder } from "fresh/dev";
import { FIXTURE_DIR } from "./build_fixture.ts";

const CONFIG = fromFileUrl(new URL("../../deno.json", import.meta.url));

class TempDir implements AsyncDisposable {
  readonly path = Deno.makeTempDirSync({ prefix: "fresh_test_" });

  async [Symbol.asyncDispose]() {
    await Deno.remove(this.path, { recursive: true });
  }
}

async function build(outDir: string): Promise<void> {
  await new Builder({ root: FIXTURE_DIR, outDir }).build();
}

async function readTree(folder: string, prefix = ""): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for await (const { name, isDirectory } of Deno.readDir(join(folder, prefix))) {
    const path = join(prefix, name);
    if (isDirectory) {
      for (const [path_, content] of await readTree(folder, path)) files.set(path_, content);
    } else files.set(path, await Deno.readTextFile(join(folder, path)));
  }
  return new Map([...files].sort());
}

Deno.test("Builder.build() writes the same files for the same tree", async () => {
  await using first = new TempDir();
  await using second = new TempDir();
  await build(first.path);
  await build(second.path);
  const files = await readTree(first.path);
  assertEquals(files, await readTree(second.path));
  assertEquals(
    [...files.keys()].filter((path) => !path.startsWith("static/_fresh/js/")),
    [
      "compiled-entry.js",
      "server.js",
      "snapshot.js",
      "static/dot.svg",
      "static/styles.css",
      "static/with space, comma.txt",
    ],
  );
});

Deno.test("Builder.build() leaves nothing of the build before", async () => {
  await using out = new TempDir();
  await Deno.mkdir(join(out.path, "static"));
  await Deno.writeTextFile(join(out.path, "static", "old.txt"), "old");
  await build(out.path);
  assertEquals((await readTree(out.path)).has("static/old.txt"), false);
});

Deno.test("Builder.build() that fails leaves no server.js behind that could be started", async () => {
  await using out = new TempDir();
  await Deno.writeTextFile(join(out.path, "server.js"), "");
  // A folder in the place of a file that is to be written.
  await Deno.mkdir(join(out.path, "snapshot.js"));
  await assertRejects(() => build(out.path));
  await assertRejects(() => Deno.stat(join(out.path, "server.js")), Deno.errors.NotFound);
});

Deno.test("Builder.build() writes a server that serves pages and assets", async () => {
  await using out = new TempDir();
  await build(out.path);
  // Nothing but what is served may be needed: no other access, and another current folder.
  await using cwd = new TempDir();
  const entry = join(out.path, "server.js");
  const child = new Deno.Command(Deno.execPath(), {
    args: ["serve", "--port=0", "--host=127.0.0.1", "--allow-read", "--config", CONFIG, entry],
    cwd: cwd.path,
    env: { NO_COLOR: "1" },
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const stdout = child.stdout.cancel();
  try {
    const origin = await readOrigin(child.stderr);
    const page = await fetch(`${origin}/counters`);
    const html = await page.text();
    assertEquals(page.status, 200);
    const [, script = ""] = / from "([^"]+)"/.exec(html) ?? [];
    const runtime = await fetch(origin + script);
    assertEquals(runtime.status, 200);
    assertStringIncludes(await runtime.text(), "boot");
    assertMatch(runtime.headers.get("Cache-Control") ?? "", /immutable/);
    const styles = await fetch(`${origin}/styles.css`);
    assertStringIncludes(await styles.text(), "sans-serif");
  } finally {
    child.kill();
    await child.status;
    await stdout;
  }
});

async function readOrigin(stderr: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<string> {
  let text = "";
  const reader = stderr.pipeThrough(new TextDecoderStream()).getReader();
  try {
    while (true) {
      const { done, value } = await reader.read();
      text += value ?? "";
      const [origin] = /http:\/\/[\d.]+:\d+/.exec(text) ?? [];
      if (origin !== undefined) return origin;
      if (done) throw new Error(`The server did not start: ${text}`);
    }
  } finally {
    await reader.cancel();
  }
}

Deno.test("Builder.build() takes another id when a static file changes", async () => {
  await using statics = new TempDir();
  const ids: string[] = [];
  for (const content of ["one", "two"]) {
    await Deno.writeTextFile(join(statics.path, "a.txt"), content);
    await using out = new TempDir();
    await new Builder({ root: FIXTURE_DIR, outDir: out.path, staticDir: statics.path }).build();
    const [, id = ""] = /buildId = "(\w+)"/.exec(
      await Deno.readTextFile(join(out.path, "snapshot.js")),
    ) ?? [];
    ids.push(id);
  }
  assertMatch(ids[0] ?? "", /^[0-9a-f]{32}$/);
  assertEquals(new Set(ids).size, 2);
});

Deno.test("Builder.build() needs the JSX options that pages are rendered with", async () => {
  await using project = new TempDir();
  const write = (compilerOptions: Record<string, unknown>) =>
    Deno.writeTextFile(join(project.path, "deno.json"), JSON.stringify({ compilerOptions }));
  const run = () => new Builder({ root: project.path }).build({ snapshot: "memory" });
  await write({ jsx: "react-jsx" });
  await assertRejects(run, TypeError, `"jsxImportSource" must be "preact"`);
  await write({ jsx: "precompile", jsxImportSource: "preact" });
  await assertRejects(run, TypeError, `"jsxPrecompileSkipElements"`);
});

Deno.test("Builder.build() leaves out files that are ignored", async () => {
  const app = new App().fsRoutes();
  const builder = new Builder({ root: FIXTURE_DIR, ignore: [/panel\.tsx$/] });
  (await builder.build({ snapshot: "memory" }))(app);
  const response = await app.handler()(new Request("http://fresh.test/panel"));
  assertEquals(response.status, 404);
  await response.body?.cancel();
});

Deno.test("Builder.listen() reloads pages when the server was started again", async () => {
  async function run(): Promise<{ revision: string; html: string; cache: string | null }> {
    const controller = new AbortController();
    const { promise, resolve } = Promise.withResolvers<Deno.NetAddr>();
    const builder = new Builder({ root: FIXTURE_DIR });
    await builder.listen(() => import("./fixture/main.ts"), {
      port: 0,
      hostname: "127.0.0.1",
      signal: controller.signal,
      onListen: resolve,
    });
    const origin = `http://127.0.0.1:${(await promise).port}`;
    const html = await (await fetch(origin)).text();
    const [, script = ""] = /import "([^"]+fresh-dev\.js)"/.exec(html) ?? [];
    const asset = await fetch(origin + script);
    assertStringIncludes(await asset.text(), "/_frsh/alive");
    const alive = await fetch(`${origin}/_frsh/alive`);
    assertEquals(alive.headers.get("Content-Type"), "text/event-stream");
    const reader = alive.body!.getReader();
    const { value } = await reader.read();
    await reader.cancel();
    controller.abort();
    return {
      revision: new TextDecoder().decode(value),
      html,
      cache: asset.headers.get("Cache-Control"),
    };
  }
  const [first, second] = [await run(), await run()];
  assertMatch(first.revision, /^retry: \d+\ndata: \S+\n\n$/);
  assertEquals(first.revision === second.revision, false);
  assertMatch(first.cache ?? "", /no-store/);
});
