import { assertEquals } from "@std/assert";
import { App } from "fresh";
import { brotliDecompressSync } from "node:zlib";
import { compressFiles } from "../../lib/server/compress.ts";
import type { State } from "../../lib/server/state.ts";

const IMMUTABLE = { "cache-control": "public, max-age=31536000, immutable", etag: 'W/"1"' };
const TEXT = "p { color: red }\n".repeat(100);

/** Asks an app that answers with these headers; tells what comes, and how often it was made. */
function setUp(headers: Record<string, string>) {
  const app = new App<State>().use(compressFiles());
  app.get("/a.css", () => new Response(TEXT, { headers }));
  app.head("/a.css", () => new Response(null, { headers }));
  const handler = app.handler();
  return (encodings: string, method = "GET", search = "") => {
    const request = new Request(`http://tincan.test/a.css${search}`, {
      method,
      headers: { "accept-encoding": encodings },
    });
    return handler(request);
  };
}

Deno.test("compressFiles() answers with Brotli to whoever takes it", async () => {
  const ask = setUp({ "content-type": "text/css", ...IMMUTABLE });
  for (const encodings of ["br", "gzip, deflate, br, zstd", "gzip;q=0.5, br;q=0.8"]) {
    const response = await ask(encodings);
    const bytes = new Uint8Array(await response.arrayBuffer());
    assertEquals(response.headers.get("content-encoding"), "br");
    assertEquals(new TextDecoder().decode(brotliDecompressSync(bytes)), TEXT);
    assertEquals(response.headers.get("vary")?.includes("accept-encoding"), true);
  }
});

Deno.test("compressFiles() leaves the answer alone to whoever does not", async () => {
  const ask = setUp({ "content-type": "text/css", ...IMMUTABLE });
  for (const encodings of ["", "gzip", "br;q=0", "brotli", "abr"]) {
    const response = await ask(encodings);
    assertEquals([response.headers.get("content-encoding"), await response.text()], [null, TEXT]);
  }
  assertEquals((await ask("br", "HEAD")).headers.get("content-encoding"), null);
});

Deno.test("compressFiles() leaves alone what may change, and what is small already", async () => {
  for (
    const headers of [
      { "content-type": "text/css", "cache-control": "no-store" },
      { "content-type": "image/png", ...IMMUTABLE },
    ]
  ) {
    const response = await setUp(headers)("br");
    assertEquals([response.headers.get("content-encoding"), await response.text()], [null, TEXT]);
  }
});

Deno.test("compressFiles() compresses a file once, however its address is written", async () => {
  let reads = 0;
  const app = new App<State>().use(compressFiles()).get("*", () => {
    const body = new ReadableStream({
      pull(controller) {
        reads++;
        controller.enqueue(new TextEncoder().encode(TEXT));
        controller.close();
      },
    }, { highWaterMark: 0 });
    return new Response(body, { headers: { "content-type": "text/css", ...IMMUTABLE } });
  });
  const handler = app.handler();
  for (const path of ["/a.css", "/%61.css", "/a.css?x"]) {
    const headers = { "accept-encoding": "br" };
    const response = await handler(new Request(`http://tincan.test${path}`, { headers }));
    assertEquals(response.headers.get("content-encoding"), "br");
    await response.body?.cancel();
  }
  assertEquals(reads, 1);
});

Deno.test("compressFiles() tells caches of both forms also where nothing is sent", async () => {
  const app = new App<State>().use(compressFiles()).get("/a.css", () => {
    const headers = { "content-type": "text/css", ...IMMUTABLE };
    return new Response(null, { status: 304, headers });
  });
  const response = await app.handler()(new Request("http://tincan.test/a.css"));
  assertEquals([response.status, response.headers.get("vary")], [304, "accept-encoding"]);
});
