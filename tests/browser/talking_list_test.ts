import { assert, assertEquals } from "@std/assert";
import { BLOCK } from "../../islands/room/messages/blocks.ts";
import { launchBrowser } from "./launch.ts";
import { makeMessages, serveTalking, TalkingPage } from "./talking_page.ts";

const PHONE = { viewport: { width: 390, height: 844 } };

Deno.test("the list of messages goes along", async (t) => {
  await using server = await serveTalking();
  await using launched = await launchBrowser();
  const { browser } = launched;
  const open = (options = {}) => TalkingPage.open(browser, `${server.origin}/en`, options);
  const more = makeMessages(400);

  await t.step("it begins at the end, and stays there", async () => {
    await using talking = await open();
    await talking.add(...more.slice(0, 300));
    await talking.slip("m299").waitFor();
    assert(await talking.aboveEnd() < 2);
    for (const message of more.slice(300, 310)) await talking.add(message);
    assert(await talking.aboveEnd() < 2);
    assertEquals(await talking.page.getByRole("button", { name: /new message/ }).count(), 0);
  });

  await t.step("it stays put for who reads further up, and says what came", async () => {
    await using talking = await open();
    await talking.add(...more.slice(0, 300));
    await talking.slip("m100").evaluate((slip) => slip.scrollIntoView());
    const place = () => talking.slip("m100").evaluate((slip) => slip.getBoundingClientRect().top);
    // What is drawn for the first time may still take its real height.
    await talking.page.evaluate(() =>
      new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
    );
    const before = await place();
    await talking.add(more[300]!);
    await talking.page.getByRole("button", { name: "1 new message" }).waitFor();
    await talking.add(more[301]!, more[302]!);
    assertEquals(await place(), before);
    await talking.page.getByRole("button", { name: "3 new messages" }).click();
    assert(await talking.aboveEnd() < 2);
    assertEquals(await talking.focused().getAttribute("role"), "log");
    assertEquals(await talking.page.getByRole("button", { name: /new message/ }).count(), 0);
  });

  await t.step("what we say ourselves brings us to the end", async () => {
    await using talking = await open();
    await talking.add(...more.slice(0, 300));
    await talking.slip("m10").evaluate((slip) => slip.scrollIntoView());
    await talking.composer.fill("here I am");
    await talking.composer.press("Enter");
    await talking.log.getByText("here I am").waitFor();
    assert(await talking.aboveEnd() < 2);
  });

  await t.step("the end stays in sight when the room gets smaller", async () => {
    await using talking = await open(PHONE);
    await talking.add(...more.slice(0, 60));
    await talking.page.setViewportSize({ width: 390, height: 420 });
    await talking.slip("m59").evaluate((slip) =>
      new Promise<void>((resolve) => {
        new IntersectionObserver(([entry]) => entry?.isIntersecting && resolve()).observe(slip);
      })
    );
    assert(await talking.aboveEnd() < 2);
  });

  await t.step("a keyboard that covers the page covers neither the end nor the field", async () => {
    await using talking = await open({
      ...PHONE,
      prepare: (page: TalkingPage["page"]) =>
        page.addInitScript(() => {
          const viewport = new EventTarget();
          Object.assign(viewport, { scale: 1, height: innerHeight, offsetTop: 0 });
          Object.defineProperty(globalThis, "visualViewport", { value: viewport });
        }),
    });
    await talking.add(...more.slice(0, 60));
    const resize = (height: number) =>
      talking.page.evaluate((height) => {
        const viewport = globalThis.visualViewport!;
        Object.assign(viewport, { height });
        viewport.dispatchEvent(new Event("resize"));
      }, height);
    const bottom = () => talking.composer.evaluate((field) => field.getBoundingClientRect().bottom);
    await resize(500);
    assert(await bottom() <= 500);
    await talking.slip("m59").evaluate((slip) =>
      new Promise<void>((resolve) => {
        new IntersectionObserver(([entry]) => entry?.isIntersecting && resolve()).observe(slip);
      })
    );
    assert(await talking.aboveEnd() < 2);
    await resize(844);
    assert(await bottom() > 700);
  });

  await t.step("what is put in above moves nothing that is read", async () => {
    await using talking = await open();
    await talking.show({ messages: more.slice(200) });
    await talking.slip("m300").evaluate((slip) => slip.scrollIntoView({ block: "center" }));
    const place = () => talking.slip("m300").evaluate((slip) => slip.getBoundingClientRect().top);
    await talking.page.evaluate(() =>
      new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
    );
    const before = await place();
    await talking.show({ messages: more.slice(200 - BLOCK) });
    await talking.page.evaluate(() =>
      new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
    );
    assert(Math.abs(await place() - before) < 2, `${before} -> ${await place()}`);
  });

  await t.step("everything that is forgotten is gone, and the list begins anew", async () => {
    await using talking = await open();
    await talking.add(...more.slice(0, 300));
    await talking.slip("m10").evaluate((slip) => slip.scrollIntoView());
    await talking.add(more[300]!);
    await talking.show({ messages: [] });
    assertEquals(await talking.log.getByRole("listitem").count(), 0);
    assertEquals(await talking.page.getByRole("button", { name: /new message/ }).count(), 0);
    await talking.add(...more);
    assert(await talking.aboveEnd() < 2);
  });

  await t.step("among thousands, only what changed is drawn anew", async () => {
    await using talking = await open();
    const many = makeMessages(4_990);
    await talking.show({ messages: many, names: [["ben", "Ben"]] });
    await talking.page.evaluate(() => {
      const changed = new Set<string>();
      Object.assign(globalThis, { changed });
      const idOf = (node: Node | null) =>
        (node instanceof Element ? node : node?.parentElement)?.closest("[data-id]")
          ?.getAttribute("data-id") ?? "none";
      new MutationObserver((records) => {
        for (const { target, addedNodes } of records) {
          for (const node of addedNodes) changed.add(idOf(node));
          if (addedNodes.length === 0) changed.add(idOf(target));
        }
      }).observe(document.querySelector("[role=log]")!, {
        subtree: true,
        childList: true,
        attributes: true,
        characterData: true,
      });
    });
    await talking.replace({ ...many[4]!, delivery: "sent" });
    await talking.add({ id: "new", at: Date.now(), text: "new", from: "ben" });
    // The same names in another map are no other names.
    await talking.show({ names: [["ben", "Ben"]], typing: ["Ben"] });
    const changed = await talking.page.evaluate(() =>
      Array.from((globalThis as unknown as { changed: Set<string> }).changed)
    );
    assertEquals(changed.sort(), ["m4", "new"]);
    const skipped = await talking.log.locator(".block").evaluateAll((blocks) =>
      blocks.filter((block) =>
        !block.firstElementChild!.checkVisibility({
          contentVisibilityAuto: true,
        })
      ).length
    );
    assert(skipped > 90, `${skipped} blocks are not laid out`);
    assertEquals(await talking.log.getByRole("listitem").count(), 4_991);
  });

  await t.step("who is writing is shown, and nothing moves for it", async () => {
    await using talking = await open();
    await talking.add(...more.slice(0, 3));
    const box = () => talking.composer.boundingBox();
    const before = await box();
    const line = talking.page.locator(".typing");
    for (
      const [typing, words] of [
        [["Ben"], "Ben is writing…"],
        [["Ben", "Ada"], "Ben and Ada are writing…"],
        [[""], "Writing…"],
        [[], ""],
      ] as [string[], string][]
    ) {
      await talking.show({ typing });
      assertEquals(await line.innerText(), words);
      assertEquals(await box(), before);
    }
    assertEquals(await line.getAttribute("aria-hidden"), "true");
  });
});
