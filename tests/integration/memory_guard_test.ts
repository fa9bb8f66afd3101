import { assert, assertEquals, assertMatch } from "@std/assert";
import { SUBPROTOCOL } from "../../lib/protocol/messages.ts";
import { watchConsole } from "../fakes/console.ts";
import { eventually } from "../fakes/patience.ts";
import { expect, joinPeer, joinPeers, type Peer } from "./peers.ts";
import { OPCODE, RawSocket } from "./raw_socket.ts";
import { type SignalingServer, startSignalingServer } from "./signaling_server.ts";
import { SocketClient } from "./socket_client.ts";

const MIB = 1024 * 1024;

const OFFER = { type: "offer", sdp: "v=0" };

/** What a process says of its memory, until it is disposed of. */
class Memory implements Disposable {
  rss: number;
  #real = Deno.memoryUsage;

  constructor(rss: number) {
    this.rss = rss;
    Deno.memoryUsage = () => ({ ...this.#real(), rss: this.rss });
  }

  [Symbol.dispose](): void {
    Deno.memoryUsage = this.#real;
  }
}

async function statusOf(url: string, protocol?: string): Promise<unknown[]> {
  using socket = await RawSocket.open(url, protocol === undefined ? {} : { protocol });
  if (socket.status === 101) return [101];
  const { code, retryAfter } = await socket.refusal();
  return [socket.status, code, retryAfter, socket.headers.get("retry-after")];
}

/** Takes a seat back from a server that is about to listen again. */
async function comeBack(server: SignalingServer, { token }: Peer): Promise<Peer> {
  let back: Peer | undefined;
  for (let attempts = 1; back === undefined; attempts++) {
    try {
      back = await joinPeer(server.roomUrl("x"), { resume: token });
    } catch (error) {
      if (attempts === 600) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  return back;
}

Deno.test("no socket is opened while memory is short, and those that are open live on", async () => {
  using memory = new Memory(99 * MIB);
  await using server = startSignalingServer({ MAX_RSS: String(100 * MIB) });
  const url = server.roomUrl("x");
  await using peers = await joinPeers(server.roomUrl("other"), 2);
  assertEquals(await statusOf(url), [101]);
  for (const rss of [100 * MIB, 124 * MIB]) {
    memory.rss = rss;
    for (const protocol of [undefined, SUBPROTOCOL]) {
      assertEquals(await statusOf(url, protocol), [503, "try-later", 5, "5"]);
    }
  }
  peers[0].client.send(OFFER);
  await expect(peers[1].client, OFFER);
  memory.rss = 99 * MIB;
  for (const protocol of [undefined, SUBPROTOCOL]) {
    assertEquals(await statusOf(url, protocol), [101]);
  }
});

Deno.test("memory is unlimited where MAX_RSS is 0, and has a limit of 1 GiB by default", async () => {
  using memory = new Memory(0);
  for (
    const [setting, rss, status] of [
      ["0", 1e15, 101],
      [undefined, 1024 * MIB - 1, 101],
      [undefined, 1024 * MIB, 503],
    ] as const
  ) {
    memory.rss = rss;
    await using server = startSignalingServer({ MAX_RSS: setting });
    assertEquals((await statusOf(server.roomUrl("x"), SUBPROTOCOL))[0], status);
  }
});

Deno.test("when memory overflows all are sent off, and come back to their seats", async () => {
  using said = watchConsole();
  using memory = new Memory(99 * MIB);
  await using server = startSignalingServer({ MAX_RSS: String(100 * MIB), ROOM_CAPACITY: "3" });
  const { registry, sockets, admission } = server.signaling;
  const url = server.roomUrl("x");
  await using peers = await joinPeers(url, 2);
  await using old = await SocketClient.open(url);
  for (const { client } of peers) await expect(client, { type: "peer-joined", version: 1 });
  await using joining = await SocketClient.open(url, SUBPROTOCOL);
  // It neither reads nor closes: what is said to it does not end it.
  using deaf = await RawSocket.open(server.roomUrl("deaf"), { protocol: SUBPROTOCOL });
  const turnedOut = Promise.all([peers[0].client, peers[1].client, joining, old].map(ended));
  memory.rss = 125 * MIB;
  for (const { code, frames } of await turnedOut) {
    assertEquals(code, 1012);
    const last = frames.at(-1);
    assertEquals([last?.type, last?.code], ["error", "restarting"]);
  }
  await eventually(() => sockets.size === 0 && admission.sockets === 0);
  await deaf.drain();
  assertEquals(said.lines.length, 1);
  assertMatch(said.lines[0]!, /^Memory is above MAX_RSS: dropping 5 sockets/);
  // Whoever speaks version 1 has no seat to come back to.
  assertEquals([registry.size, registry.away], [1, 2]);
  memory.rss = 99 * MIB;
  await using second = await comeBack(server, peers[1]);
  await using first = await comeBack(server, peers[0]);
  assertEquals([first.id, second.id], [peers[0].id, peers[1].id]);
  assertEquals(second.welcome.peers, [{ peer: first.id, version: 2, state: "away" }]);
  assertEquals(first.welcome.peers, [{ peer: second.id, version: 2, state: "present" }]);
  await expect(second.client, { type: "peer-back", peer: first.id });
  first.client.send(OFFER);
  assertEquals(await second.client.next(), { ...OFFER, from: first.id });
});

/** Reads all that comes until the socket is closed. */
async function ended(client: SocketClient) {
  const frames: Record<string, unknown>[] = [];
  const { code } = await client.closed;
  for (;;) {
    const frame = await client.next().catch(() => undefined);
    if (frame === undefined) return { code, frames };
    frames.push(frame);
  }
}

Deno.test("a message in endless fragments costs a moment, and nobody a seat", async () => {
  using said = watchConsole();
  // Far above what this process has, for what tests before it left is collected at any time.
  const limit = Deno.memoryUsage().rss + 300 * MIB;
  await using server = startSignalingServer({ MAX_RSS: String(limit) });
  await using peers = await joinPeers(server.roomUrl("x"), 2);
  using attacker = await RawSocket.open(server.roomUrl("attack"));
  const payload = new Uint8Array(60_000).fill(97);
  const flood = (async () => {
    await attacker.sendFrame({ opcode: OPCODE.text, payload, fin: false });
    for (;;) await attacker.sendFrame({ opcode: OPCODE.more, payload, fin: false });
  })().catch(() => "broken off");
  for (const { client } of peers) assertEquals((await client.closed).code, 1012);
  assertEquals(await flood, "broken off");
  await using first = await comeBack(server, peers[0]);
  await using second = await comeBack(server, peers[1]);
  assertEquals([first.id, second.id], [peers[0].id, peers[1].id]);
  await expect(first.client, { type: "peer-back", peer: second.id });
  second.client.send(OFFER);
  await expect(first.client, { ...OFFER, from: second.id });
  assert(said.lines.length >= 1);
});
