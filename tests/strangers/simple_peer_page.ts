import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { newPage, type OpenedPage } from "../browser/launch.ts";
import type { Stranger } from "./stranger.ts";

/** The package that `simple_peer.lock` pins by its hash. */
const SOURCE = "npm:simple-peer@9.11.1/simplepeer.min.js";

/**
 * Builds a page that speaks version 1 with `simple-peer` and no code of ours: its address says the
 * `room`, whether it is the `initiator`, and whether its candidates are in its description (`whole`). When
 * the other leaves it begins anew and waits to be called, as its kind do.
 */
export async function buildSimplePeerPage(): Promise<string> {
  return `<!doctype html><title>simple-peer</title><link rel="icon" href="data:,"><ol></ol>
<script>${await readSimplePeer()}</script>
<script>
  const asked = new URLSearchParams(location.search);
  const socket = new WebSocket("ws://" + location.host + "/ws/signal?room=" + asked.get("room"));
  let peer;
  function begin(initiator) {
    peer = new SimplePeer({
      initiator,
      channelName: "chat",
      config: { iceServers: [] },
      trickle: !asked.has("whole"),
    });
    peer.on("signal", (signal) => socket.send(JSON.stringify(signal)));
    peer.on("error", (error) => console.error(error.message));
    peer.on("data", (data) => {
      const item = document.createElement("li");
      item.innerText = new TextDecoder().decode(data);
      document.querySelector("ol").append(item);
    });
  }
  socket.onopen = () => begin(asked.has("initiator"));
  socket.onmessage = ({ data }) => {
    const message = JSON.parse(data);
    if (message.type !== "leave") return peer.signal(message);
    peer.destroy();
    begin(false);
  };
</script>`;
}

/** Somebody at a page with `simple-peer`. */
export class SimplePeerPage implements Stranger {
  /** Each error of the page so far. */
  readonly errors: string[];
  #page: OpenedPage["page"];

  private constructor({ page, errors }: OpenedPage) {
    this.#page = page;
    this.errors = errors;
  }

  /** Opens the page at `url`. */
  static async open(browser: Browser, url: string): Promise<SimplePeerPage> {
    const opened = await newPage(browser);
    await opened.page.goto(url);
    return new SimplePeerPage(opened);
  }

  async say(text: string): Promise<void> {
    await this.#page.waitForFunction("peer?.connected");
    await this.#page.evaluate(`peer.send(${JSON.stringify(text)})`);
  }

  async hear(text: string): Promise<void> {
    await this.#page.getByRole("listitem").getByText(text, { exact: true }).waitFor();
  }

  async heard(): Promise<string[]> {
    return await this.#page.getByRole("listitem").allInnerTexts();
  }

  async leave(): Promise<void> {
    await this.#page.evaluate("peer.destroy(), socket.close()");
    await this.#page.context().close();
  }
}

/**
 * Reads the file that the package has for browsers; in a process of its own, as a package with a lock
 * of its own is none that the app's first start downloads (see `find_browser.ts`).
 */
async function readSimplePeer(): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "eval",
      "--no-config",
      "--lock=" + fileURLToPath(new URL("./simple_peer.lock", import.meta.url)),
      "--frozen",
      `import source from "${SOURCE}" with { type: "text" }; console.log(source);`,
    ],
    env: { NO_COLOR: "1" },
  }).output();
  const text = new TextDecoder();
  if (!success) throw new Error(`Cannot read ${SOURCE}:\n${text.decode(stderr)}`);
  return text.decode(stdout);
}
