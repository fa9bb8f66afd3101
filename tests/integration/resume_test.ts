import { assertEquals, assertNotEquals } from "@std/assert";
import { SUBPROTOCOL } from "../../lib/protocol/messages.ts";
import { eventually } from "../fakes/patience.ts";
import { HeldClock } from "./held_clock.ts";
import { expect, joinInVain, joinPeer, joinPeers } from "./peers.ts";
import { startSignalingServer } from "./signaling_server.ts";
import { SocketClient } from "./socket_client.ts";

const OFFER = { type: "offer", sdp: "v=0" };

/** Tokens that open no seat of `owner`, each with what is wrong with it. */
function wrongTokens(owner: string, foreign: string, former: string): [string, string][] {
  return [
    ["a token that nobody was given", "A".repeat(22)],
    ["the token of another room", foreign],
    ["the token of a peer that left", former],
    ["the beginning of a token", owner.slice(0, 21)],
    ["a token and more", `${owner}A`],
    ["a token in other letters", swapCase(owner)],
    ["the longest token", "x".repeat(128)],
  ];
}

function swapCase(text: string): string {
  return text.replace(/[a-z]/gi, (c) => c === c.toLowerCase() ? c.toUpperCase() : c.toLowerCase());
}

Deno.test("whoever has no token of this room is a newcomer, and takes nobody's seat", async () => {
  await using server = startSignalingServer({ ROOM_CAPACITY: "3" });
  const url = server.roomUrl("x");
  await using peers = await joinPeers(url, 2);
  const [first, away] = peers;
  await away.client.close();
  await expect(first.client, { type: "peer-away", peer: away.id });
  await using foreign = await joinPeer(server.roomUrl("y"));
  const leaver = await joinPeer(url);
  leaver.client.send({ type: "leave" });
  await leaver.client.close();
  for (const type of ["peer-joined", "leave", "peer-left"]) await expect(first.client, { type });
  for (const [what, resume] of wrongTokens(away.token, foreign.token, leaver.token)) {
    const newcomer = await joinPeer(url, { resume });
    const known = [first.id, away.id, foreign.id, leaver.id];
    assertEquals([known.includes(newcomer.id), what], [false, what]);
    assertNotEquals(newcomer.token, resume);
    await expect(first.client, { type: "peer-joined", peer: newcomer.id });
    // The room is full now, and no wrong token changes that.
    assertEquals([await joinInVain(url, { resume }), what], [["room-full", 4502], what]);
    newcomer.client.send({ type: "leave" });
    await newcomer.client.close();
    for (const type of ["leave", "peer-left"]) await expect(first.client, { type });
  }
  await using back = await joinPeer(url, { resume: away.token });
  assertEquals(back.id, away.id);
  await expect(first.client, { type: "peer-back", peer: away.id });
});

Deno.test("what is no token at all is a bad message, and the peer may join without it", async () => {
  await using server = startSignalingServer();
  await using client = await SocketClient.open(server.roomUrl("x"), SUBPROTOCOL);
  for (const resume of ["", "x".repeat(129), 1, null, {}, ["a"], true]) {
    client.send({ type: "join", resume });
    await expect(client, { type: "error", code: "bad-message" });
  }
  client.send({ type: "join" });
  await expect(client, { type: "welcome" });
});

Deno.test("a token opens its seat once the grace time is over no more", async () => {
  const clock = new HeldClock();
  await using server = startSignalingServer({}, clock);
  const url = server.roomUrl("x");
  const lone = await joinPeer(url);
  await lone.client.close();
  await eventually(() => server.signaling.registry.away === 1);
  clock.advance(30_000);
  assertEquals([server.signaling.registry.size, server.signaling.registry.away], [0, 0]);
  await using again = await joinPeer(url, { resume: lone.token });
  assertNotEquals([again.id, again.token], [lone.id, lone.token]);
});

Deno.test("each return starts the grace time anew", async () => {
  const clock = new HeldClock();
  await using server = startSignalingServer({}, clock);
  const url = server.roomUrl("x");
  await using peers = await joinPeers(url, 2);
  const [first, second] = peers;
  let { client } = second;
  for (let drops = 0; drops < 3; drops++) {
    await client.close();
    await expect(first.client, { type: "peer-away", peer: second.id });
    clock.advance(29_999);
    ({ client } = await joinPeer(url, { resume: second.token }));
    await expect(first.client, { type: "peer-back", peer: second.id });
    clock.advance(29_999);
    await first.client.nothingElse();
  }
  await client.close();
});

Deno.test("of many who come with one token at once, the last keeps the seat", async () => {
  await using server = startSignalingServer();
  const url = server.roomUrl("x");
  await using peers = await joinPeers(url, 2);
  const [first, second] = peers;
  const all = await Promise.all(
    Array.from({ length: 20 }, () => joinPeer(url, { resume: second.token })),
  );
  for (const { id, token } of all) assertEquals([id, token], [second.id, second.token]);
  for (let i = 0; i < 20; i++) {
    await expect(first.client, { type: "peer-away", peer: second.id });
    await expect(first.client, { type: "peer-back", peer: second.id });
  }
  await first.client.nothingElse();
  await eventually(() => server.signaling.sockets.size === 2);
  first.client.send(OFFER);
  const ends = await Promise.all(all.map(({ client }) => {
    const replaced = client.closed.then(({ code }) => code);
    const heard = client.next().then(({ from }) => from, () => replaced);
    return heard;
  }));
  assertEquals(ends.filter((end) => end === first.id).length, 1);
  assertEquals(ends.filter((end) => end === 4504).length, 19);
  await Promise.all(all.map(({ client }) => client.close()));
});

Deno.test("peers of a large room drop and return, and their seats keep their order", async () => {
  await using server = startSignalingServer({ ROOM_CAPACITY: "5" });
  const url = server.roomUrl("x");
  await using peers = await joinPeers(url, 4);
  const [a, b, c, d] = peers;
  for (const { client, id } of [b, c]) {
    await client.close();
    for (const other of [a, d]) await expect(other.client, { type: "peer-away", peer: id });
  }
  const entry = ({ id: peer }: { id: string }, state = "present") => ({ peer, version: 2, state });
  await using c2 = await joinPeer(url, { resume: c.token });
  assertEquals(c2.welcome.peers, [entry(a), entry(b, "away"), entry(d)]);
  for (const other of [a, d]) await expect(other.client, { type: "peer-back", peer: c.id });
  // The latest seat, though of the socket that opened before that of c.
  await using e = await joinPeer(url);
  assertEquals(e.welcome.peers, [entry(a), entry(b, "away"), entry(c), entry(d)]);
  await using b2 = await joinPeer(url, { resume: b.token });
  assertEquals(b2.welcome.peers, [entry(a), entry(c), entry(d), entry(e)]);
  for (const other of [a, c2, d]) {
    await expect(other.client, { type: "peer-joined", peer: e.id });
    await expect(other.client, { type: "peer-back", peer: b.id });
    await other.client.nothingElse();
  }
  await expect(e.client, { type: "peer-back", peer: b.id });
  b2.client.send(OFFER);
  for (const other of [a, c2, d, e]) {
    assertEquals(await other.client.next(), { ...OFFER, from: b.id });
  }
});
