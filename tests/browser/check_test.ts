import { assert, assertEquals, assertMatch, assertNotEquals } from "@std/assert";
import type { Browser, Page } from "playwright-core";
import { startStunResponder } from "../fakes/stun_responder.ts";
import { startApp } from "./app_server.ts";
import { launchBrowser, newPage } from "./launch.ts";

/** Waits for the end of a check, and answers with the state of each step. */
async function finish(page: Page): Promise<Record<string, string | null>> {
  await page.getByRole("textbox", { name: "Report" }).waitFor();
  const states: Record<string, string | null> = {};
  for (const step of await page.locator("[data-step]").all()) {
    states[await step.getAttribute("data-step") ?? ""] = await step.getAttribute("data-state");
  }
  return states;
}

function readReport(page: Page): Promise<string> {
  return page.getByRole("textbox", { name: "Report" }).inputValue();
}

function step(page: Page, id: string): Promise<string> {
  return page.locator(`[data-step=${id}]`).innerText();
}

/** A page of somebody in whose browser `script` ran first. */
async function openWith(browser: Browser, script: string) {
  const opened = await newPage(browser);
  await opened.page.addInitScript(script);
  return opened;
}

/** Something between a browser and the app that passes pages on, and no WebSocket. */
function startPlainProxy(origin: string): Deno.HttpServer<Deno.NetAddr> {
  const options = { port: 0, hostname: "127.0.0.1", onListen() {} };
  return Deno.serve(options, ({ url }) => {
    const { pathname, search } = new URL(url);
    return fetch(origin + pathname + search);
  });
}

Deno.test("the check finds out what a browser and a network can do", async (t) => {
  await using app = await startApp();
  await using launched = await launchBrowser();
  const { browser } = launched;
  const url = `${app.origin}/check`;

  await t.step("a browser that can chat is told so, and gets a report", async () => {
    const permissions = ["microphone", "clipboard-read", "clipboard-write"];
    const { page, errors } = await newPage(browser, { permissions });
    const sockets: { url: string; sent: string[] }[] = [];
    page.on("websocket", (socket) => {
      const sent: string[] = [];
      sockets.push({ url: socket.url(), sent });
      socket.on("framesent", ({ payload }) => sent.push(String(payload)));
    });
    await page.goto(url);
    assertEquals(await finish(page), {
      browser: "ok",
      websocket: "ok",
      direct: "ok",
      stun: "skipped",
      turn: "skipped",
      loopback: "ok",
    });
    assertEquals(await page.title(), "Check · Tincan");
    const headings = page.getByRole("heading", { level: 1 });
    assertEquals(await headings.allInnerTexts(), ["Check this browser"]);
    assertMatch(await page.getByRole("status").innerText(), /^A chat works from here/);
    assertMatch(await step(page, "loopback"), /directly there and back .* up to 256 KiB/);
    // The state is a word, too.
    assertMatch(await step(page, "stun"), /Skipped[^]*Not configured/);

    const report = await readReport(page);
    assertMatch(report, /^Browser: Mozilla\/.*Chrome/m);
    assertMatch(report, /^Server: http:\/\/\[IPv4\]:\d+$/m);
    assertEquals(report.match(/^- .+: (ok|skipped)\. .+$/gm)?.length, 6);
    assert(!report.includes("127.0.0.1"));

    await page.getByRole("button", { name: "Copy report" }).click();
    await page.getByText("Copied.", { exact: true }).waitFor();
    assertEquals(await page.evaluate("navigator.clipboard.readText()"), report);

    const again = page.waitForEvent("websocket");
    await page.getByRole("button", { name: "Run again" }).click();
    await again;
    assertEquals((await finish(page)).loopback, "ok");
    assertNotEquals(await readReport(page), report);
    assertEquals(await page.locator(":focus").innerText(), "Run again");
    // Each time a room that nobody else is in, and it is left.
    assertEquals(new Set(sockets.map(({ url }) => url)).size, 2);
    for (const { sent } of sockets) assertEquals(sent.at(-1), '{"type":"leave"}');
    assertEquals(errors, []);
    await page.context().close();
  });

  await t.step("a browser without WebRTC is told so, and what still works", async () => {
    const { page, errors } = await openWith(browser, "delete globalThis.RTCPeerConnection");
    await page.goto(url);
    const skipped = { direct: "skipped", stun: "skipped", turn: "skipped", loopback: "skipped" };
    assertEquals(await finish(page), { browser: "failed", websocket: "ok", ...skipped });
    assertMatch(await step(page, "browser"), /WebRTC is missing[^]*another browser/);
    assertMatch(
      await page.getByRole("status").innerText(),
      /does not work from here: “Browser”/,
    );
    assertEquals(errors, []);
    await page.context().close();
  });

  await t.step("a browser that keeps nothing is warned", async () => {
    const { page } = await openWith(
      browser,
      "Object.defineProperty(globalThis, 'sessionStorage', { get() { throw new Error('no') } })",
    );
    await page.goto(url);
    assertEquals((await finish(page)).browser, "warning");
    await page.context().close();
  });

  await t.step("a network without WebSockets is told from a server out of reach", async () => {
    const proxy = startPlainProxy(app.origin);
    const { page } = await newPage(browser);
    await page.goto(`http://127.0.0.1:${proxy.addr.port}/check`);
    const { websocket, stun, loopback } = await finish(page);
    assertEquals([websocket, stun, loopback], ["failed", "skipped", "ok"]);
    assertMatch(await step(page, "websocket"), /answers over HTTP, but no WebSocket/);
    assertMatch(await page.getByRole("status").innerText(), /does not work from here: “WebSocket”/);

    await proxy.shutdown();
    const asked = page.waitForRequest((request) => request.method() === "HEAD");
    await page.getByRole("button", { name: "Run again" }).click();
    await asked;
    assertEquals((await finish(page)).websocket, "failed");
    assertMatch(await step(page, "websocket"), /cannot be reached/);
    await page.context().close();
  });

  await t.step("each STUN and TURN server is asked, and named without its address", async () => {
    await using responder = await startStunResponder();
    const { page, errors } = await newPage(browser);
    const credentials = { username: "1767225600:someone", credential: "do-not-tell" };
    const servers = [
      { urls: [`stun:${responder.host}`, "stun:nowhere.invalid:3478"] },
      { urls: [`turn:${responder.host}?transport=udp`], ...credentials },
    ];
    await page.routeWebSocket("**/ws/signal?*", (socket) => {
      const server = socket.connectToServer();
      server.onMessage((text) => {
        socket.send(
          String(text).replace('"iceServers":[]', `"iceServers":${JSON.stringify(servers)}`),
        );
      });
    });
    await page.goto(url);
    const { stun, turn } = await finish(page);
    assertEquals([stun, turn], ["warning", "failed"]);
    const report = await readReport(page);
    const port = responder.host.split(":")[1];
    assertMatch(
      report,
      new RegExp(`stun:\\[IPv4\\]:${port}: told a public address \\(srflx, IPv4`),
    );
    assertMatch(report, /stun:nowhere\.invalid:3478: no answer \(701 /);
    assertMatch(report, new RegExp(`turn:\\[IPv4\\]:${port}\\?transport=udp: did not accept the`));
    assertMatch(report, /credentials \(401 Unauthorized\)/);
    assertMatch(report, /^Tincan check: A chat works from here, but not with everybody: “Relay/);
    for (const secret of ["198.51", "127.0.0.1", "someone", "do-not-tell"]) {
      assert(!report.includes(secret), secret);
    }
    assertEquals(errors, []);
    await page.context().close();
  });

  await t.step("a check under way is not begun again", async () => {
    const { page } = await newPage(browser);
    let sockets = 0;
    // Opens, and hears nothing.
    await page.routeWebSocket("**/ws/signal?*", () => void sockets++);
    await page.goto(url);
    await page.locator("[data-step=websocket][data-state=running]").waitFor();
    assertEquals(await page.getByRole("status").innerText(), "Checking…");
    const button = page.getByRole("button", { name: "Run again", disabled: true });
    await button.dispatchEvent("click");
    assertEquals(await page.locator("[data-step=browser]").getAttribute("data-state"), "ok");
    assertEquals(sockets, 1);
    await page.context().close();
  });

  await t.step("what cannot be copied is marked, to be copied by hand", async () => {
    const { page } = await openWith(browser, "Object.defineProperty(navigator, 'clipboard', {})");
    await page.goto(url);
    await finish(page);
    await page.getByRole("button", { name: "Copy report" }).click();
    await page.getByText("copy what is marked").waitFor();
    assertEquals(await page.evaluate("String(getSelection())"), await readReport(page));
    await page.context().close();
  });

  await t.step("the page says what it is without JavaScript", async () => {
    const { page } = await newPage(browser, { javaScriptEnabled: false });
    const response = await page.goto(url);
    assertEquals(response?.status(), 200);
    const notice = page.locator("noscript p");
    assert(await notice.isVisible());
    assertMatch(await notice.innerText(), /^This page needs JavaScript/);
    assertEquals(await page.getByRole("main").getByRole("button").count(), 0);
    assertEquals(await page.getByText("Waiting").first().isVisible(), false);
    await page.context().close();
  });
});
