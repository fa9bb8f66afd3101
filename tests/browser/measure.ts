/**
 * Measures the room in a real browser, and prints the tables of `docs/FIGURES.md`: the weight of each
 * page, what a message costs among many, and what a big file costs. The size of that file, in MiB, may
 * be given.
 */
import type { Browser, Page } from "playwright-core";
import { startApp } from "./app_server.ts";
import { launchBrowser, newPage } from "./launch.ts";
import { openPair } from "./room_page.ts";
import { makeMessages, serveTalking, TalkingPage } from "./talking_page.ts";

const size = Number(Deno.args[0] ?? 1024);

await using app = await startApp();
await using launched = await launchBrowser();
const { browser } = launched;

console.log("| page | scripts and style sheets, bytes | files |\n| --- | --- | --- |");
for (const path of ["/", "/r/weight", "/check", "/offline"]) console.log(await weigh(path));

console.log(
  "\n| messages | first draw, ms | one more, ms | one mark, ms |\n| --- | --- | --- | --- |",
);
for (const count of [10, 1_000, 5_000]) console.log(await talk(count));

console.log(
  "\n| file | seconds | MB/s | heaps, MB | processes, MB |\n| --- | --- | --- | --- | --- |",
);
console.log(await send(size));

async function weigh(path: string): Promise<string> {
  const { page } = await newPage(browser);
  const sizes: Promise<{ responseBodySize: number }>[] = [];
  page.on("requestfinished", (request) => {
    const isPart = ["script", "stylesheet"].includes(request.resourceType());
    if (isPart) sizes.push(request.sizes());
  });
  await page.goto(app.origin + path, { waitUntil: "networkidle" });
  const total = (await Promise.all(sizes)).reduce(
    (sum, { responseBodySize }) => sum + responseBodySize,
    0,
  );
  await page.context().close();
  return `| ${path} | ${total} | ${sizes.length} |`;
}

/** Script and layout of a list, on a phone's screen; medians of 20. */
async function talk(count: number): Promise<string> {
  await using server = await serveTalking();
  const screen = { viewport: { width: 390, height: 844 } };
  await using talking = await TalkingPage.open(browser, `${server.origin}/en`, screen);
  const [first, add, mark] = await talking.page.evaluate(async (messages) => {
    // deno-lint-ignore no-explicit-any
    const { talk } = globalThis as any;
    const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    async function time(work: () => void): Promise<number> {
      await frame();
      const start = performance.now();
      work();
      await Promise.resolve();
      // Asked for, the layout is done at once.
      void document.querySelector(".log")?.scrollHeight;
      return performance.now() - start;
    }
    const median = (times: number[]) => times.sort((one, other) => one - other)[10]!;
    const first = await time(() => talk.show({ messages }));
    const adds: number[] = [];
    const marks: number[] = [];
    const own = messages.findLast(({ delivery }) => delivery);
    for (let index = 0; index < 20; index++) {
      const message = { id: `new-${index}`, at: Date.now(), text: "one more", from: "ben" };
      adds.push(await time(() => talk.add(message)));
      const delivery = index % 2 ? "seen" : "delivered";
      marks.push(await time(() => talk.replace({ ...own, delivery })));
    }
    return [first, median(adds), median(marks)];
  }, makeMessages(count));
  return `| ${count} | ${first!.toFixed(0)} | ${add!.toFixed(1)} | ${mark!.toFixed(1)} |`;
}

/** A file from page to page, into the browser's own storage; the most of the heap, and of each process. */
async function send(mebibytes: number): Promise<string> {
  const prepare = (page: Page) => page.addInitScript("delete globalThis.showSaveFilePicker");
  await using pair = await openPair(browser, `${app.origin}/r/measure`, { prepare });
  const { alice, bob } = pair;
  await bob.page.evaluate((mebibytes) => {
    const block = new Blob([crypto.getRandomValues(new Uint8Array(65_536))]);
    const file = new File(Array<Blob>(mebibytes * 16).fill(block), "big.bin");
    const transfer = new DataTransfer();
    transfer.items.add(file);
    const input = document.querySelector<HTMLInputElement>('input[type="file"]')!;
    input.files = transfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }, mebibytes);
  await alice.page.getByRole("button", { name: "Accept" }).click();
  const start = performance.now();
  const most = { heap: 0, process: 0 };
  const before = await measureProcesses(browser);
  const done = alice.page.getByText("It arrived whole.").waitFor({ timeout: 0 });
  let isDone = false;
  void done.then(() => isDone = true);
  while (!isDone) {
    await Promise.race([done, new Promise((resolve) => setTimeout(resolve, 500))]);
    for (const { page } of [alice, bob]) most.heap = Math.max(most.heap, await measureHeap(page));
    most.process = Math.max(most.process, await measureProcesses(browser));
  }
  const seconds = (performance.now() - start) / 1000;
  const rate = mebibytes * 1.048576 / seconds;
  const processes = `${before.toFixed(0)} → ${most.process.toFixed(0)}`;
  return `| ${mebibytes} MiB | ${seconds.toFixed(0)} | ${rate.toFixed(1)} | at most ${
    most.heap.toFixed(0)
  } | ${processes} |`;
}

async function measureHeap(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  await session.detach();
  return usedSize / 1e6;
}

/** The most memory that one process of a page has (Linux only). */
async function measureProcesses(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  let most = 0;
  for (const { id, type } of processInfo) {
    if (type !== "renderer") continue;
    const status = await Deno.readTextFile(`/proc/${id}/status`).catch(() => "");
    most = Math.max(most, Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1000);
  }
  return most;
}
