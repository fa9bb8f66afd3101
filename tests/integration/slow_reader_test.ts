import { assert, assertEquals } from "@std/assert";
import { SUBPROTOCOL } from "../../lib/protocol/messages.ts";
import { eventually } from "../fakes/patience.ts";
import { HeldClock } from "./held_clock.ts";
import { expect, joinPeer, joinPeers, type Peer } from "./peers.ts";
import { RawSocket } from "./raw_socket.ts";
import { startSignalingServer } from "./signaling_server.ts";

/** What lets a partner say as much as it likes. */
const TALKATIVE = { MESSAGES_PER_SECOND: "0", BYTES_PER_SECOND: "0", MAX_MESSAGE_BYTES: "65536" };

/** More than the network between two ends holds, in frames of 60,000 bytes. */
const FLOOD = 300;

function offer(i: number, letter = "x"): { type: string; sdp: string } {
  const size = new TextEncoder().encode(letter).length;
  return { type: "offer", sdp: `${i} ${letter.repeat(60_000 / size)}` };
}

/** Opens a socket by hand beside `partner`, and joins where the version does. */
async function openBeside(partner: Peer, url: string, protocol?: string): Promise<RawSocket> {
  const socket = await RawSocket.open(url, protocol === undefined ? {} : { protocol });
  if (protocol !== undefined) {
    await socket.send({ type: "join" });
    assertEquals((await socket.next()).type, "welcome");
  }
  await expect(partner.client, { type: "peer-joined" });
  return socket;
}

/** Makes sure that the server has dealt with all that `partner` sent. */
async function settle({ client }: Peer): Promise<void> {
  await client.nothingElse();
}

for (const [version, protocol] of [[1, undefined], [2, SUBPROTOCOL]] as const) {
  for (const setting of [undefined, "1000000"]) {
    Deno.test(`a version ${version} peer that stops reading loses its seat: MAX_BUFFERED_BYTES ${setting}`, async () => {
      const settings = { ...TALKATIVE, MAX_BUFFERED_BYTES: setting };
      await using server = startSignalingServer(settings);
      const url = server.roomUrl("x");
      await using others = await joinPeers(server.roomUrl("other"), 2);
      await using partner = await joinPeer(url);
      using stopped = await openBeside(partner, url, protocol);
      const answer = partner.client.next();
      let left = false;
      void answer.then(() => left = true);
      for (let i = 0; !left; i++) {
        partner.client.send(offer(i));
        // Whoever is stuck holds up nobody else.
        others[0].client.send({ type: "offer", sdp: String(i) });
        await expect(others[1].client, { sdp: String(i) });
      }
      const { type, reason } = await answer;
      assertEquals([type, reason], ["peer-left", "lost"]);
      assertEquals(server.signaling.registry.away, 0);
      // The close has not come through, so the socket counts; its seat is free nevertheless.
      assertEquals(server.signaling.sockets.size, 4);
      await using newcomer = await joinPeer(url);
      assertEquals((newcomer.welcome.peers as unknown[]).length, 1);
      // Only if it reads again, it learns why.
      assertEquals(await stopped.closeCode(), 4401);
      stopped[Symbol.dispose]();
      await eventually(() => server.signaling.sockets.size === 4);
    });
  }

  Deno.test(`a version ${version} peer that is stuck for 10 s loses its seat, however little waits`, async () => {
    const clock = new HeldClock();
    const settings = { ...TALKATIVE, MAX_BUFFERED_BYTES: "0" };
    await using server = startSignalingServer(settings, clock);
    const url = server.roomUrl("x");
    await using partner = await joinPeer(url);
    using stopped = await openBeside(partner, url, protocol);
    for (let i = 0; i < FLOOD; i++) partner.client.send(offer(i));
    await settle(partner);
    for (let seconds = 0; seconds < 10; seconds++) {
      clock.advance(1000);
      await settle(partner);
    }
    clock.advance(5000);
    await expect(partner.client, { type: "peer-left", reason: "lost" });
    assertEquals(await stopped.closeCode(), 4401);
    stopped[Symbol.dispose]();
    await eventually(() => server.signaling.sockets.size === 1);
  });
}

for (const letter of ["x", "€"]) {
  Deno.test(`a peer that reads ${letter} slowly but steadily keeps its seat`, async () => {
    const clock = new HeldClock();
    const settings = { ...TALKATIVE, MAX_BUFFERED_BYTES: "0" };
    await using server = startSignalingServer(settings, clock);
    const url = server.roomUrl("x");
    await using partner = await joinPeer(url);
    using slow = await openBeside(partner, url, SUBPROTOCOL);
    const frames = 2 * FLOOD;
    for (let i = 0; i < frames; i++) partner.client.send(offer(i, letter));
    await settle(partner);
    for (let i = 0; i < frames; i++) {
      assertEquals((await slow.next()).sdp, offer(i, letter).sdp);
      // After a hundred the network has certainly taken more; twice this is more than 10 s.
      if (i % 100 === 99) clock.advance(5500);
    }
    await settle(partner);
    await slow.send({ type: "leave" });
    await expect(partner.client, { type: "leave" });
    await expect(partner.client, { type: "peer-left", reason: "left" });
  });
}

Deno.test("a peer that keeps up keeps its seat, however much it is sent in all", async () => {
  await using server = startSignalingServer(TALKATIVE);
  const url = server.roomUrl("x");
  await using partner = await joinPeer(url);
  using reader = await openBeside(partner, url, SUBPROTOCOL);
  for (let i = 0; i < FLOOD; i++) {
    partner.client.send(offer(i));
    assertEquals((await reader.next()).sdp, offer(i).sdp);
  }
  await settle(partner);
});

Deno.test("peers that read keep their seats, even if all use up what they may say at once", async () => {
  await using server = startSignalingServer({ ROOM_CAPACITY: "8" });
  await using peers = await joinPeers(server.roomUrl("x"), 8);
  const sdp = "x".repeat(16_000);
  const most = 15;
  for (const { client } of peers) {
    for (let i = 0; i < most; i++) client.send({ type: "offer", sdp });
  }
  await Promise.all(peers.map(async ({ client }) => {
    for (let i = 0; i < 7 * most; i++) await expect(client, { type: "offer", sdp });
    await client.nothingElse();
  }));
});

Deno.test("many who stop reading at once cost nobody else a seat", async () => {
  await using server = startSignalingServer({ ...TALKATIVE, ROOM_CAPACITY: "8" });
  const url = server.roomUrl("x");
  await using partners = await joinPeers(url, 2);
  const [speaker, listener] = partners;
  using sockets = new DisposableStack();
  const stopped: RawSocket[] = [];
  for (let i = 0; i < 6; i++) {
    const protocol = i % 2 === 0 ? SUBPROTOCOL : undefined;
    stopped.push(sockets.use(await openBeside(speaker, url, protocol)));
    await expect(listener.client, { type: "peer-joined" });
  }
  let heard = 0;
  let left = 0;
  for (let i = 0; left < 6; i++) {
    speaker.client.send(offer(i));
    while (heard <= i) {
      const { type, sdp, reason } = await listener.client.next();
      if (type === "peer-left") {
        assertEquals(reason, "lost");
        left++;
      } else assertEquals(sdp, offer(heard++).sdp);
    }
    assert(i < 20 * FLOOD, "somebody was not evicted");
  }
  for (let i = 0; i < 6; i++) await expect(speaker.client, { type: "peer-left", reason: "lost" });
  await settle(speaker);
  await settle(listener);
  for (const socket of stopped) assertEquals(await socket.closeCode(), 4401);
  sockets.dispose();
  await eventually(() => server.signaling.sockets.size === 2);
});
