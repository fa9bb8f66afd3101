import { assertEquals } from "@std/assert";
import { launchBrowser, newPage } from "./launch.ts";

/** More than a browser opens connections to one server at once. */
const FILES = Array.from({ length: 12 }, (_, index) => `/${index}.css?__frsh_c=now`);

Deno.test("a service worker installs where nothing may be kept, and keeps nothing", async () => {
  const worker = await Deno.readTextFile(new URL("../../static/sw.js", import.meta.url));
  const asked: string[] = [];
  const answer = (request: Request) => {
    const { pathname, search } = new URL(request.url);
    const headers = { "cache-control": "no-store", "content-type": "text/css" };
    if (FILES.includes(pathname + search)) {
      asked.push(pathname + search);
      return new Response("x".repeat(100_000), { headers });
    }
    if (pathname === "/sw.js") {
      return new Response(worker, { headers: { "content-type": "text/javascript" } });
    }
    const links = FILES.map((file) => `<link href="${file}">`).join("");
    return new Response(pathname === "/offline" ? links : "", {
      headers: { "content-type": "text/html" },
    });
  };
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, answer);
  const launched = await launchBrowser();
  try {
    const { page, errors } = await newPage(launched.browser, { serviceWorkers: "allow" });
    await page.goto(`http://127.0.0.1:${server.addr.port}/`);
    const kept = await page.evaluate(async () => {
      await navigator.serviceWorker.register("/sw.js?build=now");
      await navigator.serviceWorker.ready;
      const cache = await caches.open("tincan?build=now");
      return (await cache.keys()).map(({ url }) => new URL(url).pathname);
    });
    assertEquals([kept, asked.toSorted(), errors], [["/offline"], FILES.toSorted(), []]);
  } finally {
    await launched.close();
    await server.shutdown();
  }
});
