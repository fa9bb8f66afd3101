import { assertEquals } from "@std/assert";
import { eventually } from "../fakes/patience.ts";
import { expect, joinPeer, joinPeers } from "./peers.ts";
import { RawSocket } from "./raw_socket.ts";
import { startSignalingServer } from "./signaling_server.ts";
import { SocketClient } from "./socket_client.ts";

const OFFER = { type: "offer", sdp: "v=0" };
const LEAVE = '{"type":"leave"}';

Deno.test("a signal for a peer that is away is answered so, and one for nobody as gone", async () => {
  await using server = startSignalingServer({ ROOM_CAPACITY: "3", SEAT_GRACE: "1" });
  const url = server.roomUrl("x");
  await using peers = await joinPeers(url, 3);
  const [first, second, third] = peers;
  await third.client.close();
  await expect(first.client, { type: "peer-away", peer: third.id });
  await expect(second.client, { type: "peer-away", peer: third.id });
  first.client.send({ ...OFFER, to: third.id });
  await expect(first.client, { type: "error", code: "peer-away" });
  first.client.send({ ...OFFER, to: first.id });
  await expect(first.client, { type: "error", code: "peer-gone" });
  first.client.send({ ...OFFER, to: second.id });
  await expect(second.client, { from: first.id });
  // Whoever is here hears what is said to all; nothing of it waits for the one who is away.
  first.client.send(OFFER);
  await expect(second.client, { from: first.id });
  await expect(first.client, { type: "peer-left", peer: third.id, reason: "lost" });
  first.client.send({ ...OFFER, to: third.id });
  await expect(first.client, { type: "error", code: "peer-gone" });
});

Deno.test("what is said to all while nobody is here waits for the peer that comes back", async () => {
  await using server = startSignalingServer();
  const url = server.roomUrl("x");
  await using peers = await joinPeers(url, 2);
  const [first, second] = peers;
  await second.client.close();
  await expect(first.client, { type: "peer-away", peer: second.id });
  first.client.send(OFFER);
  first.client.send({ type: "candidate", candidate: { candidate: "1" } });
  await first.client.nothingElse();
  await using back = await joinPeer(url, { resume: second.token });
  assertEquals(await back.client.next(), { ...OFFER, from: first.id });
  await expect(back.client, { type: "candidate", from: first.id });
  await back.client.nothingElse();
});

Deno.test("what a lone peer said waits for others, even if it drops and returns itself", async () => {
  await using server = startSignalingServer();
  const url = server.roomUrl("x");
  const lone = await joinPeer(url);
  lone.client.send(OFFER);
  await lone.client.nothingElse();
  await lone.client.close();
  await eventually(() => server.signaling.registry.away === 1);
  await using back = await joinPeer(url, { resume: lone.token });
  await back.client.nothingElse();
  await using second = await joinPeer(url);
  // The answer to this comes after the offer, and instead of it where it was lost.
  second.client.send({ type: "ping", t: 1 });
  assertEquals(await second.client.next(), { ...OFFER, from: lone.id });
});

Deno.test("a version 1 peer hears leave once of a peer that is away, and of its return nothing", async () => {
  await using server = startSignalingServer({ ROOM_CAPACITY: "3", SEAT_GRACE: "1" });
  const url = server.roomUrl("x");
  await using old = await SocketClient.open(url);
  await using first = await joinPeer(url);
  const second = await joinPeer(url);
  await expect(first.client, { type: "peer-joined", peer: second.id });
  await second.client.close();
  assertEquals(await old.nextText(), LEAVE);
  await using back = await joinPeer(url, { resume: second.token });
  // To version 1 it is a new peer that begins to talk.
  back.client.send(OFFER);
  assertEquals(await old.next(), OFFER);
  old.send('{"type":"answer","sdp":"1"}');
  const from = (first.welcome.peers as { peer: string }[])[0]!.peer;
  assertEquals(await back.client.next(), { type: "answer", sdp: "1", from });
  await back.client.close();
  assertEquals(await old.nextText(), LEAVE);
  // For version 2 the end of the grace time is news; for version 1 it is none.
  for (const type of ["peer-away", "peer-back", "offer", "answer", "peer-away", "peer-left"]) {
    await expect(first.client, { type });
  }
  await old.nothingElse();
});

Deno.test("a version 1 peer that is replaced by nobody loses its seat at once", async () => {
  await using server = startSignalingServer();
  const url = server.roomUrl("x");
  await using first = await joinPeer(url);
  for (const end of ["close", "break"] as const) {
    using old = await RawSocket.open(url);
    const { peer } = await expect(first.client, { type: "peer-joined", version: 1 });
    if (end === "close") await old.sendClose(1000);
    else old[Symbol.dispose]();
    assertEquals(await first.client.next(), { type: "peer-left", peer, reason: "lost" });
    assertEquals(server.signaling.registry.away, 0);
  }
});

Deno.test("a version 1 peer hears leave of a peer whose live socket is replaced", async () => {
  await using server = startSignalingServer();
  const url = server.roomUrl("x");
  await using old = await SocketClient.open(url);
  const peer = await joinPeer(url);
  await using back = await joinPeer(url, { resume: peer.token });
  assertEquals((await peer.client.closed).code, 4504);
  assertEquals(await old.nextText(), LEAVE);
  back.client.send(OFFER);
  assertEquals(await old.next(), OFFER);
  await old.nothingElse();
});

Deno.test("a leave frees the seat for good, whether or not the socket closes after it", async () => {
  await using server = startSignalingServer();
  const url = server.roomUrl("x");
  await using first = await joinPeer(url);
  for (const closes of [true, false]) {
    const second = await joinPeer(url);
    await expect(first.client, { type: "peer-joined", peer: second.id });
    second.client.send({ type: "leave" });
    assertEquals(await first.client.next(), { type: "leave", from: second.id });
    const left = { type: "peer-left", peer: second.id, reason: "left" };
    assertEquals(await first.client.next(), left);
    if (closes) await second.client.close();
    else assertEquals(await second.client.closed, { code: 1000, reason: "left" });
    assertEquals(server.signaling.registry.away, 0);
  }
  await first.client.nothingElse();
});
