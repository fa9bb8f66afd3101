import { assert, assertEquals } from "@std/assert";
import type { Message } from "../../lib/client/message.ts";
import { launchBrowser } from "./launch.ts";
import { makeMessages, serveTalking, TalkingPage } from "./talking_page.ts";

const AT = Date.UTC(2026, 0, 5, 12);

function say(id: string, text: string, more: Partial<Message> = {}): Message {
  return { id, at: AT, text, from: "ben", ...more };
}

Deno.test("what is said is drawn for what it is", async (t) => {
  await using server = await serveTalking();
  await using launched = await launchBrowser();
  const { browser } = launched;
  const open = (options = {}, language = "en") =>
    TalkingPage.open(browser, `${server.origin}/${language}`, options);

  await t.step("a link is followed safely, and leads where it says", async () => {
    await using talking = await open();
    await talking.add(say("a", "(see https://example.com/a). javascript:alert(1) <b>no</b>"));
    const links = await talking.log.locator("a").evaluateAll((all) =>
      all.map((a) => [a.textContent, ...["href", "rel", "target"].map((n) => a.getAttribute(n))])
    );
    const address = "https://example.com/a";
    assertEquals(links, [[address, address, "noopener noreferrer nofollow", "_blank"]]);
    assertEquals(
      await talking.slip("a").locator(".slip-text").innerText(),
      "(see https://example.com/a). javascript:alert(1) <b>no</b>",
    );
    assertEquals([await talking.log.locator("b").count(), talking.errors], [0, []]);
  });

  await t.step("code is in its own type, scrolls inside, and is copied", async () => {
    await using talking = await open({
      permissions: ["clipboard-read", "clipboard-write"],
      viewport: { width: 390, height: 844 },
    });
    const line = "let wide = 1; ".repeat(20);
    await talking.add(say("a", `run \`ls\`:\n\`\`\`ts\n${line}\n\`\`\``));
    const slip = talking.slip("a");
    assertEquals(await slip.locator("code").innerText(), "ls");
    const pre = slip.locator("pre");
    assert(await pre.evaluate((pre) => pre.scrollWidth > pre.clientWidth));
    assert(await talking.log.evaluate((log) => log.scrollWidth <= log.clientWidth));
    await slip.locator(".bubble").hover();
    await slip.getByRole("button", { name: "Copy code" }).click();
    await slip.getByText("Copied.").waitFor();
    assertEquals(await talking.page.evaluate(() => navigator.clipboard.readText()), line);
  });

  await t.step("emoji that stand alone are big", async () => {
    await using talking = await open();
    await talking.add(say("a", "🎉"), say("b", "🎉 yes"));
    const sizes = await talking.log.locator(".slip-text").evaluateAll((all) =>
      all.map((one) => parseFloat(getComputedStyle(one).fontSize))
    );
    assert(sizes[0]! > 2 * sizes[1]!, String(sizes));
  });

  await t.step("each paragraph has its own direction, and turns nothing around it", async () => {
    await using talking = await open();
    await talking.add(say("a", "שלום\nhello\n\u202Eabc"), say("b", "next"));
    const slip = talking.slip("a");
    /** Where the first character of a line is, from the left. */
    const startOf = (offset: number) =>
      slip.locator(".slip-text").evaluate((element, offset) => {
        const range = document.createRange();
        range.setStart(element.firstChild!, offset);
        range.setEnd(element.firstChild!, offset + 1);
        return range.getBoundingClientRect().left;
      }, offset);
    assert(await startOf(0) > await startOf(3), "Hebrew begins at the right");
    assert(await startOf(5) < await startOf(9), "English begins at the left");
    for (const part of [".slip-text", ".slip-head"]) {
      const { direction, unicodeBidi } = await talking.slip("a").locator(part).evaluate((one) => {
        const { direction, unicodeBidi } = getComputedStyle(one);
        return { direction, unicodeBidi };
      });
      assert(part === ".slip-head" ? direction === "ltr" : unicodeBidi === "plaintext");
    }
  });

  await t.step("a very long text is shown when asked for; a long word is broken", async () => {
    await using talking = await open({ viewport: { width: 390, height: 844 } });
    const text = Array.from({ length: 400 }, (_, index) => `line ${index}`).join("\n");
    await talking.add(say("a", text), say("b", "w".repeat(3_000)), say("c", "short"));
    const words = talking.slip("a").locator(".slip-text");
    assertEquals(await words.innerText(), text);
    const height = () => words.evaluate((element) => element.getBoundingClientRect().height);
    assert(await height() < 400);
    const more = talking.slip("a").getByRole("button", { name: "Show all" });
    assertEquals(await more.getAttribute("aria-expanded"), "false");
    await more.click();
    assert(await height() > 4_000);
    await talking.slip("a").getByRole("button", { name: "Show less" }).click();
    assert(await height() < 400);
    assert(await talking.log.evaluate((log) => log.scrollWidth <= log.clientWidth));
    assertEquals(await talking.slip("c").getByRole("button", { name: "Show all" }).count(), 0);
  });

  await t.step("what is said in one breath has one name and one time", async () => {
    await using talking = await open();
    await talking.show({ names: [["ben", "Ben"], ["ada", "Ada"]], company: 2 });
    await talking.add(
      say("a", "one"),
      say("b", "two", { at: AT + 60_000 }),
      say("c", "three", { at: AT + 10 * 60_000 }),
      say("d", "four", { at: AT + 10 * 60_000, from: "ada" }),
      say("e", "five", { at: AT + 10 * 60_000, from: "eve" }),
    );
    const heads = await talking.log.locator(".slip-name").allInnerTexts();
    assertEquals(heads, ["Ben", "Ben", "Ada", "Somebody"]);
    assertEquals(await talking.log.locator(".slip-head time").count(), 4);
    // Somebody's name in another's words, and without a name in a room of two, nothing to tell apart.
    await talking.show({ names: [], company: 1 });
    assertEquals(await talking.log.locator(".slip-name").count(), 0);
  });

  await t.step("each day begins with its name, and a message knows its exact time", async () => {
    await using talking = await open();
    const now = Date.now();
    const day = 24 * 3_600_000;
    await talking.add(
      say("a", "old", { at: AT - 400 * day }),
      say("b", "yesterday", { at: now - day }),
      say("c", "today", { at: now }),
      say("d", "today, too", { at: now }),
    );
    const [old, ...near] = await talking.log.locator(".day").allInnerTexts();
    assertEquals(near, ["Yesterday", "Today"]);
    assert(old?.includes("2024"), old);
    assertEquals(await talking.log.getByRole("listitem").count(), 4);
    assert((await talking.slip("a").locator(".bubble").getAttribute("title"))?.includes("2024"));
    await using german = await open({}, "de");
    await german.add(say("c", "heute", { at: now }));
    assertEquals(await german.log.locator(".day").innerText(), "Heute");
  });

  await t.step("how far a message has come is shown, and in words for the last one", async () => {
    await using talking = await open();
    const mine = makeMessages(10).filter(({ delivery }) => delivery);
    await talking.add(...mine);
    const marks = talking.log.locator(".mark");
    assertEquals(await marks.allTextContents(), ["Seen", "Seen"]);
    const visible = (index: number) =>
      marks.nth(index).locator("span").evaluate((word) => word.getBoundingClientRect().width > 1);
    assertEquals([await visible(0), await visible(1)], [false, true]);
    await talking.replace({ ...mine[1]!, delivery: "sending" });
    const last = talking.slip(mine[1]!.id);
    assertEquals(await last.getAttribute("data-delivery"), "sending");
    assertEquals(await last.locator(".mark").innerText(), "Waiting to be sent");
  });
});
