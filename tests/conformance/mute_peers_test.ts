import { assertEquals } from "@std/assert";
import { SocketClient } from "../integration/socket_client.ts";
import { frame, message, OPCODE } from "./frames.ts";
import { patiently } from "../fakes/patience.ts";
import { newRoom, RawSocket } from "./raw_socket.ts";
import { runTrials } from "./trials.ts";
import type { Target } from "./target.ts";

const MIB = 1024 * 1024;

/** What the runtime says to a peer that answers no ping. */
const IDLE = ["ping", "close 1001 No response from ping frame.", "end"];

/** A peer of version 2 and its partner, who hears first that it is away and then that it is lost. */
async function fallsSilent(
  target: Target,
  act: (socket: RawSocket) => Promise<unknown>,
): Promise<void> {
  const room = newRoom();
  using mute = await RawSocket.join(target.port, { room });
  const { client } = await SocketClient.join(target.roomUrl(room));
  await using _ = client;
  await act(mute);
  const { peer } = mute.welcome;
  assertEquals(await patiently(client.next(), "peer-away"), { type: "peer-away", peer });
  const left = { type: "peer-left", peer, reason: "lost" };
  assertEquals(await patiently(client.next(), "peer-left"), left);
  const heard = (await mute.readAll()).filter((word) => !/^(text peer-joined|pong)/.test(word));
  assertEquals(heard, IDLE);
}

/** A peer of version 1 and its partner, who hears that it left. */
async function fallsSilentInVersion1(target: Target): Promise<void> {
  const options = { room: newRoom(), protocol: null };
  using mute = await RawSocket.upgrade(target.port, options);
  await using client = await SocketClient.open(target.roomUrl(options.room));
  assertEquals(await mute.readAll(), IDLE);
  assertEquals(await patiently(client.next(), "leave"), { type: "leave" });
}

/** A peer that says nothing but answers: it stays. */
async function answers({ port }: Target): Promise<void> {
  using socket = await RawSocket.join(port);
  for (let pings = 0; pings < 3; pings++) {
    assertEquals(await socket.read(), "ping");
    await socket.write(frame(OPCODE.pong));
  }
  await socket.write(message({ type: "ping", t: 1 }));
  assertEquals(await socket.read(), "text pong 1");
}

/** A peer that reads nothing, and not so much waits for it that it would be noticed by that. */
async function isStuck(target: Target): Promise<void> {
  const room = newRoom();
  using stuck = await RawSocket.join(target.port, { room });
  const { client } = await SocketClient.join(target.roomUrl(room));
  await using _ = client;
  // More than the network holds: the runtime's ping waits behind it, and finds nobody silent.
  const offer = JSON.stringify({ type: "offer", sdp: "x".repeat(16_000) });
  for (let bytes = 0; bytes < 24 * MIB; bytes += offer.length) client.send(offer);
  const { peer } = stuck.welcome;
  const left = { type: "peer-left", peer, reason: "lost" };
  assertEquals(await patiently(client.next(), "peer-left"), left);
}

Deno.test("a peer that gives no sign of life is gone after a while", async (t) => {
  // They wait at the same time, for waiting is all that they do.
  const half = frame(OPCODE.text, "{", { fin: false });
  const ping = frame(OPCODE.ping, "and you?");
  await runTrials(t, [{
    name: "whether it reads or not, whatever it left unfinished, in both versions",
    growth: 64 * MIB,
    async run(target) {
      await Promise.all([
        fallsSilent(target, () => Promise.resolve()),
        fallsSilent(target, (socket) => socket.read()),
        fallsSilent(target, (socket) => socket.write(half)),
        fallsSilent(target, (socket) => socket.write(ping)),
        fallsSilent(target, (socket) => socket.write(message("bad").slice(0, 1))),
        fallsSilentInVersion1(target),
        answers(target),
        isStuck(target),
      ]);
    },
  }], { IDLE_TIMEOUT: "2", MAX_BUFFERED_BYTES: "0", BYTES_PER_SECOND: "0" });
});
