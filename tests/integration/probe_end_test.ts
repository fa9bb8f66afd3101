import { assertEquals } from "@std/assert";
import { SUBPROTOCOL } from "../../lib/protocol/messages.ts";
import { eventually } from "../fakes/patience.ts";
import { fullRoom, QUIET } from "./full_room.ts";
import { HeldClock } from "./held_clock.ts";
import { expect, joinInVain, joinPeer } from "./peers.ts";
import { RawSocket } from "./raw_socket.ts";
import { startSignalingServer } from "./signaling_server.ts";
import { SocketClient } from "./socket_client.ts";

const ROOM_FULL = ["room-full", 4502];

Deno.test("a newcomer is admitted at once if everybody leaves while they are asked", async () => {
  await using stage = await fullRoom(2, [0, 1]);
  const { url, server, peers: [first, second] } = stage;
  const newcomer = joinPeer(url);
  for (const { client } of [first, second]) {
    await expect(client, { type: "ping" });
    client.send({ type: "leave" });
  }
  await using admitted = await newcomer;
  assertEquals(admitted.welcome.peers, []);
  await using other = await joinPeer(url);
  await expect(admitted.client, { type: "peer-joined", peer: other.id });
  assertEquals(server.signaling.registry.size, 1);
});

Deno.test("a version 1 newcomer is admitted if everybody leaves while they are asked", async () => {
  await using stage = await fullRoom(2, [0, 1]);
  const { url, peers: [first, second] } = stage;
  const newcomer = SocketClient.open(url);
  for (const { client } of [first, second]) {
    await expect(client, { type: "ping" });
    client.send({ type: "leave" });
  }
  await using admitted = await newcomer;
  await using other = await joinPeer(url);
  other.client.send({ type: "offer", sdp: "1" });
  await expect(admitted, { type: "offer" });
});

Deno.test("a member that drops while it is asked is away, and keeps its seat", async () => {
  await using stage = await fullRoom(2, [0]);
  const { url, clock, peers: [dropping, other] } = stage;
  const refused = joinInVain(url);
  await expect(dropping.client, { type: "ping" });
  await dropping.client.close();
  assertEquals(await refused, ROOM_FULL);
  clock.advance(QUIET);
  assertEquals(await joinInVain(url), ROOM_FULL);
  await using back = await joinPeer(url, { resume: dropping.token });
  assertEquals(back.id, dropping.id);
  await expect(other.client, { type: "peer-away" });
  await expect(other.client, { type: "peer-back" });
});

Deno.test("a member whose network died and who returns while it is asked keeps its seat", async () => {
  await using stage = await fullRoom(2, [0]);
  const { url, clock, peers: [dead, other] } = stage;
  const refused = joinInVain(url);
  await expect(dead.client, { type: "ping" });
  await using back = await joinPeer(url, { resume: dead.token });
  assertEquals(back.id, dead.id);
  assertEquals(await refused, ROOM_FULL);
  assertEquals((await dead.client.closed).code, 4504);
  clock.advance(QUIET);
  await back.client.nothingElse();
  await expect(other.client, { type: "peer-away" });
  await expect(other.client, { type: "peer-back" });
  await other.client.nothingElse();
});

Deno.test("two dead members make room for two, whoever else comes", async () => {
  await using stage = await fullRoom(4, [0, 1, 2]);
  const { url, clock, server, peers: [dead, live, deadToo, mute] } = stage;
  const tries = Array.from({ length: 12 }, () => SocketClient.join(url));
  for (const { client } of [dead, live, deadToo]) await expect(client, { type: "ping" });
  await eventually(() =>
    server.signaling.joining.size === 0 && server.signaling.sockets.size === 16
  );
  clock.advance(QUIET - 1);
  await live.client.nothingElse();
  clock.advance(1);
  const answers = await Promise.all(tries);
  const types = answers.map(({ welcome }) => welcome.code ?? welcome.type);
  assertEquals(types.sort(), [...Array(10).fill("room-full"), "welcome", "welcome"]);
  for (const { client } of [dead, deadToo]) assertEquals((await client.closed).code, 4400);
  for (const { client } of [live, mute]) {
    for (const peer of [dead.id, deadToo.id]) await expect(client, { type: "peer-left", peer });
    for (let i = 0; i < 2; i++) await expect(client, { type: "peer-joined" });
    await client.nothingElse();
  }
  await Promise.all(answers.map(({ client }) => client.close()));
});

Deno.test("a newcomer that waits may ping, and may change its mind", async () => {
  await using stage = await fullRoom(2, [0]);
  const { url, clock, server, peers: [dead, live] } = stage;
  await using waiting = await SocketClient.open(url, SUBPROTOCOL);
  waiting.send({ type: "join" });
  await expect(dead.client, { type: "ping" });
  await waiting.nothingElse();
  waiting.send({ type: "offer", sdp: "too early" });
  await expect(waiting, { type: "error", code: "bad-message" });
  waiting.send({ type: "join" });
  await expect(waiting, { type: "error", code: "bad-message" });
  waiting.send({ type: "leave" });
  await waiting.close();
  clock.advance(QUIET);
  await expect(live.client, { type: "peer-left", peer: dead.id });
  assertEquals(server.signaling.registry.isFull("x"), false);
});

for (const protocol of [SUBPROTOCOL, undefined]) {
  Deno.test(`a newcomer (${protocol}) that vanishes while it waits takes no seat`, async () => {
    await using stage = await fullRoom(2, [0]);
    const { url, clock, server, peers: [dead, live] } = stage;
    const { admission, sockets, registry } = server.signaling;
    const gone = await RawSocket.knock(url, protocol === undefined ? {} : { protocol });
    if (protocol !== undefined) {
      await gone.readHead();
      await gone.send({ type: "join" });
    }
    await expect(dead.client, { type: "ping" });
    gone[Symbol.dispose]();
    await eventually(() => sockets.size === 2);
    clock.advance(QUIET);
    await expect(live.client, { type: "peer-left", peer: dead.id });
    await using newcomer = await retry(() => joinPeer(url));
    await eventually(() => admission.sockets === 2 && sockets.size === 2);
    assertEquals(registry.isFull("x"), true);
    newcomer.client.send({ type: "leave" });
    await newcomer.client.close();
    assertEquals(registry.isFull("x"), false);
  });
}

/** Tries until it works: how soon a server sees that somebody is gone is not its own to say. */
async function retry<T>(attempt: () => Promise<T>): Promise<T> {
  for (let attempts = 1;; attempts++) {
    try {
      return await attempt();
    } catch (error) {
      if (attempts === 50) throw error;
    }
  }
}

Deno.test("two rooms are asked at the same time, each for itself", async () => {
  await using stage = await fullRoom(2, [0]);
  const { url, clock, server, peers: [dead] } = stage;
  const other = server.roomUrl("other");
  await using live = await joinPeer(other);
  await using quiet = await joinPeer(other);
  await expect(live.client, { type: "peer-joined" });
  await live.client.nothingElse();
  clock.advance(QUIET / 2);
  const newcomer = joinPeer(url);
  await expect(dead.client, { type: "ping" });
  clock.advance(QUIET / 2);
  const refused = joinInVain(other);
  await expect(live.client, { type: "ping" });
  clock.advance(QUIET / 2);
  await using _ = await newcomer;
  live.client.send({ type: "pong", t: 0 });
  assertEquals(await refused, ROOM_FULL);
  await quiet.client.nothingElse();
});

Deno.test("newcomers who wait for an answer are counted while they wait", async () => {
  const clock = new HeldClock();
  await using server = startSignalingServer({
    MAX_SOCKETS_PER_ADDRESS: "1",
    TRUSTED_PROXIES: "loopback",
  }, clock);
  const rooms = ["x", "y", "z"].map((name) => server.roomUrl(name));
  const from = (address: string) => ({ headers: { "x-forwarded-for": address } });
  await using members = new AsyncDisposableStack();
  const dead: SocketClient[] = [];
  for (const [i, url] of rooms.entries()) {
    const { client } = members.use(await joinPeer(url, from(`192.0.2.${2 * i}`)));
    members.use(await joinPeer(url, from(`192.0.2.${2 * i + 1}`)));
    await expect(client, { type: "peer-joined" });
    await client.nothingElse();
    dead.push(client);
  }
  clock.advance(QUIET);
  const [first, ...others] = rooms;
  const handshake = RawSocket.open(first!, from("198.51.100.1"));
  await expect(dead[0]!, { type: "ping" });
  using sockets = new DisposableStack();
  for (const url of others) {
    const { status } = sockets.use(await RawSocket.open(url, from("198.51.100.1")));
    assertEquals(status, 429);
  }
  clock.advance(QUIET);
  assertEquals(sockets.use(await handshake).status, 101);
});
