import { assertEquals } from "@std/assert";
import { SUBPROTOCOL } from "../../lib/protocol/messages.ts";
import { HeldClock } from "./held_clock.ts";
import { expect, joinPeer, joinPeers } from "./peers.ts";
import { RawSocket } from "./raw_socket.ts";
import { startSignalingServer } from "./signaling_server.ts";
import { SocketClient } from "./socket_client.ts";

/** An offer of exactly so many bytes; `letter` has as many as UTF-8 gives it. */
function offerOf(bytes: number, letter = "x"): string {
  const empty = '{"type":"offer","sdp":""}'.length;
  const size = new TextEncoder().encode(letter).length;
  const letters = letter.repeat(Math.floor((bytes - empty) / size));
  return `{"type":"offer","sdp":"${letters}${"x".repeat((bytes - empty) % size)}"}`;
}

for (
  const [setting, most] of [[undefined, 16384], ["1000", 1000], ["65536", 65536], ["0", 65536]] as [
    string | undefined,
    number,
  ][]
) {
  const settings = { MAX_MESSAGE_BYTES: setting, BYTES_PER_SECOND: "0" };

  Deno.test(`version 2 may say ${most} bytes where MAX_MESSAGE_BYTES is ${setting}`, async () => {
    await using server = startSignalingServer(settings);
    const url = server.roomUrl("x");
    await using listener = await joinPeer(url);
    assertEquals(
      (listener.welcome.limits as { MAX_MESSAGE_BYTES: number }).MAX_MESSAGE_BYTES,
      most,
    );
    for (const letter of ["x", "é", "\u{1f600}"]) {
      const speaker = await joinPeer(url);
      await expect(listener.client, { type: "peer-joined" });
      speaker.client.send(offerOf(most, letter));
      await expect(listener.client, { type: "offer", from: speaker.id });
      speaker.client.send(offerOf(most + 1, letter));
      await expect(speaker.client, { type: "error", code: "bad-message" });
      assertEquals(await speaker.client.closed, { code: 1009, reason: "message too big" });
      await expect(listener.client, { type: "peer-left", reason: "lost" });
    }
  });

  Deno.test(`version 1 may say ${most} bytes where MAX_MESSAGE_BYTES is ${setting}`, async () => {
    await using server = startSignalingServer(settings);
    const url = server.roomUrl("x");
    await using speaker = await SocketClient.open(url);
    await using listener = await SocketClient.open(url);
    for (const letter of ["x", "é", "\u{1f600}"]) {
      speaker.send(offerOf(most + 1, letter));
      await expect(speaker, { type: "error", code: "bad-message" });
      speaker.send(offerOf(most, letter));
      assertEquals(await listener.nextText(), offerOf(most, letter));
    }
  });
}

Deno.test("a binary frame ends version 2 with 1003 after an error, before its join too", async () => {
  await using server = startSignalingServer();
  for (const joins of [true, false]) {
    await using client = await SocketClient.open(server.roomUrl("x"), SUBPROTOCOL);
    if (joins) {
      client.send({ type: "join" });
      await expect(client, { type: "welcome" });
    }
    client.send(new TextEncoder().encode('{"type":"ping","t":1}'));
    await expect(client, { type: "error", code: "bad-message" });
    assertEquals((await client.closed).code, 1003);
  }
});

Deno.test("ten bad messages of version 2 are survived, joined or not, and the next is not", async () => {
  await using server = startSignalingServer();
  const url = server.roomUrl("x");
  await using listener = await joinPeer(url);
  const bad = ["", "[]", "{", '{"type":"offer"}', '{"type":"ping","t":"1"}', '{"type":"welcome"}'];
  bad.push('{"type":"offer","sdp":"","from":"x"}', '{"type":"offer","sdp":"","to":7}');
  for (const joins of [true, false]) {
    await using client = await SocketClient.open(url, SUBPROTOCOL);
    if (joins) {
      client.send({ type: "join" });
      await expect(client, { type: "welcome" });
      await expect(listener.client, { type: "peer-joined" });
    }
    for (let strikes = 0; strikes < 10; strikes++) {
      client.send(bad[strikes % bad.length]!);
      await expect(client, { type: "error", code: "bad-message" });
    }
    await client.nothingElse();
    client.send("bad");
    await expect(client, { type: "error", code: "bad-message" });
    assertEquals((await client.closed).code, 4500);
    if (joins) await expect(listener.client, { type: "peer-left", reason: "lost" });
  }
  await listener.client.nothingElse();
});

for (
  const [setting, seconds] of [[undefined, 10], ["1", 1], ["30", 30], ["0", 30]] as [
    string | undefined,
    number,
  ][]
) {
  Deno.test(`a join is due after ${seconds} s where JOIN_TIMEOUT is ${setting}`, async () => {
    const clock = new HeldClock();
    await using server = startSignalingServer({ JOIN_TIMEOUT: setting }, clock);
    await using mute = await SocketClient.open(server.roomUrl("x"), SUBPROTOCOL);
    await using joins = await SocketClient.open(server.roomUrl("x"), SUBPROTOCOL);
    await using old = await SocketClient.open(server.roomUrl("x"));
    clock.advance(seconds * 1000 - 1);
    // A sign of life is no join.
    await mute.nothingElse();
    joins.send({ type: "join" });
    await expect(joins, { type: "welcome" });
    clock.advance(1);
    const { message } = await expect(mute, { type: "error", code: "join-timeout" });
    assertEquals(message, `A "join" was due ${seconds} s after opening`);
    assertEquals((await mute.closed).code, 4402);
    await joins.nothingElse();
    await old.nothingElse();
    assertEquals(server.signaling.joining.size, 0);
  });
}

for (const protocol of [SUBPROTOCOL, undefined]) {
  Deno.test(`a ${protocol} socket that answers no ping is closed, and one that does is not`, async () => {
    await using server = startSignalingServer({ IDLE_TIMEOUT: "1" });
    const url = server.roomUrl("x");
    await using live = await SocketClient.open(url, protocol);
    live.send({ type: "join" });
    await live.next();
    using idle = await RawSocket.open(url, protocol === undefined ? {} : { protocol });
    await idle.send({ type: "join" });
    assertEquals(await idle.closeCode(), 1001);
    if (protocol === undefined) await expect(live, { type: "leave" });
    else for (const type of ["peer-joined", "peer-away"]) await expect(live, { type });
    await live.nothingElse();
  });
}

Deno.test("a server without settings holds to the limits of the protocol", async () => {
  await using server = startSignalingServer({});
  assertEquals(server.signaling.config.limits, {
    MAX_MESSAGE_BYTES: 16 * 1024,
    MESSAGES_PER_SECOND: 10,
    MESSAGE_BURST: 60,
    BYTES_PER_SECOND: 32 * 1024,
    BYTE_BURST: 256 * 1024,
    JOIN_TIMEOUT: 10,
    IDLE_TIMEOUT: 30,
    MAX_BUFFERED_BYTES: 256 * 1024,
    ROOM_CAPACITY: 2,
    SEAT_GRACE: 30,
    MAX_ROOMS: 20_000,
    MAX_SOCKETS: 20_000,
    MAX_SOCKETS_PER_ADDRESS: 128,
    UPGRADES_PER_MINUTE: 120,
    MAX_RSS: 1024 * 1024 * 1024,
  });
  await using peers = await joinPeers(server.roomUrl("x"), 2);
  assertEquals(peers[0].welcome.heartbeat, { interval: 10_000, timeout: 5_000 });
});
