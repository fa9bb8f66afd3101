import { assert, assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { launchBrowser, newPage } from "./launch.ts";

/** Makes `connection`, `send` and `heard` in a page, and `receive` for what the other page signals. */
const PEER = `
  const connection = new RTCPeerConnection();
  let signaled = Promise.resolve();
  connection.onicecandidate = ({ candidate }) => candidate && signal({ candidate: candidate.toJSON() });
  function receive({ description, candidate }) {
    return signaled = signaled.then(async () => {
      if (candidate) return connection.addIceCandidate(candidate);
      await connection.setRemoteDescription(description);
      if (description.type === "offer") await describe();
    });
  }
  async function describe() {
    await connection.setLocalDescription();
    signal({ description: connection.localDescription.toJSON() });
  }
  const channel = connection.createDataChannel("chat", { negotiated: true, id: 0 });
  const opened = new Promise((resolve) => channel.onopen = resolve);
  const heard = new Promise((resolve) => channel.onmessage = (event) => resolve(event.data));
  const say = (text) => opened.then(() => channel.send(text));
`;

Deno.test("two people in one browser hear each other over a data channel", async () => {
  await using server = servePage(`<script>${PEER}</script>`);
  await using launched = await launchBrowser();
  const alice = await newPage(launched.browser);
  const bob = await newPage(launched.browser);
  await signalTo(alice.page, bob.page);
  await signalTo(bob.page, alice.page);
  await alice.page.goto(server.url);
  await bob.page.goto(server.url);

  await alice.page.evaluate("describe()");
  await alice.page.evaluate(`say("hello from alice")`);
  await bob.page.evaluate(`say("hello from bob")`);

  assertEquals(await bob.page.evaluate("heard"), "hello from alice");
  assertEquals(await alice.page.evaluate("heard"), "hello from bob");
  assertEquals([...alice.errors, ...bob.errors], []);
});

Deno.test("newPage() collects console errors and uncaught exceptions", async () => {
  await using server = servePage(
    `<script>console.error("lost", 1); console.log("fine"); throw new TypeError("gone");</script>`,
  );
  await using launched = await launchBrowser();
  const { page, errors } = await newPage(launched.browser);
  await page.goto(server.url);

  assertEquals(errors, ["lost 1", "TypeError: gone"]);
});

Deno.test("newPage() gives each page its own storage and the options of its context", async () => {
  await using server = servePage("");
  await using launched = await launchBrowser();
  const { page: mine } = await newPage(launched.browser, { viewport: { width: 360, height: 640 } });
  const { page: yours } = await newPage(launched.browser);
  await mine.goto(server.url);
  await yours.goto(server.url);
  await mine.evaluate(`localStorage.setItem("name", "Ada")`);

  assertEquals(await yours.evaluate(`localStorage.getItem("name")`), null);
  assertEquals(await mine.evaluate("innerWidth"), 360);
});

Deno.test("launchBrowser() has fonts to draw text with", async () => {
  await using launched = await launchBrowser();
  const { page } = await newPage(launched.browser);
  await page.setContent("<button>Send</button>");

  const box = await page.getByRole("button").boundingBox();
  assert(box && box.width > 30 && box.height > 12, `The button measures ${JSON.stringify(box)}`);
});

Deno.test("launchBrowser() closes twice without complaint", async () => {
  const { browser, close } = await launchBrowser();
  await close();
  await close();

  assert(!browser.isConnected());
});

/** Carries what `from` signals to `to`; no pages or sockets of the app are involved. */
async function signalTo(to: Page, from: Page): Promise<void> {
  await from.exposeFunction("signal", (message: unknown) => {
    return to.evaluate((message) => {
      const { receive } = globalThis as unknown as { receive(message: unknown): Promise<void> };
      return receive(message);
    }, message);
  });
}

/** Serves one HTML page on a free port until disposed. */
function servePage(html: string): AsyncDisposable & { url: string } {
  const body = `<!doctype html><link rel="icon" href="data:,">${html}`;
  const server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen() {} },
    () => new Response(body, { headers: { "content-type": "text/html" } }),
  );
  return {
    url: `http://127.0.0.1:${server.addr.port}/`,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}
