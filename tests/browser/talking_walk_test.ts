import { assert, assertEquals } from "@std/assert";
import axe from "axe-core";
import type { Message } from "../../lib/client/message.ts";
import { launchBrowser } from "./launch.ts";
import { makeMessages, serveTalking, TalkingPage } from "./talking_page.ts";

const AT = Date.UTC(2026, 0, 5, 12);

const KINDS: Message[] = [
  { id: "a", at: AT, from: "ben", text: "see https://example.com and `code`" },
  { id: "b", at: AT, from: "ada", text: `\`\`\`\n${"wide ".repeat(60)}\n\`\`\`` },
  { id: "c", at: AT, text: "an answer", delivery: "seen", re: "a" },
  { id: "d", at: AT, text: "to nobody", delivery: "sending", re: "gone" },
  { id: "e", at: AT, from: "ben", text: "long ".repeat(400) },
  { id: "f", at: AT, from: "ben", text: "🎉" },
];

Deno.test("something can be done with each message", async (t) => {
  await using server = await serveTalking();
  await using launched = await launchBrowser();
  const { browser } = launched;
  const open = (options = {}) => TalkingPage.open(browser, `${server.origin}/en`, options);

  await t.step("the arrow keys walk the messages, and Tab does not", async () => {
    await using talking = await open();
    const { page } = talking;
    await talking.add(...makeMessages(300));
    await talking.add({ id: "link", at: AT, from: "ben", text: "at https://example.com" });
    await talking.composer.focus();
    await page.keyboard.press("Shift+Tab");
    assertEquals(await talking.focused().getAttribute("role"), "log");
    const focused = () => talking.focused().getAttribute("data-id");
    const walk: string[] = [];
    for (const key of ["ArrowUp", "ArrowUp", "ArrowUp", "ArrowDown", "Home", "ArrowUp", "End"]) {
      await page.keyboard.press(key);
      walk.push(await focused() ?? "none");
    }
    assertEquals(walk, ["link", "m299", "m298", "m299", "m0", "m0", "link"]);
    assert(await talking.aboveEnd() < 2);
    const stops: string[] = [];
    for (let count = 0; count < 4; count++) {
      await page.keyboard.press("Tab");
      stops.push(
        await talking.focused().evaluate((element) => element.textContent || element.tagName),
      );
    }
    assertEquals(stops, ["https://example.com", "Reply", "Copy", "TEXTAREA"]);
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Escape");
    assertEquals(await talking.focused().getAttribute("role"), "log");
  });

  await t.step("an answer says what it answers, and leads there", async () => {
    await using talking = await open();
    const { page } = talking;
    await talking.show({ names: [["ben", "Ben"]] });
    await talking.add({ id: "first", at: AT, from: "ben", text: "the question\nand more" });
    await talking.add(...makeMessages(300));
    const slip = talking.slip("m298");
    await slip.hover();
    await slip.getByRole("button", { name: "Reply" }).click();
    assertEquals(await talking.focused().evaluate((element) => element.tagName), "TEXTAREA");
    await page.getByText("Answer to: Ben").waitFor();
    await page.keyboard.press("Escape");
    assertEquals(await page.getByText("Answer to: Ben").count(), 0);
    await page.keyboard.type("none");
    await page.keyboard.press("Enter");
    await slip.hover();
    await slip.getByRole("button", { name: "Reply" }).click();
    await page.keyboard.type("one");
    await page.keyboard.press("Enter");
    assertEquals(await talking.said(), [{ text: "none" }, { text: "one", re: "m298" }]);
    assertEquals(await page.getByText("Answer to: Ben").count(), 0);

    await talking.add({ id: "answer", at: AT, from: "ben", text: "hm", re: "first" });
    await talking.slip("answer").getByRole("button", { name: "the question" }).click();
    assertEquals(await talking.focused().getAttribute("data-id"), "first");
    assertEquals(await talking.slip("first").getAttribute("data-flash"), "");
    await talking.slip("first").evaluate((slip) =>
      new Promise<void>((resolve) => {
        new IntersectionObserver(([entry]) => entry?.isIntersecting && resolve()).observe(slip);
      })
    );
    await talking.slip("first").and(page.locator(":not([data-flash])")).waitFor();
    await talking.add({ id: "lost", at: AT, from: "ben", text: "hm", re: "nowhere" });
    await talking.slip("lost").getByText("a message that is not here").waitFor();
  });

  await t.step("a message is copied as it was written", async () => {
    await using talking = await open({ permissions: ["clipboard-read", "clipboard-write"] });
    const text = "`a`\n\n**b** ```c```";
    await talking.add({ id: "a", at: AT, from: "ben", text });
    await talking.slip("a").hover();
    await talking.slip("a").getByRole("button", { name: "Copy", exact: true }).click();
    await talking.slip("a").getByText("Copied.").waitFor();
    assertEquals(await talking.page.evaluate(() => navigator.clipboard.readText()), text);
  });

  await t.step("where the clipboard is out of reach, the text is marked", async () => {
    await using talking = await open({
      prepare: (page: TalkingPage["page"]) =>
        page.addInitScript(() => {
          Object.defineProperty(navigator, "clipboard", { value: undefined });
        }),
    });
    await talking.add({ id: "a", at: AT, from: "ben", text: "mark me" });
    await talking.slip("a").hover();
    await talking.slip("a").getByRole("button", { name: "Copy", exact: true }).click();
    await talking.slip("a").getByText("Marked.").waitFor();
    assertEquals(await talking.page.evaluate(() => String(getSelection())), "mark me");
  });

  await t.step("a finger finds what can be done, and each of it is big enough", async () => {
    await using talking = await open({
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
    });
    await talking.add(...makeMessages(8), ...KINDS);
    assertEquals(await talking.log.getByRole("button", { name: "Reply" }).count(), 0);
    for (const id of ["m0", "m4", "f"]) {
      await talking.slip(id).locator(".slip-text").tap();
      const buttons = talking.slip(id).getByRole("button");
      assertEquals(await buttons.count(), 2);
      for (const button of await buttons.all()) {
        const { width = 0, height = 0, x = -1 } = await button.boundingBox() ?? {};
        assert(width >= 44 && height >= 44 && x >= 0 && x + width <= 390, `${id} ${width} ${x}`);
      }
    }
    await talking.slip("f").getByRole("button", { name: "Reply" }).tap();
    assertEquals(await talking.focused().evaluate((element) => element.tagName), "TEXTAREA");
  });

  await t.step("others are read out with their names, and we are not", async () => {
    await using talking = await open();
    await talking.show({ names: [["ben", "Ben"]] });
    const live = () =>
      talking.log.locator(".slip").evaluateAll((slips) =>
        slips.map((slip) => slip.closest("[aria-live]")?.getAttribute("aria-live"))
      );
    await talking.add({ id: "a", at: AT, from: "ben", text: "hello" });
    await talking.add({ id: "b", at: AT, text: "hi", delivery: "sent" });
    assertEquals(await live(), ["polite", "off"]);
    assertEquals(await talking.log.getAttribute("aria-relevant"), "additions");
    const snapshot = await talking.slip("a").ariaSnapshot();
    assert(/Ben said:[^]*hello/.test(snapshot) && !snapshot.includes("12:00"), snapshot);
    await talking.slip("a").hover();
    const tools = talking.slip("a").locator(".slip-tools");
    assertEquals(await tools.getAttribute("aria-live"), "off");
    // All that was said before is not read out, and neither are more than anybody wants to hear.
    await talking.add(...makeMessages(100));
    assertEquals(await talking.log.getAttribute("aria-live"), "off");
    await talking.log.and(talking.page.locator("[aria-live=polite]")).waitFor();
  });

  for (const colorScheme of ["light", "dark"] as const) {
    await t.step(`axe finds nothing in the ${colorScheme}`, async () => {
      await using talking = await open({ colorScheme });
      await talking.show({ names: [["ben", "Ben"], ["ada", "Ada"]], company: 2, typing: ["Ben"] });
      await talking.add(...KINDS);
      await talking.slip("a").hover();
      await talking.slip("f").focus();
      await talking.slip("f").getByRole("button", { name: "Reply" }).click();
      await talking.composer.fill("x".repeat(17_000));
      await talking.page.evaluate(axe.source);
      const { violations } = await talking.page.evaluate(() =>
        (globalThis as unknown as { axe: typeof axe }).axe.run(document.body)
      );
      const found = violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
      assertEquals(found, []);
    });
  }
});
