import { assertEquals } from "@std/assert";
import { SocketClient } from "../integration/socket_client.ts";
import { frame, join, message, OPCODE } from "./frames.ts";
import { patiently } from "../fakes/patience.ts";
import { newRoom, RawSocket } from "./raw_socket.ts";
import { runTrials, type Trial } from "./trials.ts";
import type { Target } from "./target.ts";

const MIB = 1024 * 1024;

/** Says so much to the room that the network cannot hold it, until something is heard. */
async function flood(client: SocketClient, target: Target): Promise<unknown> {
  const offer = JSON.stringify({ type: "offer", sdp: "x".repeat(16_000) });
  let heard: unknown;
  const listening = client.next().then((frame) => heard = frame);
  while (heard === undefined) {
    for (let i = 0; i < 50; i++) client.send(offer);
    // The server answers, so it has not fallen behind.
    await target.held();
  }
  await listening;
  return heard;
}

/** A peer stops reading while its partner talks and talks. */
function deaf(name: string, act: (socket: RawSocket) => Promise<void> | void): Trial {
  return {
    name,
    growth: 32 * MIB,
    async run(target) {
      const room = newRoom();
      using socket = await RawSocket.join(target.port, { room });
      const { client } = await SocketClient.join(target.roomUrl(room));
      await using _ = client;
      await act(socket);
      const { peer } = socket.welcome;
      const heard = await patiently(flood(client, target), "the seat to be freed");
      assertEquals(heard, { type: "peer-left", peer, reason: "lost" });
      await client.nothingElse();
      // The seat is free, although the socket is still there.
      using newcomer = await RawSocket.join(target.port, { room });
      assertEquals((await client.next()).peer, newcomer.welcome.peer);
    },
  };
}

/** Nobody reads the answers, so the network is full before long; it ends with the socket. */
async function pingWithoutEnd(socket: RawSocket): Promise<void> {
  const pings = join(...new Array(1000).fill(frame(OPCODE.ping, "x".repeat(125))));
  while (await socket.tryWrite(pings));
}

Deno.test("a peer that stops reading loses its seat when too much waits for it", async (t) => {
  await runTrials(t, [
    deaf("it does nothing at all", () => {}),
    deaf("it goes on talking", (socket) => socket.write(message({ type: "ping", t: 1 }))),
    deaf("it sends half a message", (socket) => {
      return socket.write(frame(OPCODE.text, "{", { fin: false }));
    }),
    deaf("it sends more pings than the network holds answers for", (socket) => {
      void pingWithoutEnd(socket);
    }),
    {
      name: "of version 1 too",
      growth: 32 * MIB,
      async run(target) {
        const room = newRoom();
        using _ = await RawSocket.upgrade(target.port, { room, protocol: null });
        await using client = await SocketClient.open(target.roomUrl(room));
        assertEquals(await patiently(flood(client, target), "the leave"), { type: "leave" });
      },
    },
  ], { MAX_BUFFERED_BYTES: "65536", BYTES_PER_SECOND: "0" });
});
