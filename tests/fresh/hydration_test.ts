import { assertEquals } from "@std/assert";
import { launchBrowser, newPage } from "../browser/launch.ts";
import { buildFixture } from "./build_fixture.ts";

// Scripts by nonce or from here only, and no text that becomes markup or code in the browser.
const STRICT_CSP = "require-trusted-types-for 'script'; trusted-types 'none'";

Deno.test("boot() hydrates islands under a strict policy", async (t) => {
  const { handler } = await buildFixture();
  await using server = Deno.serve(
    { port: 0, hostname: "localhost", onListen() {} },
    async (req) => {
      const response = await handler(req);
      response.headers.append("Content-Security-Policy", STRICT_CSP);
      return response;
    },
  );
  const origin = `http://localhost:${server.addr.port}`;
  await using launched = await launchBrowser();

  await t.step("islands that were given one signal share it", async () => {
    const { page, errors } = await newPage(launched.browser);
    await page.goto(`${origin}/counters`);
    await page.getByRole("button", { name: "first" }).click();
    await page.getByText("first 4 / 1").waitFor();
    assertEquals(await page.getByRole("button", { name: "second" }).innerText(), "second 4 / 0");
    assertEquals(await page.getByRole("button", { name: "third" }).innerText(), "third 4 / 0");
    assertEquals(await page.locator("output").innerText(), "4 of 6 since 1970");
    assertEquals(errors, []);
    await page.context().close();
  });

  await t.step("JSX that was passed to an island survives, and so do islands in it", async () => {
    const { page, errors } = await newPage(launched.browser);
    await page.goto(`${origin}/counters`);
    await page.getByRole("button", { name: "Close" }).click();
    await page.locator(".inside").waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Open" }).click();
    assertEquals(await page.locator(".inside").innerHTML(), INSIDE);
    assertEquals(await page.locator(".inside input").isChecked(), true);
    await page.getByRole("button", { name: "third" }).click();
    await page.getByText("third 4 / 1").waitFor();
    assertEquals(await page.locator("h2 em").innerText(), "Title");
    assertEquals(errors, []);
    await page.context().close();
  });

  await t.step("JSX that the server did not show appears when the island shows it", async () => {
    const { page, errors } = await newPage(launched.browser);
    await page.goto(`${origin}/panel`);
    await page.getByRole("button", { name: "Open" }).click();
    assertEquals(await page.locator(".panel").innerHTML(), "<p>Hidden at first</p>");
    assertEquals(errors, []);
    await page.context().close();
  });

  await t.step("an island grows between what is around it", async () => {
    const { page, errors } = await newPage(launched.browser);
    await page.goto(`${origin}/adder`);
    await page.getByText("late").waitFor();
    await page.getByRole("button", { name: "Add" }).click();
    await page.getByRole("button", { name: "Add" }).click();
    await page.getByText("1", { exact: true }).waitFor();
    const elements = await page.locator("main > *").evaluateAll((all) =>
      all.map(({ localName }) => localName)
    );
    assertEquals(elements, ["button", "i", "i", "hr", "b", "hr"]);
    assertEquals(errors, []);
    await page.context().close();
  });

  await t.step("hydrating keeps the nodes that the server rendered", async () => {
    const { page, errors } = await newPage(launched.browser);
    await page.addInitScript(() => {
      addEventListener("DOMContentLoaded", () => {
        Object.assign(globalThis, { changes: 0 });
      });
      new MutationObserver((records) => {
        const added = records.flatMap(({ addedNodes }) => [...addedNodes]);
        if ("changes" in globalThis) {
          (globalThis as unknown as { changes: number }).changes += added.filter((node) =>
            node instanceof Element
          ).length;
        }
      }).observe(document, { childList: true, subtree: true });
    });
    await page.goto(`${origin}/counters`);
    await page.getByRole("button", { name: "first" }).click();
    await page.getByText("first 4 / 1").waitFor();
    assertEquals(
      await page.evaluate(() => (globalThis as unknown as { changes: number }).changes),
      0,
    );
    assertEquals(errors, []);
    await page.context().close();
  });
});

const INSIDE = `Passed <b>through</b> <input type="checkbox">`;
