import { assert, assertEquals } from "@std/assert";
import { eventually } from "../fakes/patience.ts";
import { fullRoom, QUIET } from "./full_room.ts";
import { HeldClock } from "./held_clock.ts";
import { expect, joinInVain, joinPeer, joinPeers } from "./peers.ts";
import { RawSocket } from "./raw_socket.ts";
import { startSignalingServer } from "./signaling_server.ts";
import { SocketClient } from "./socket_client.ts";

const OFFER = { type: "offer", sdp: "v=0" };
const ROOM_FULL = ["room-full", 4502];

Deno.test("a member whose network died makes room for a newcomer of version 2", async () => {
  await using stage = await fullRoom(2, [0]);
  const { url, clock, peers: [dead, live] } = stage;
  const newcomer = joinPeer(url);
  await expect(dead.client, { type: "ping" });
  clock.advance(QUIET - 1);
  await live.client.nothingElse();
  clock.advance(1);
  await using admitted = await newcomer;
  assertEquals(admitted.welcome.peers, [{ peer: live.id, version: 2, state: "present" }]);
  assertEquals(await live.client.next(), { type: "peer-left", peer: dead.id, reason: "lost" });
  assertEquals(await live.client.next(), { type: "peer-joined", peer: admitted.id, version: 2 });
  assertEquals(await dead.client.closed, { code: 4400, reason: "seat lost" });
  // Whoever was dead has lost the seat for good.
  await admitted.client.nothingElse();
  assertEquals(await joinInVain(url, { resume: dead.token }), ROOM_FULL);
});

Deno.test("a member whose network died makes room for a newcomer of version 1", async () => {
  await using stage = await fullRoom(2, [1]);
  const { url, clock, peers: [live, dead] } = stage;
  const newcomer = SocketClient.open(url);
  await expect(dead.client, { type: "ping" });
  clock.advance(QUIET);
  await using admitted = await newcomer;
  await expect(live.client, { type: "peer-left", peer: dead.id, reason: "lost" });
  await expect(live.client, { type: "peer-joined", version: 1 });
  assertEquals((await dead.client.closed).code, 4400);
  live.client.send(OFFER);
  assertEquals(await admitted.next(), OFFER);
});

Deno.test("the same with the time of the wall", async () => {
  await using server = startSignalingServer();
  const url = server.roomUrl("x");
  await using peers = await joinPeers(url, 2);
  const [dead, live] = peers;
  await dead.client.nothingElse();
  // Until the member was quiet for long enough, a newcomer is refused without a question.
  let refusals = 0;
  for (; (await SocketClient.join(url)).welcome.type === "error"; refusals++) {
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  assert(refusals > 0);
  await expect(dead.client, { type: "ping" });
  assertEquals((await dead.client.closed).code, 4400);
  await expect(live.client, { type: "peer-left", peer: dead.id, reason: "lost" });
});

for (const answer of [{ type: "pong", t: 0 }, { type: "ping", t: 0 }, OFFER, "nonsense"]) {
  const said = JSON.stringify(answer);
  Deno.test(`a live member that answers ${said} keeps its seat, and nobody else hears`, async () => {
    await using stage = await fullRoom(2, [0, 1]);
    const { url, clock, peers: [first, second] } = stage;
    const refused = joinInVain(url);
    await expect(first.client, { type: "ping" });
    await expect(second.client, { type: "ping" });
    second.client.send({ type: "pong", t: 0 });
    first.client.send(answer);
    // No time has to pass: all who were asked are there.
    assertEquals(await refused, ROOM_FULL);
    clock.advance(QUIET - 1);
    if (answer === OFFER) await expect(second.client, { from: first.id });
    await second.client.nothingElse();
  });
}

Deno.test("a member that only answered a ping once keeps the heartbeat from then on", async () => {
  await using stage = await fullRoom(2, []);
  const { url, clock, peers: [first, second] } = stage;
  first.client.send({ type: "pong", t: 1 });
  first.client.send(OFFER);
  await expect(second.client, { type: "offer" });
  assertEquals(await joinInVain(url), ROOM_FULL);
  clock.advance(QUIET - 1);
  assertEquals(await joinInVain(url), ROOM_FULL);
  clock.advance(1);
  const newcomer = joinPeer(url);
  await expect(first.client, { type: "ping" });
  clock.advance(QUIET);
  await (await newcomer).client.close();
  assertEquals((await first.client.closed).code, 4400);
});

Deno.test("a member that never sent ping or pong is not asked, however quiet it is", async () => {
  await using stage = await fullRoom(3, [1]);
  const { url, clock, peers: [first, dead, third] } = stage;
  clock.advance(10 * QUIET);
  const newcomer = joinPeer(url);
  await expect(dead.client, { type: "ping" });
  clock.advance(QUIET);
  await using admitted = await newcomer;
  for (const { client } of [first, third]) {
    await expect(client, { type: "peer-left", peer: dead.id });
    await expect(client, { type: "peer-joined", peer: admitted.id });
  }
  // Now nobody is left who could be asked.
  clock.advance(10 * QUIET);
  assertEquals(await joinInVain(url), ROOM_FULL);
  await first.client.nothingElse();
});

Deno.test("members of version 1 are not asked, and hear leave of the one who died", async () => {
  const clock = new HeldClock();
  await using server = startSignalingServer({}, clock);
  const url = server.roomUrl("x");
  await using old = await SocketClient.open(url);
  await using dead = await joinPeer(url);
  await dead.client.nothingElse();
  clock.advance(QUIET);
  const newcomer = SocketClient.open(url);
  await expect(dead.client, { type: "ping" });
  clock.advance(QUIET);
  await using admitted = await newcomer;
  assertEquals(await old.next(), { type: "leave" });
  admitted.send(OFFER);
  assertEquals(await old.next(), OFFER);
  await old.nothingElse();
});

Deno.test("of many newcomers of both versions at once exactly one gets the seat of the dead", async () => {
  await using stage = await fullRoom(2, [0, 1]);
  const { url, clock, server, peers: [dead, live] } = stage;
  const second = Array.from({ length: 10 }, () => SocketClient.join(url));
  const first = Array.from({ length: 10 }, () => RawSocket.open(url));
  await expect(live.client, { type: "ping" });
  live.client.send({ type: "pong", t: 0 });
  await eventually(() => server.signaling.admission.sockets === 2 + 20);
  await expect(dead.client, { type: "ping" });
  clock.advance(QUIET - 1);
  // Heard just now, it is not asked again for those who come later.
  await live.client.nothingElse();
  clock.advance(1);
  const answers = await Promise.all(second);
  const handshakes = await Promise.all(first);
  const admitted = [
    ...answers.filter(({ welcome }) => welcome.type === "welcome"),
    ...handshakes.filter(({ status }) => status === 101),
  ];
  assertEquals(admitted.length, 1);
  for (const { welcome, client } of answers) {
    if (welcome.type === "welcome") continue;
    assertEquals([welcome.code, (await client.closed).code], ROOM_FULL);
  }
  for (const { status } of handshakes) assert(status === 101 || status === 409, String(status));
  await expect(live.client, { type: "peer-left", peer: dead.id });
  await expect(live.client, { type: "peer-joined" });
  await live.client.nothingElse();
  for (const { client } of answers) await client.close();
  for (const socket of handshakes) socket[Symbol.dispose]();
});
