import { assertEquals } from "@std/assert";
import { expect, joinInVain, joinPeer, joinPeers } from "./peers.ts";
import { RawSocket } from "./raw_socket.ts";
import { startSignalingServer } from "./signaling_server.ts";
import { SocketClient } from "./socket_client.ts";

const OFFER = { type: "offer", sdp: "v=0" };
const ROOM_FULL = ["room-full", 4502];

for (
  const [setting, capacity] of [[undefined, 2], ["3", 3], ["8", 8], ["0", 8]] as [
    string | undefined,
    number,
  ][]
) {
  Deno.test(`a room has ${capacity} seats where ROOM_CAPACITY is ${setting}`, async () => {
    await using server = startSignalingServer({ ROOM_CAPACITY: setting });
    const url = server.roomUrl("x");
    await using peers = await joinPeers(url, capacity);
    for (const [i, { welcome }] of peers.entries()) {
      assertEquals([welcome.capacity, (welcome.peers as unknown[]).length], [capacity, i]);
    }
    assertEquals(await joinInVain(url), ROOM_FULL);
    using old = await RawSocket.open(url);
    assertEquals([old.status, (await old.refusal()).code], [409, "room-full"]);
    await using _elsewhere = await joinPeer(server.roomUrl("y"));
    for (const { client } of peers) await client.nothingElse();
  });
}

Deno.test("eight peers speak to each one alone, and to all", async () => {
  await using server = startSignalingServer({ ROOM_CAPACITY: "8", MESSAGE_BURST: "0" });
  await using peers = await joinPeers(server.roomUrl("x"), 8);
  for (const speaker of peers) {
    for (const listener of peers) {
      speaker.client.send({ ...OFFER, sdp: `${speaker.id} to ${listener.id}`, to: listener.id });
    }
    speaker.client.send({ ...OFFER, sdp: `${speaker.id} to all` });
  }
  for (const listener of peers) {
    const heard = new Map<unknown, unknown[]>();
    // From each of seven others one signal for it alone, and one for all; and one complaint.
    for (let i = 0; i < 7 * 2 + 1; i++) {
      const { type, code, from, sdp } = await listener.client.next();
      if (type === "error") assertEquals(code, "peer-gone");
      heard.set(from, [...heard.get(from) ?? [], sdp ?? code]);
    }
    await listener.client.nothingElse();
    for (const { id } of peers) {
      if (id === listener.id) assertEquals(heard.get(undefined), ["peer-gone"]);
      else assertEquals(heard.get(id), [`${id} to ${listener.id}`, `${id} to all`]);
    }
  }
});

Deno.test("in a large room of both versions everybody is heard, in the words of each", async () => {
  await using server = startSignalingServer({ ROOM_CAPACITY: "8" });
  const url = server.roomUrl("x");
  await using peers = await joinPeers(url, 4);
  const olds: SocketClient[] = [];
  for (let i = 0; i < 4; i++) {
    olds.push(await SocketClient.open(url));
    for (const { client } of peers) await expect(client, { type: "peer-joined", version: 1 });
  }
  const [speaker] = peers;
  const { welcome } = await SocketClient.join(url);
  assertEquals(welcome.code, "room-full");

  speaker.client.send({ type: "candidate", candidate: null });
  speaker.client.send(OFFER);
  for (const { client } of peers.slice(1)) {
    assertEquals((await client.next()).candidate, null);
    assertEquals(await client.next(), { ...OFFER, from: speaker.id });
  }
  // Version 1 has no word for the end of the candidates.
  for (const old of olds) assertEquals(await old.next(), OFFER);

  const said = '{ "type":"answer", "sdp":"1", "extra":[1] }';
  const [first, ...others] = olds as [SocketClient, ...SocketClient[]];
  first.send(said);
  for (const old of others) assertEquals(await old.nextText(), said);
  const { from } = await speaker.client.next();
  for (const { client } of peers.slice(1)) await expect(client, { type: "answer", from });

  // To one of version 1 alone: the others hear nothing.
  speaker.client.send({ ...OFFER, sdp: "alone", to: from });
  assertEquals(await first.next(), { ...OFFER, sdp: "alone" });
  for (const client of [...olds, ...peers.map((peer) => peer.client)]) await client.nothingElse();
  await Promise.all(olds.map((old) => old.close()));
});

/** Opens a version 1 socket; answers none where it is refused. */
function tryOpen(url: string): Promise<SocketClient | undefined> {
  return SocketClient.open(url).catch(() => undefined);
}

/** Joins in version 2; answers none where the room is full. */
async function tryJoin(url: string): Promise<SocketClient | undefined> {
  const { client, welcome } = await SocketClient.join(url);
  if (welcome.type === "welcome") return client;
  assertEquals([welcome.code, (await client.closed).code], ROOM_FULL);
}

const CROWDS: [string, ((url: string) => Promise<SocketClient | undefined>)[]][] = [
  ["version 1", [tryOpen]],
  ["version 2", [tryJoin]],
  ["both versions", [tryOpen, tryJoin]],
];

for (const [versions, ways] of CROWDS) {
  Deno.test(`of 50 of ${versions} who come at once, exactly eight are seated, again and again`, async () => {
    await using server = startSignalingServer({ ROOM_CAPACITY: "8", UPGRADES_PER_MINUTE: "0" });
    for (let round = 0; round < 5; round++) {
      const url = server.roomUrl(`round-${round}`);
      const crowd = Array.from({ length: 50 }, (_, i) => ways[i % ways.length]!(url));
      const seated = (await Promise.all(crowd)).filter((client) => client !== undefined);
      assertEquals(seated.length, 8);
      // Each of them hears each other once: nobody was seated unseen.
      const names = new Set(seated.map((_, i) => `name ${i}`));
      for (const [i, client] of seated.entries()) client.send({ ...OFFER, sdp: `name ${i}` });
      for (const [i, client] of seated.entries()) {
        const heard = new Set<unknown>([`name ${i}`]);
        while (heard.size < 8) {
          const { type, sdp } = await client.next();
          if (type === "offer") heard.add(sdp);
          else assertEquals(type, "peer-joined");
        }
        assertEquals(heard, names);
      }
      for (const client of seated) client.send({ type: "leave" });
      await Promise.all(seated.map((client) => client.close()));
    }
    assertEquals(server.signaling.registry.size, 0);
  });
}

Deno.test("of 50 who come while seats are left and taken, no room ever holds a ninth", async () => {
  await using server = startSignalingServer({
    ROOM_CAPACITY: "8",
    UPGRADES_PER_MINUTE: "0",
    MESSAGE_BURST: "0",
  });
  const url = server.roomUrl("x");
  let seats = 0;
  let seated = 0;
  await Promise.all(Array.from({ length: 50 }, async (_, i) => {
    for (let tries = 0; tries < 5; tries++) {
      const client = await (i % 2 === 0 ? tryOpen : tryJoin)(url);
      if (client === undefined) continue;
      seated++;
      seats = Math.max(seats, server.signaling.registry.find("x")?.seats.length ?? 0);
      client.send({ type: "leave" });
      await client.close();
    }
  }));
  assertEquals([seats <= 8, seats > 0, seated >= 8], [true, true, true]);
  assertEquals(server.signaling.registry.size, 0);
  await using again = await joinPeers(url, 8);
  assertEquals(again.length, 8);
});
