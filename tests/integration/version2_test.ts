import { assertEquals, assertMatch, assertNotEquals } from "@std/assert";
import { SUBPROTOCOL } from "../../lib/protocol/messages.ts";
import { SocketClient } from "./socket_client.ts";
import { startSignalingServer } from "./signaling_server.ts";

/** Two peers in a room, the first of whom has heard of the second. */
async function joinTwo(url: string) {
  const { client: first, welcome: { peer: firstId } } = await SocketClient.join(url);
  const { client: second, welcome: { peer: secondId } } = await SocketClient.join(url);
  await first.next();
  return {
    first,
    firstId,
    second,
    secondId,
    async [Symbol.asyncDispose]() {
      await Promise.all([first.close(), second.close()]);
    },
  };
}

const OFFER = { type: "offer", sdp: "v=0" };

Deno.test("a join is answered with a welcome that says everything a peer needs", async () => {
  await using server = startSignalingServer({ STUN_URLS: "stun:stun.example" });
  const { client, welcome } = await SocketClient.join(server.roomUrl("lobby"));
  await using _ = client;
  assertEquals(client.protocol, SUBPROTOCOL);
  assertMatch(String(welcome.peer), /^[A-Za-z0-9_-]{16}$/);
  assertMatch(String(welcome.resume), /^[A-Za-z0-9_-]{22}$/);
  assertEquals({ ...welcome, peer: "", resume: "" }, {
    type: "welcome",
    peer: "",
    room: "lobby",
    capacity: 2,
    peers: [],
    seat: 0,
    resume: "",
    iceServers: [{ urls: ["stun:stun.example"] }],
    heartbeat: { interval: 10_000, timeout: 5_000 },
    limits: {
      MAX_MESSAGE_BYTES: 16384,
      MESSAGES_PER_SECOND: 10,
      MESSAGE_BURST: 60,
      BYTES_PER_SECOND: 32768,
      BYTE_BURST: 262144,
      SEAT_GRACE: 30,
    },
  });
});

Deno.test("a newcomer learns who is here, and those here learn of the newcomer", async () => {
  await using server = startSignalingServer();
  const one = await SocketClient.join(server.roomUrl("x"));
  await using first = one.client;
  const two = await SocketClient.join(server.roomUrl("x"));
  await using _ = two.client;
  assertNotEquals(one.welcome.peer, two.welcome.peer);
  assertEquals(two.welcome.peers, [{ peer: one.welcome.peer, version: 2, state: "present" }]);
  assertEquals(await first.next(), { type: "peer-joined", peer: two.welcome.peer, version: 2 });
});

Deno.test("a signal carries the server's from, with and without a target", async () => {
  await using server = startSignalingServer();
  await using pair = await joinTwo(server.roomUrl("x"));
  const { first, second } = pair;
  first.send(OFFER);
  assertEquals(await second.next(), { ...OFFER, from: pair.firstId });
  second.send({ type: "answer", sdp: "a", to: pair.firstId });
  assertEquals(await first.next(), {
    type: "answer",
    sdp: "a",
    to: pair.firstId,
    from: pair.secondId,
  });
  first.send({ type: "candidate", candidate: null });
  assertEquals(await second.next(), {
    type: "candidate",
    candidate: null,
    from: pair.firstId,
  });
});

Deno.test("a signal for a peer that is not here is answered peer-gone, and costs no strike", async () => {
  await using server = startSignalingServer();
  const { client } = await SocketClient.join(server.roomUrl("x"));
  await using _ = client;
  for (let i = 0; i < 10; i++) {
    client.send({ ...OFFER, to: "nobody" });
    const answer = await client.next();
    assertEquals([answer.type, answer.code], ["error", "peer-gone"]);
  }
  await client.nothingElse();
});

Deno.test("a third peer is told on the socket that the room is full, and closed with 4502", async () => {
  await using server = startSignalingServer();
  await using pair = await joinTwo(server.roomUrl("x"));
  const { first } = pair;
  const { client, welcome } = await SocketClient.join(server.roomUrl("x"));
  assertEquals([welcome.type, welcome.code], ["error", "room-full"]);
  assertEquals((await client.closed).code, 4502);
  await first.nothingElse();
});

Deno.test("a bad room and an unknown subprotocol are told on the socket", async () => {
  await using server = startSignalingServer();
  const badRoom = await SocketClient.open(server.roomUrl("a%20b"), SUBPROTOCOL);
  assertEquals((await badRoom.next()).code, "bad-room");
  assertEquals((await badRoom.closed).code, 4501);
  const unknown = await SocketClient.open(server.roomUrl("x"), "soap");
  assertEquals((await unknown.next()).code, "version");
  assertEquals((await unknown.closed).code, 4505);
});

Deno.test("a peer that says from is refused, and nobody hears it", async () => {
  await using server = startSignalingServer();
  await using pair = await joinTwo(server.roomUrl("x"));
  const { first, second } = pair;
  second.send({ ...OFFER, from: pair.firstId });
  assertEquals((await second.next()).code, "bad-message");
  await first.nothingElse();
});

Deno.test("leave, a lost socket and a join that never came are told apart", async () => {
  await using server = startSignalingServer({ JOIN_TIMEOUT: "1", SEAT_GRACE: "1" });
  const { client: first } = await SocketClient.join(server.roomUrl("x"));
  await using _ = first;
  const two = await SocketClient.join(server.roomUrl("x"));
  await first.next();
  two.client.send({ type: "leave" });
  const peer = two.welcome.peer;
  assertEquals(await first.next(), { type: "leave", from: peer });
  assertEquals(await first.next(), { type: "peer-left", peer, reason: "left" });
  assertEquals((await two.client.closed).code, 1000);

  const three = await SocketClient.join(server.roomUrl("x"));
  await first.next();
  await three.client.close();
  assertEquals(await first.next(), { type: "peer-away", peer: three.welcome.peer });
  const lost = { type: "peer-left", peer: three.welcome.peer, reason: "lost" };
  assertEquals(await first.next(), lost);

  const mute = await SocketClient.open(server.roomUrl("x"), SUBPROTOCOL);
  assertEquals((await mute.next()).code, "join-timeout");
  assertEquals((await mute.closed).code, 4402);
  await first.nothingElse();
});

Deno.test("a frame that is too large or binary closes with the code for it", async () => {
  await using server = startSignalingServer({ MAX_MESSAGE_BYTES: "1000" });
  const large = (await SocketClient.join(server.roomUrl("x"))).client;
  large.send({ type: "offer", sdp: "é".repeat(500) });
  assertEquals((await large.next()).code, "bad-message");
  assertEquals((await large.closed).code, 1009);
  const binary = (await SocketClient.join(server.roomUrl("x"))).client;
  binary.send(new Uint8Array([123, 125]));
  assertEquals((await binary.closed).code, 1003);
  assertEquals(server.signaling.registry.size, 0);
});

Deno.test("both versions share a room, each in its own words", async () => {
  await using server = startSignalingServer();
  await using old = await SocketClient.open(server.roomUrl("x"));
  old.send('{"type": "offer", "sdp": "from 1", "from": "somebody else"}');
  old.send("bad");
  await old.next();
  const { client, welcome } = await SocketClient.join(server.roomUrl("x"));
  const peers = welcome.peers as { peer: string; version: number }[];
  const from = peers[0]?.peer;
  assertEquals(peers, [{ peer: from, version: 1, state: "present" }]);
  assertEquals(await client.next(), { type: "offer", sdp: "from 1", from });
  client.send({ type: "answer", sdp: "from 2", to: from });
  assertEquals(await old.next(), { type: "answer", sdp: "from 2" });
  client.send({ type: "candidate", candidate: null });
  client.send({ type: "candidate", candidate: { candidate: "c" } });
  assertEquals(await old.next(), { type: "candidate", candidate: { candidate: "c" } });
  old.send('{"type":"candidate","candidate":"line"}');
  assertEquals(await client.next(), { type: "candidate", candidate: "line", from });
  await client.close();
  assertEquals(await old.next(), { type: "leave" });
});

Deno.test("a version 1 peer is refused where two of version 2 sit, and the other way round", async () => {
  await using server = startSignalingServer();
  const { client } = await SocketClient.join(server.roomUrl("x"));
  await using _ = client;
  await using old = await SocketClient.open(server.roomUrl("x"));
  assertEquals((await client.next()).version, 1);
  const third = await SocketClient.join(server.roomUrl("x"));
  assertEquals(third.welcome.code, "room-full");
  await third.client.closed;
  let opened = false;
  await SocketClient.open(server.roomUrl("x")).then(() => opened = true, () => {});
  assertEquals(opened, false);
  old.send({ type: "leave" });
  await old.closed;
});
