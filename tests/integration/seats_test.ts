import { assertEquals, assertNotEquals } from "@std/assert";
import { SUBPROTOCOL } from "../../lib/protocol/messages.ts";
import { eventually } from "../fakes/patience.ts";
import { HeldClock } from "./held_clock.ts";
import { expect, joinInVain, joinPeer, joinPeers } from "./peers.ts";
import { OPCODE, RawSocket } from "./raw_socket.ts";
import { startSignalingServer } from "./signaling_server.ts";
import { SocketClient } from "./socket_client.ts";

const OFFER = { type: "offer", sdp: "v=0" };
const ROOM_FULL = ["room-full", 4502];

Deno.test("a peer that drops is away, and comes back as who it was", async () => {
  await using server = startSignalingServer();
  const url = server.roomUrl("x");
  await using peers = await joinPeers(url, 2);
  const [first, second] = peers;
  await second.client.close();
  assertEquals(await first.client.next(), { type: "peer-away", peer: second.id });
  assertEquals(server.signaling.registry.away, 1);
  await using back = await joinPeer(url, { resume: second.token });
  assertEquals(await first.client.next(), { type: "peer-back", peer: second.id });
  assertEquals(back.welcome, second.welcome);
  assertEquals(server.signaling.registry.away, 0);
  back.client.send(OFFER);
  assertEquals(await first.client.next(), { ...OFFER, from: second.id });
  first.client.send({ ...OFFER, to: second.id });
  assertEquals((await back.client.next()).from, first.id);
  await back.client.nothingElse();
});

Deno.test("a peer that reloads again and again is never the rejected third", async () => {
  await using server = startSignalingServer();
  const url = server.roomUrl("x");
  await using first = await joinPeer(url);
  let second = await joinPeer(url);
  await expect(first.client, { type: "peer-joined", peer: second.id });
  for (let reloads = 0; reloads < 20; reloads++) {
    // A page that reloads does not wait until the server knows that it is gone.
    const closed = second.client.close();
    const [back, stranger] = await Promise.all([
      joinPeer(url, { resume: second.token }),
      joinInVain(url),
    ]);
    assertEquals(stranger, ROOM_FULL);
    assertEquals([back.id, back.token], [second.id, second.token]);
    await expect(first.client, { type: "peer-away", peer: second.id });
    await expect(first.client, { type: "peer-back", peer: second.id });
    await closed;
    second = back;
  }
  await first.client.nothingElse();
  await second.client.close();
});

Deno.test("a peer that takes its seat while its old socket lives replaces it", async () => {
  await using server = startSignalingServer();
  const url = server.roomUrl("x");
  await using peers = await joinPeers(url, 2);
  const [first, second] = peers;
  await using back = await joinPeer(url, { resume: second.token });
  assertEquals(await second.client.closed, {
    code: 4504,
    reason: "replaced by a newer connection",
  });
  assertEquals(await first.client.next(), { type: "peer-away", peer: second.id });
  assertEquals(await first.client.next(), { type: "peer-back", peer: second.id });
  back.client.send(OFFER);
  assertEquals(await first.client.next(), { ...OFFER, from: second.id });
  await first.client.nothingElse();
  assertEquals(server.signaling.registry.away, 0);
});

Deno.test("an old socket that closes late takes nothing from the one that replaced it", async () => {
  await using server = startSignalingServer();
  const url = server.roomUrl("x");
  await using first = await joinPeer(url);
  using old = await RawSocket.open(url, { protocol: SUBPROTOCOL });
  await old.send({ type: "join" });
  const { peer, resume } = await old.next();
  await expect(first.client, { type: "peer-joined", peer });
  await using back = await joinPeer(url, { resume });
  assertEquals([back.id, await old.closeCode()], [peer, 4504]);
  await expect(first.client, { type: "peer-away", peer });
  await expect(first.client, { type: "peer-back", peer });
  // It was told to close, and says instead that it leaves; then it breaks.
  await old.send({ type: "leave" });
  await old.send(OFFER);
  old[Symbol.dispose]();
  await eventually(() => server.signaling.admission.sockets === 2);
  first.client.send({ ...OFFER, to: peer });
  await expect(back.client, { from: first.id });
  await first.client.nothingElse();
  assertEquals(server.signaling.registry.away, 0);
});

Deno.test("a peer that does not come back in its grace time is lost, and its seat free", async () => {
  await using server = startSignalingServer({ SEAT_GRACE: "1" });
  const url = server.roomUrl("x");
  await using peers = await joinPeers(url, 2);
  const [first, second] = peers;
  await second.client.close();
  await expect(first.client, { type: "peer-away", peer: second.id });
  const left = await first.client.next();
  assertEquals(left, { type: "peer-left", peer: second.id, reason: "lost" });
  await using third = await joinPeer(url, { resume: second.token });
  assertNotEquals(third.id, second.id);
  await expect(first.client, { type: "peer-joined", peer: third.id });
});

for (
  const [setting, seconds] of [[undefined, 30], ["2", 2], ["300", 300], ["0", 300]] as const
) {
  Deno.test(`a seat is kept for ${seconds} s where SEAT_GRACE is ${setting}`, async () => {
    const clock = new HeldClock();
    await using server = startSignalingServer({ SEAT_GRACE: setting }, clock);
    const url = server.roomUrl("x");
    await using peers = await joinPeers(url, 2);
    const [first, second] = peers;
    await second.client.close();
    await expect(first.client, { type: "peer-away", peer: second.id });
    clock.advance(seconds * 1000 - 1);
    await first.client.nothingElse();
    assertEquals(await joinInVain(url), ROOM_FULL);
    clock.advance(1);
    await expect(first.client, { type: "peer-left", peer: second.id, reason: "lost" });
    await using _third = await joinPeer(url);
  });
}

Deno.test("a stranger is refused while a peer is away, and told for how long, in either version", async () => {
  const clock = new HeldClock();
  await using server = startSignalingServer({}, clock);
  const url = server.roomUrl("x");
  await using peers = await joinPeers(url, 2);
  const [first, second] = peers;
  await second.client.close();
  await expect(first.client, { type: "peer-away", peer: second.id });
  assertEquals(await joinInVain(url), ROOM_FULL);
  using old = await RawSocket.open(url);
  const refusal = await old.refusal();
  assertEquals([old.status, refusal.code], [409, "room-full"]);
  assertEquals([refusal.retryAfter, old.headers.get("retry-after")], [30, "30"]);
  clock.advance(10_001);
  const { welcome: error } = await SocketClient.join(url);
  assertEquals([error.code, error.retryAfter], ["room-full", 20]);
  // Both peers may be away: the room is still theirs.
  await first.client.close();
  await eventually(() => server.signaling.registry.away === 2);
  assertEquals(await joinInVain(url), ROOM_FULL);
  await using back = await joinPeer(url, { resume: first.token });
  assertEquals(back.welcome.peers, [{ peer: second.id, version: 2, state: "away" }]);
});

Deno.test("a socket may end in any way of its own: the seat is away", async () => {
  await using server = startSignalingServer({ IDLE_TIMEOUT: "1" });
  const url = server.roomUrl("x");
  await using first = await joinPeer(url);
  const ends: [string, (socket: RawSocket) => Promise<void> | void][] = [
    ["close 1000", (socket) => socket.sendClose(1000)],
    ["close 1001", (socket) => socket.sendClose(1001)],
    ["close 4504", (socket) => socket.sendClose(4504)],
    ["close without a code", (socket) => socket.sendClose()],
    ["a close code that may not be", (socket) => socket.sendClose(1005)],
    ["a frame that may not be", (socket) => socket.sendFrame({ opcode: 5, payload: NOTHING })],
    [
      "a text that is not UTF-8",
      (socket) => socket.sendFrame({ opcode: OPCODE.text, payload: new Uint8Array([0xff]) }),
    ],
    ["a broken connection", (socket) => socket[Symbol.dispose]()],
    ["no answer to the runtime's ping", () => {}],
  ];
  for (const [how, end] of ends) {
    using socket = await RawSocket.open(url, { protocol: SUBPROTOCOL });
    await socket.send({ type: "join" });
    const { peer, resume } = await socket.next();
    await expect(first.client, { type: "peer-joined", peer });
    await end(socket);
    assertEquals([await first.client.next(), how], [{ type: "peer-away", peer }, how]);
    const back = await joinPeer(url, { resume });
    assertEquals([back.id, how], [peer, how]);
    await expect(first.client, { type: "peer-back", peer });
    back.client.send({ type: "leave" });
    await expect(first.client, { type: "leave", from: peer });
    await expect(first.client, { type: "peer-left", peer, reason: "left" });
    await back.client.close();
  }
});

const NOTHING = new Uint8Array(0);

Deno.test("whom the server ends loses the seat at once, and the token is void", async () => {
  const settings = { MAX_MESSAGE_BYTES: "1000", MESSAGE_BURST: "20" };
  // While no time passes, the join and 19 pings are a full burst; then come two warnings.
  await using server = startSignalingServer(settings, new HeldClock());
  const url = server.roomUrl("x");
  await using first = await joinPeer(url);
  const ends: [number, (client: SocketClient) => void][] = [
    [1003, (client) => client.send(new Uint8Array(2))],
    [1009, (client) => client.send("x".repeat(1001))],
    [4500, (client) => {
      for (let i = 0; i <= 10; i++) client.send("bad");
    }],
    [4403, (client) => {
      for (let t = 1; t <= 19 + 2 + 1; t++) client.send({ type: "ping", t });
    }],
  ];
  for (const [code, provoke] of ends) {
    const peer = await joinPeer(url);
    await expect(first.client, { type: "peer-joined", peer: peer.id });
    provoke(peer.client);
    await expect(first.client, { type: "peer-left", peer: peer.id, reason: "lost" });
    assertEquals((await peer.client.closed).code, code);
    const newcomer = await joinPeer(url, { resume: peer.token });
    assertNotEquals(newcomer.id, peer.id);
    await expect(first.client, { type: "peer-joined", peer: newcomer.id });
    newcomer.client.send({ type: "leave" });
    await expect(first.client, { type: "leave" });
    await expect(first.client, { type: "peer-left", reason: "left" });
    await newcomer.client.close();
  }
});
