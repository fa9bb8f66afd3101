import { assertEquals } from "@std/assert";
import { onWake } from "../../lib/client/wake.ts";

/** What Deno has not got of a browser. */
class FakeDocument extends EventTarget {
  visibilityState: DocumentVisibilityState = "visible";
}

/** Puts a browser's globals in place; they go when this is disposed of. */
function openBrowser(connection?: EventTarget) {
  const document = new FakeDocument();
  Object.defineProperty(globalThis, "document", { value: document, configurable: true });
  if (connection !== undefined) {
    Object.defineProperty(navigator, "connection", { value: connection, configurable: true });
  }
  return {
    document,
    [Symbol.dispose]() {
      Reflect.deleteProperty(globalThis, "document");
      Reflect.deleteProperty(navigator, "connection");
    },
  };
}

/** How often `onWake()` calls back when `event` is dispatched at `target`. */
function countWakes(target: EventTarget, event: string): number {
  let wakes = 0;
  const cancel = onWake(() => void wakes++);
  target.dispatchEvent(new Event(event));
  cancel();
  return wakes;
}

Deno.test("onWake() hears that the network is back, and that the page goes on", () => {
  using browser = openBrowser();
  assertEquals(countWakes(globalThis, "online"), 1);
  assertEquals(countWakes(globalThis, "pageshow"), 1);
  assertEquals(countWakes(browser.document, "resume"), 1);
  assertEquals(countWakes(globalThis, "offline"), 0);
});

Deno.test("onWake() hears that the page is looked at, and not that it is no more", () => {
  using browser = openBrowser();
  assertEquals(countWakes(browser.document, "visibilitychange"), 1);
  browser.document.visibilityState = "hidden";
  assertEquals(countWakes(browser.document, "visibilitychange"), 0);
});

Deno.test("onWake() hears of another network where the browser tells of it", () => {
  const connection = new EventTarget();
  using _browser = openBrowser(connection);
  assertEquals(countWakes(connection, "change"), 1);
});

Deno.test("onWake() hears nothing more once it was undone, which may be done twice", () => {
  const connection = new EventTarget();
  using browser = openBrowser(connection);
  let wakes = 0;
  const cancel = onWake(() => void wakes++);
  cancel();
  cancel();
  for (const event of ["online", "pageshow"]) dispatchEvent(new Event(event));
  for (const event of ["resume", "visibilitychange"]) {
    browser.document.dispatchEvent(new Event(event));
  }
  connection.dispatchEvent(new Event("change"));
  assertEquals(wakes, 0);
});
