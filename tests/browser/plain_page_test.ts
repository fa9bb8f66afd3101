import { assertEquals } from "@std/assert";
import type { Browser } from "playwright-core";
import { startApp } from "./app_server.ts";
import { launchBrowser, newPage, type OpenedPage } from "./launch.ts";
import { RoomPage } from "./room_page.ts";

/** Version 1 as anybody might write it in an afternoon; offers at once where the address says so. */
const PLAIN_PAGE = `<!doctype html><title>plain</title><link rel="icon" href="data:,"><ol></ol>
<script>
  const socket = new WebSocket(location.href.replace("http", "ws").replace("/plain", "/ws/signal"));
  const connection = new RTCPeerConnection();
  const send = (message) => socket.send(JSON.stringify(message));
  connection.onicecandidate = ({ candidate }) => candidate && send({ type: "candidate", candidate });
  connection.ondatachannel = ({ channel }) => adopt(channel);
  function adopt(channel) {
    channel.onopen = () => globalThis.channel = channel;
    channel.onmessage = ({ data }) => {
      document.querySelector("ol").append(Object.assign(document.createElement("li"), { innerText: data }));
    };
  }
  async function describe() {
    await connection.setLocalDescription();
    send(connection.localDescription);
  }
  socket.onopen = () => {
    if (!location.search.includes("offer")) return;
    adopt(connection.createDataChannel("chat"));
    describe();
  };
  socket.onmessage = async ({ data }) => {
    const message = JSON.parse(data);
    if (message.type === "candidate") await connection.addIceCandidate(message.candidate);
    if (!message.sdp) return;
    await connection.setRemoteDescription(message);
    if (message.type === "offer") await describe();
  };
</script>`;

/** Opens a page that is none of ours. */
async function openPlain(browser: Browser, url: string): Promise<OpenedPage> {
  const opened = await newPage(browser);
  await opened.page.goto(url);
  return opened;
}

Deno.test("a page of version 1 chats with ours", async (t) => {
  await using app = await startApp({ "/plain": PLAIN_PAGE });
  await using launched = await launchBrowser();
  const { browser } = launched;

  async function converse(ours: RoomPage, plain: OpenedPage): Promise<void> {
    await ours.untilStatus("connected");
    await ours.say("hello from ours");
    await plain.page.getByRole("listitem").getByText("hello from ours", { exact: true }).waitFor();
    await ours.untilDelivery("hello from ours", "sent");
    await plain.page.evaluate("channel.send('hello from theirs')");
    await ours.hear("hello from theirs");
    assertEquals(await plain.page.getByRole("listitem").count(), 1);
    assertEquals([...ours.errors, ...plain.errors], []);
    await plain.page.context().close();
    await ours.untilStatus("ended");
  }

  await t.step("that was there first, and offered", async () => {
    const plain = await openPlain(browser, `${app.origin}/plain?room=first&offer`);
    await using ours = await RoomPage.open(browser, `${app.origin}/r/first`);
    await converse(ours, plain);
  });

  await t.step("that comes second, and answers", async () => {
    await using ours = await RoomPage.open(browser, `${app.origin}/r/second`);
    await ours.untilStatus("waiting");
    await converse(ours, await openPlain(browser, `${app.origin}/plain?room=second`));
  });

  await t.step("that comes second, and offers all the same", async () => {
    await using ours = await RoomPage.open(browser, `${app.origin}/r/both`);
    await ours.untilStatus("waiting");
    await converse(ours, await openPlain(browser, `${app.origin}/plain?room=both&offer`));
  });
});
