import { Buffer } from "node:buffer";
import type { Locator, Page } from "playwright-core";
import type { RoomPage } from "./room_page.ts";

/** A file as Playwright hands it to a page. */
export interface Sent {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

/** Makes a file. */
export function sent(name: string, content: string | Uint8Array, mimeType = "text/plain"): Sent {
  return { name, mimeType, buffer: Buffer.from(content) };
}

/** Chooses files with the button. */
export async function attach(room: RoomPage, ...files: Sent[]): Promise<void> {
  const chosen = room.page.waitForEvent("filechooser");
  await room.page.getByRole("button", { name: "Attach files" }).click();
  await (await chosen).setFiles(files);
}

/** The card of a file. */
export function cardOf(room: RoomPage, name: string): Locator {
  return room.log.getByRole("group", { name, exact: true });
}

/** Presses a button of a card. */
export function press(card: Locator, name: string): Promise<void> {
  return card.getByRole("button", { name, exact: true }).click();
}

/** Waits until a card says something. */
export async function untilSays(card: Locator, words: string): Promise<void> {
  await card.getByText(words).waitFor();
}

/** Saves the file of a card, and answers with what is in it. */
export async function save(room: RoomPage, card: Locator): Promise<string> {
  const download = room.page.waitForEvent("download");
  await card.getByRole("link", { name: "Save" }).click();
  return await Deno.readTextFile(await (await download).path());
}

/** Has a page read `blocks` blocks of its files, and no more until `release()` is called in it. */
export function holdReading(page: Page, blocks: number): Promise<unknown> {
  return page.addInitScript(`{
    const { promise, resolve } = Promise.withResolvers();
    globalThis.release = resolve;
    let left = ${blocks};
    const read = Blob.prototype.arrayBuffer;
    Blob.prototype.arrayBuffer = async function () {
      if (left-- <= 0) await promise;
      return read.call(this);
    };
  }`);
}

/** Has a page answer as if somebody had chosen a place, and keep what it was asked in `asked`. */
export function chooseInPage(page: Page): Promise<unknown> {
  return page.addInitScript(`{
    globalThis.asked = [];
    globalThis.showSaveFilePicker = async ({ suggestedName }) => {
      const isGesture = navigator.userActivation.isActive;
      asked.push(suggestedName + (isGesture ? " in a gesture" : " out of the blue"));
      const root = await navigator.storage.getDirectory();
      return globalThis.chosen = await root.getFileHandle("chosen", { create: true });
    };
  }`);
}

/** Lets something happen to the page that files are dragged over, dropped on, or pasted into. */
export function bring(page: Page, event: "dragenter" | "drop" | "paste", options: {
  name?: string;
  size?: number;
  text?: string;
  selector?: string;
}): Promise<boolean> {
  return page.evaluate(({ event, name, size = 7, text, selector = "textarea" }) => {
    const data = new DataTransfer();
    if (name !== undefined) {
      data.items.add(new File([new Uint8Array(size)], name, { type: "text/plain" }));
    }
    if (text !== undefined) data.setData("text/plain", text);
    const options = { bubbles: true, cancelable: true };
    const happening = event === "paste"
      ? new ClipboardEvent(event, { ...options, clipboardData: data })
      : new DragEvent(event, { ...options, dataTransfer: data });
    return document.querySelector(selector)!.dispatchEvent(happening);
  }, { event, ...options });
}
