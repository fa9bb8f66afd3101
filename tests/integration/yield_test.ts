import { assertEquals } from "@std/assert";
import { HeldClock } from "./held_clock.ts";
import { expect, joinInVain, joinPeer, joinPeers } from "./peers.ts";
import { startSignalingServer } from "./signaling_server.ts";
import { SocketClient } from "./socket_client.ts";

const FULL = ["room-full", 4502];

Deno.test("a window that was closed blocks its seat for as long as a reload may take", async () => {
  for (const code of [1000, 1005]) {
    const clock = new HeldClock();
    await using server = startSignalingServer({}, clock);
    const url = server.roomUrl("x");
    await using peers = await joinPeers(url, 2);
    const [first, second] = peers;
    await second.client.close(code === 1005 ? undefined : code);
    await expect(first.client, { type: "peer-away", peer: second.id });
    clock.advance(4_000);
    const { welcome: refusal } = await SocketClient.join(url);
    assertEquals([refusal.code, refusal.retryAfter], ["room-full", code === 1000 ? 1 : 26]);
    clock.advance(1_000);
    if (code === 1005) {
      // Nothing was said of going away: the network may have cut it off.
      assertEquals(await joinInVain(url), FULL);
      continue;
    }
    await using third = await joinPeer(url);
    await expect(first.client, { type: "peer-left", peer: second.id, reason: "lost" });
    await expect(first.client, { type: "peer-joined", peer: third.id });
    assertEquals(await joinInVain(url, { resume: second.token }), FULL);
  }
});

Deno.test("a window that was closed makes room for a newcomer of version 1, too", async () => {
  const clock = new HeldClock();
  await using server = startSignalingServer({}, clock);
  const url = server.roomUrl("x");
  await using peers = await joinPeers(url, 2);
  const [first, second] = peers;
  await second.client.close(1000);
  await expect(first.client, { type: "peer-away", peer: second.id });
  clock.advance(5_000);
  await using third = await SocketClient.open(url);
  await expect(first.client, { type: "peer-left", peer: second.id, reason: "lost" });
  await expect(first.client, { type: "peer-joined", version: 1 });
  await third.nothingElse();
});
