import { assert, assertEquals } from "@std/assert";
import { startApp } from "./app_server.ts";
import { HomePage, remember } from "./home_page.ts";
import { launchBrowser, newPage } from "./launch.ts";

Deno.test("the start page works in a real browser", async (t) => {
  await using app = await startApp();
  await using launched = await launchBrowser();
  const { browser } = launched;
  const { host } = new URL(app.origin);

  await t.step(
    "an invite link is joined with its fragment, which the server never sees",
    async () => {
      const links = [
        `${app.origin}/r/pasted#k=S3cret_-x`,
        `  ${app.origin}/r/pasted#k=S3cret_-x `,
        `${host}/r/pasted#k=S3cret_-x`,
        `/r/pasted#k=S3cret_-x`,
        `HTTP://${host}/r/pasted/?utm=1#k=S3cret_-x`,
        `Let’s talk here: ${app.origin}/r/pasted#k=S3cret_-x`,
      ];
      for (const link of links) {
        await using home = await HomePage.open(browser, app.origin);
        const asked: string[] = [];
        home.page.on("request", (request) => asked.push(`${request.url()} ${request.postData()}`));
        await home.join(link);
        await home.page.waitForURL(`${app.origin}/r/pasted#k=S3cret_-x`);
        await home.page.getByRole("heading", { level: 1, name: "pasted" }).waitFor();
        assertEquals([link, asked.filter((text) => /cret|room=/.test(text.split("#")[0] ?? ""))], [
          link,
          [],
        ]);
        assertEquals(home.errors, []);
      }
    },
  );

  await t.step("what cannot be joined is explained, and nothing is lost", async () => {
    const texts: [text: string, sentence: RegExp][] = [
      ["", /^Write the room’s name, or paste an invite link\.$/],
      ["   ", /^Write the room’s name/],
      ["my room", /has no spaces\. How about my-room\?$/],
      ["Küche", /letters a–z, digits, - and _ only\. How about Kuche\?$/],
      ["Spaß & Spiel", /has no spaces\. How about Spass--Spiel\?$/],
      ["غرفة", /letters a–z, digits, - and _ only\.$/],
      ["x".repeat(65), /at most 64 characters; this one has 65\.$/],
      ["either/or", /letters a–z/],
      ["<img src=x onerror=alert(1)>", /has no spaces/],
      ["https://other.example/r/lobby#k=secret", /another server, other\.example\./],
      ["other.example:8080/r/lobby", /another server, other\.example:8080\./],
      [
        `https://${host}.evil.example/r/lobby`,
        /another server, 127\.0\.0\.1:\d+\.evil|leads to no/,
      ],
      [`${app.origin}/check`, /leads to no room/],
      [`${app.origin}/r/`, /leads to no room/],
      [`${app.origin}/r/a%20b`, /leads to no room/],
      [`${app.origin}/r/a/b`, /leads to no room/],
      ["http://", /letters a–z|leads to no room/],
      ["javascript:alert(1)//r/x", /letters a–z|leads to no room/],
    ];
    await using home = await HomePage.open(browser, app.origin);
    const { page } = home;
    const field = page.getByRole("textbox", { name: "Room name" });
    for (const [text, sentence] of texts) {
      await home.join(text);
      const alert = page.getByRole("alert").filter({ hasText: sentence });
      await alert.waitFor();
      assertEquals([await field.inputValue(), page.url()], [text, `${app.origin}/`]);
      assertEquals(await field.getAttribute("aria-invalid"), "true");
      assert(await field.evaluate((element) => element === document.activeElement));
      const described = await field.getAttribute("aria-describedby");
      assert(described?.split(" ").includes(await alert.getAttribute("id") ?? ""));
    }
    // Whoever mends it is left alone.
    await field.pressSequentially("x");
    assertEquals(await page.getByRole("alert").count(), 0);
    assertEquals(await field.getAttribute("aria-invalid"), null);
    assertEquals(home.errors, []);
  });

  await t.step("without JavaScript the field takes names alone, and sends no link", async () => {
    await using home = await HomePage.open(browser, app.origin, { javaScriptEnabled: false });
    const { page } = home;
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    await home.join(`${app.origin}/r/pasted#k=secret`);
    await home.join("my room");
    assertEquals([asked, page.url()], [[], `${app.origin}/`]);
    assertEquals(await page.getByText("You can paste an invite link").isVisible(), false);
    assertEquals(await page.getByRole("heading", { name: "Recent rooms" }).count(), 0);
    assert(await page.getByText("your IP address").isVisible());
  });

  await t.step("a browser that refuses storage shows the page all the same", async () => {
    const { page, errors } = await newPage(browser);
    await page.addInitScript(
      "Object.defineProperty(globalThis, 'localStorage', { get() { throw new DOMException('', 'SecurityError'); } })",
    );
    await page.goto(app.origin);
    await page.getByRole("textbox", { name: "Room name" }).fill("lobby");
    await page.getByRole("button", { name: "Join room" }).click();
    await page.waitForURL(`${app.origin}/r/lobby`);
    assertEquals(errors, []);
    await page.context().close();
  });

  await t.step("no width and no language needs scrolling to the side", async () => {
    const kept = remember("x".repeat(64), "Xk3_v9Qa0bLl1IO0-Zz9qR");
    for (const locale of ["en", "de", "fr", "es", "ar", "zh-CN"]) {
      const viewport = { width: 320, height: 600 };
      await using home = await HomePage.open(browser, app.origin, { kept, locale, viewport });
      const beyond = await home.page.evaluate("document.documentElement.scrollWidth - innerWidth");
      assertEquals([locale, beyond, home.errors], [locale, 0, []]);
      assertEquals(await home.page.locator("html").getAttribute("lang"), locale.slice(0, 2));
    }
  });
});
