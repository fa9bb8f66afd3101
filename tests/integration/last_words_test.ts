import { assertEquals } from "@std/assert";
import { SUBPROTOCOL } from "../../lib/protocol/messages.ts";
import { expect } from "./peers.ts";
import { startSignalingServer } from "./signaling_server.ts";
import { SocketClient } from "./socket_client.ts";

const CANDIDATE = { type: "candidate", candidate: null };

const ENDS: [number, string, (client: SocketClient) => void][] = [
  [1003, "a binary frame", (client) => client.send(new Uint8Array(2))],
  [1009, "a frame too large", (client) => client.send("x".repeat(20_000))],
  [4500, "the eleventh bad message", (client) => {
    for (let i = 0; i <= 10; i++) client.send("bad");
  }],
  [4403, "the third message over the rate", (client) => {
    for (let i = 0; i < 59 + 3; i++) client.send({ type: "ping", t: i });
  }],
];

for (const [code, what, provoke] of ENDS) {
  for (const more of [0, 1, 5]) {
    Deno.test(`a peer that said ${what} hears why it is closed, with ${more} more on the way`, async () => {
      await using server = startSignalingServer({ MESSAGES_PER_SECOND: "1" });
      await using client = await SocketClient.open(server.roomUrl("x"), SUBPROTOCOL);
      client.send({ type: "join" });
      await expect(client, { type: "welcome" });
      provoke(client);
      for (let i = 0; i < more; i++) client.send(CANDIDATE);
      // The code alone tells a client whether it may come back.
      assertEquals((await client.closed).code, code);
    });
  }
}
