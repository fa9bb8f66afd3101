import { assertEquals } from "@std/assert";
import { CLOSE } from "../../lib/protocol/closes.ts";
import { eventually } from "../fakes/patience.ts";
import { expect, joinPeer, type Peer } from "./peers.ts";
import { type SignalingServer, startSignalingServer } from "./signaling_server.ts";

const ROOMS = 1000;

const OFFER = { type: "offer", sdp: "v=0" };

type Pair = [Peer, Peer];

/** How many sockets the server has, by all who count them. */
function census({ signaling }: SignalingServer): Record<string, number> {
  const { registry, sockets, admission, opening, joining, leaving } = signaling;
  return {
    rooms: registry.size,
    away: registry.away,
    sockets: sockets.size,
    admitted: admission.sockets,
    opening: opening.size,
    joining: joining.size,
    leaving: leaving.size,
  };
}

const NOBODY = { rooms: 0, away: 0, sockets: 0, admitted: 0, opening: 0, joining: 0, leaving: 0 };
const EVERYBODY = { ...NOBODY, rooms: ROOMS, sockets: 2 * ROOMS, admitted: 2 * ROOMS };

/** Does something for every room, for a hundred of them at a time. */
async function forEveryRoom<T>(action: (room: number) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  let next = 0;
  await Promise.all(Array.from({ length: 100 }, async () => {
    for (let room = next++; room < ROOMS; room = next++) results[room] = await action(room);
  }));
  return results;
}

async function meet(url: string): Promise<Pair> {
  const first = await joinPeer(url);
  const second = await joinPeer(url);
  await expect(first.client, { type: "peer-joined", peer: second.id });
  return [first, second];
}

/** Makes sure that the two hear each other, and nothing else. */
async function talk([first, second]: Pair): Promise<void> {
  first.client.send(OFFER);
  second.client.send({ ...OFFER, to: first.id });
  assertEquals(await second.client.next(), { ...OFFER, from: first.id });
  assertEquals((await first.client.next()).from, second.id);
  await first.client.nothingElse();
  await second.client.nothingElse();
}

/** Takes away what a peer hears while it and its partner are coming and going. */
async function calm({ client, id }: Peer, partner: Peer): Promise<void> {
  const t = Math.random();
  client.send({ type: "ping", t });
  for (;;) {
    const { type, peer } = await client.next();
    if (type === "pong") return;
    assertEquals([/^peer-(away|back)$/.test(String(type)), peer, id], [true, partner.id, id]);
  }
}

/** Takes every seat back, all at the same time. */
async function returnAll(server: SignalingServer, pairs: Pair[]): Promise<Pair[]> {
  const back = await Promise.all(pairs.flatMap((pair, room) =>
    pair.map(async (peer) => {
      const again = await joinPeer(server.roomUrl(`room-${room}`), { resume: peer.token });
      assertEquals([again.id, again.token], [peer.id, peer.token]);
      const others = again.welcome.peers as { peer: string }[];
      assertEquals(others.map((other) => other.peer), [pair.find((p) => p !== peer)!.id]);
      return again;
    })
  ));
  return pairs.map((_, room) => [back[2 * room]!, back[2 * room + 1]!]);
}

Deno.test("two thousand who are dropped at once and come back at once all find their seats", async () => {
  await using server = startSignalingServer({
    UPGRADES_PER_MINUTE: "0",
    MAX_SOCKETS_PER_ADDRESS: "0",
  });
  const before = await forEveryRoom((room) => meet(server.roomUrl(`room-${room}`)));
  assertEquals(census(server), EVERYBODY);

  // The server drops all, and nobody waits for anybody.
  server.signaling.sockets.turnOut(CLOSE.restarting);
  await Promise.all(
    before.flat().map(async ({ client }) => {
      assertEquals((await client.closed).code, 1012);
    }),
  );
  const after = await returnAll(server, before);
  await eventually(() => server.signaling.sockets.size === 2 * ROOMS);
  assertEquals(census(server), EVERYBODY);
  await forEveryRoom(async (room) => {
    const [first, second] = after[room]!;
    await calm(first, second);
    await calm(second, first);
    await talk([first, second]);
  });

  // All come back once more while their sockets still live: each is replaced, and by itself.
  const replaced = Promise.all(after.flat().map(({ client }) => client.closed));
  const again = await returnAll(server, after);
  for (const { code } of await replaced) assertEquals(code, 4504);
  await eventually(() => server.signaling.sockets.size === 2 * ROOMS);
  assertEquals(census(server), EVERYBODY);
  await forEveryRoom(async (room) => {
    const [first, second] = again[room]!;
    await calm(first, second);
    await calm(second, first);
    await talk([first, second]);
    for (const { client } of [first, second]) {
      client.send({ type: "leave" });
      await client.close();
    }
  });
  await eventually(() => server.signaling.sockets.size === 0);
  assertEquals(census(server), NOBODY);
});
