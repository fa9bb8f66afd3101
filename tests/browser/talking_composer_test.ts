import { assert, assertEquals } from "@std/assert";
import { launchBrowser } from "./launch.ts";
import { serveTalking, TalkingPage } from "./talking_page.ts";

interface Pressed {
  key: string;
  isComposing?: boolean;
  keyCode?: number;
  shiftKey?: boolean;
}

Deno.test("a message is written", async (t) => {
  await using server = await serveTalking();
  await using launched = await launchBrowser();
  const { browser } = launched;
  const open = (options = {}) => TalkingPage.open(browser, `${server.origin}/en`, options);

  /** Puts a text into the clipboard's place, and pastes it. */
  const paste = (talking: TalkingPage, length: number) =>
    talking.composer.evaluate((field: HTMLTextAreaElement, length) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", "x".repeat(length));
      const options = { clipboardData, bubbles: true, cancelable: true };
      return field.dispatchEvent(new ClipboardEvent("paste", options));
    }, length);

  await t.step("Enter sends, unless it ends a word of an input method", async () => {
    await using talking = await open();
    await talking.composer.fill("にほんご");
    const press = (init: Pressed) =>
      talking.composer.evaluate(
        (field, init) =>
          field.dispatchEvent(
            new KeyboardEvent("keydown", { ...init, cancelable: true, bubbles: true }),
          ),
        init,
      );
    assertEquals(await press({ key: "Enter", isComposing: true }), true);
    // Safari says so only by the number of the key.
    assertEquals(await press({ key: "Enter", keyCode: 229 }), true);
    assertEquals(await press({ key: "Enter", shiftKey: true }), true);
    assertEquals(await talking.said(), []);
    assertEquals(await press({ key: "Enter" }), false);
    assertEquals(await talking.said(), [{ text: "にほんご" }]);
  });

  await t.step("the field grows with its text, up to a bound", async () => {
    for (const canGrow of [true, false]) {
      await using talking = await open({
        prepare: async (page: TalkingPage["page"]) => {
          if (canGrow) return;
          await page.addInitScript(() => {
            const { supports } = CSS;
            CSS.supports = ((...args: [string]) =>
              args[0] !== "field-sizing" && supports.call(CSS, ...args)) as typeof supports;
          });
          await page.route("**/messages.css", async (route) => {
            const response = await route.fetch();
            const body = (await response.text()).replace("field-sizing: content;", "");
            await route.fulfill({ response, body });
          });
        },
      });
      const height = async () => (await talking.composer.boundingBox())?.height ?? 0;
      const one = await height();
      await talking.composer.fill("one\ntwo\nthree");
      const three = await height();
      await talking.composer.fill("line\n".repeat(50));
      const many = await height();
      await talking.composer.press("Enter");
      assert(one < three && three < many && many <= 160, `${canGrow} ${one} ${three} ${many}`);
      assertEquals(await height(), one);
    }
  });

  await t.step("the limit is shown before it bites, and takes nothing away", async () => {
    await using talking = await open();
    const { page, composer } = talking;
    const send = page.getByRole("button", { name: "Send" });
    await composer.fill("x".repeat(12_000));
    assertEquals(await page.locator(".left").count(), 0);
    await composer.fill("x".repeat(15_000));
    assertEquals(await page.locator(".left").innerText(), "1,125 characters left");
    assertEquals(await send.isEnabled(), true);
    // Of characters that take more bytes, fewer fit.
    await composer.fill("字".repeat(5_000));
    assertEquals(await page.locator(".left").innerText(), "375 characters left");
    const tooLong = "x".repeat(17_000);
    await composer.fill(tooLong);
    await page.getByRole("alert").getByText("This message is too long").waitFor();
    assertEquals(await page.locator(".left").innerText(), "874 characters too many");
    assertEquals(await send.isDisabled(), true);
    await composer.press("Enter");
    assertEquals([await composer.inputValue(), await talking.said()], [tooLong, []]);
    await composer.fill("x".repeat(16_000));
    assertEquals(await page.getByRole("alert").count(), 0);
    await composer.press("Enter");
    assertEquals((await talking.said()).length, 1);
  });

  await t.step("what is far too long is not even pasted", async () => {
    await using talking = await open();
    await talking.composer.fill("before ");
    assertEquals(await paste(talking, 60_000), true);
    assertEquals(await paste(talking, 5_000_000), false);
    await talking.page.getByRole("alert").getByText("5,000,000 characters").waitFor();
    assertEquals(await talking.composer.inputValue(), "before ");
    await talking.composer.press("a");
    assertEquals(await talking.page.getByRole("alert").count(), 0);
  });

  await t.step("what was not sent is there again after a reload, and what was is not", async () => {
    await using talking = await open();
    const { page, composer } = talking;
    await composer.fill("half a sen");
    await page.reload();
    assertEquals(await composer.inputValue(), "half a sen");
    await composer.press("Enter");
    await page.reload();
    assertEquals(await composer.inputValue(), "");
    await composer.fill("x".repeat(15_000));
    await page.reload();
    assertEquals(await page.locator(".left").count(), 1);
  });

  await t.step("others are told that we write, and that we stopped", async () => {
    await using talking = await open();
    const { composer } = talking;
    await composer.pressSequentially("abc");
    assertEquals(await talking.typed(), [true]);
    await composer.fill("");
    assertEquals(await talking.typed(), [true, false]);
    await composer.fill("abc");
    await composer.press("Enter");
    assertEquals(await talking.typed(), [true, false, true, false]);
    await composer.fill("abc");
    await talking.log.focus();
    assertEquals(await talking.typed(), [true, false, true, false, true, false]);
  });
});
