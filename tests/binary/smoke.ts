/**
 * Tries `dist/tincan` in an empty folder. Not part of `deno task test`, which needs no binary: run
 * `deno task compile && deno test -A tests/binary/smoke.ts`.
 *
 * @module
 */

import { assertEquals, assertMatch } from "@std/assert";
import { fromFileUrl } from "@std/path";
import { launchBrowser, newPage } from "../browser/launch.ts";
import { SocketClient } from "../integration/socket_client.ts";

const BINARY = fromFileUrl(new URL("../../dist/tincan", import.meta.url));

/** Starts the binary in an empty folder, and stops it after `action`. */
async function whileServing(action: (origin: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  const env = { PORT: "0", HOSTNAME: "127.0.0.1", STUN_URLS: "", HOME: folder };
  const child = new Deno.Command(BINARY, { cwd: folder, env, clearEnv: true, stdout: "piped" })
    .spawn();
  const lines = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  try {
    const { value = "" } = await lines.read();
    assertMatch(value, /^Tincan is listening on http:\/\/127\.0\.0\.1:\d+\n$/);
    await action(value.trim().split(" ").at(-1)!);
    assertEquals([...Deno.readDirSync(folder)], [], "the binary left something behind");
  } finally {
    child.kill("SIGTERM");
    await child.status;
    await lines.cancel();
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("the binary serves pages and their assets from inside itself", async () => {
  await whileServing(async (origin) => {
    const response = await fetch(`${origin}/r/lobby`);
    assertEquals(response.status, 200);
    const html = await response.text();
    const assets = [...html.matchAll(/"(\/[^"]+\.(?:css|js|svg)[^"]*)"/g)].map(([, url]) => url);
    assertEquals(assets.some((url) => url?.includes(".js")), true, "no script to hydrate with");
    for (const asset of assets) {
      const answer = await fetch(origin + asset);
      assertEquals([answer.status, asset], [200, asset]);
      await answer.body?.cancel();
    }
    const missing = await fetch(`${origin}/nothing`);
    assertEquals(missing.status, 404);
    await missing.body?.cancel();
  });
});

Deno.test("the binary relays signals", async () => {
  await whileServing(async (origin) => {
    const url = `${origin.replace("http", "ws")}/ws/signal/?room=x`;
    await using first = await SocketClient.open(url);
    await using second = await SocketClient.open(url);
    second.send('{"type":"offer","sdp":"x"}');
    assertEquals(await first.nextText(), '{"type":"offer","sdp":"x"}');
  });
});

Deno.test("two people chat through the binary's page", async () => {
  await whileServing(async (origin) => {
    await using launched = await launchBrowser();
    const [a, b] = [await newPage(launched.browser), await newPage(launched.browser)];
    for (const { page } of [a, b]) {
      await page.goto(`${origin}/r/lobby`);
      await page.locator("[role=status]:not([data-state=connecting])").waitFor();
    }
    await a.page.getByRole("textbox", { name: "Message" }).fill("from inside one file");
    await a.page.getByRole("button", { name: "Send" }).click();
    await b.page.getByRole("log", { name: "Messages" }).getByText("from inside one file").waitFor();
    await a.page.getByRole("button", { name: "Leave" }).click();
    await b.page.locator("[role=status][data-state=ended]").waitFor();
    assertEquals([a.errors, b.errors], [[], []]);
  });
});

Deno.test("the binary shows the demo", async () => {
  const { code, stdout } = await new Deno.Command(BINARY, { args: ["demo"] }).output();
  assertEquals(code, 0);
  assertMatch(
    new TextDecoder().decode(stdout),
    /^\[Client1\] Connected\n.*\n.*\n\[Client2\] Received: .*"fake-sdp-from-Client1"\}\n$/,
  );
});
