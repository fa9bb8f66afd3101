import { assert, assertEquals, assertMatch } from "@std/assert";
import { SocketClient } from "./socket_client.ts";
import { startSignalingServer } from "./signaling_server.ts";

const OFFER = '{"type": "offer", "sdp": "fake-sdp-from-Client1"}';

/** Opens a WebSocket by hand, to read the answer to its handshake. */
function handshake(url: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(url.replace("ws:", "http:"), {
    headers: {
      connection: "Upgrade",
      upgrade: "websocket",
      "sec-websocket-key": btoa("0123456789abcdef"),
      "sec-websocket-version": "13",
      ...headers,
    },
  });
}

Deno.test("an offer that was sent to an empty room reaches the peer that comes later", async () => {
  await using server = startSignalingServer();
  await using first = await SocketClient.open(server.roomUrl("x"));
  first.send(OFFER);
  // A peer of its own answers a bad message, so this answer means that the offer was taken.
  first.send("bad");
  await first.next();
  await using second = await SocketClient.open(server.roomUrl("x"));
  assertEquals(await second.nextText(), OFFER);
});

Deno.test("every message of version 1 is forwarded byte for byte, in order, to the other peer", async () => {
  await using server = startSignalingServer();
  await using first = await SocketClient.open(server.roomUrl("x"));
  await using second = await SocketClient.open(server.roomUrl("x"));
  const frames = [
    '{"type":"answer","sdp":"ü \\ud83d\\ude00 \\ud800"}',
    ' {"sdp" : "1" ,"type":"offer","from":"me","to":[1e3]}\n',
    '{"type":"candidate","candidate":"candidate:1 1 udp 2113937151 10.0.0.1 9 typ host"}',
    '{"type":"candidate","candidate":{"candidate":"","sdpMid":"0","x":null}}',
  ];
  for (const frame of frames) second.send(frame);
  for (const frame of frames) assertEquals(await first.nextText(), frame);
  for (const frame of frames) first.send(frame);
  for (const frame of frames) assertEquals(await second.nextText(), frame);
});

Deno.test("the address works with and without the slash at its end", async () => {
  await using server = startSignalingServer();
  await using first = await SocketClient.open(server.roomUrl("x"));
  await using second = await SocketClient.open(server.roomUrl("x").replace("signal?", "signal/?"));
  first.send(OFFER);
  assertEquals(await second.nextText(), OFFER);
});

Deno.test("rooms hear nothing of each other, and their names are case-sensitive", async () => {
  await using server = startSignalingServer();
  await using lower = await SocketClient.open(server.roomUrl("room"));
  await using upper = await SocketClient.open(server.roomUrl("ROOM"));
  await using upperToo = await SocketClient.open(server.roomUrl("ROOM"));
  upper.send(OFFER);
  assertEquals(await upperToo.nextText(), OFFER);
  lower.send("bad");
  assertEquals((await lower.next()).type, "error");
  assertEquals(server.signaling.registry.size, 2);
});

Deno.test("a third peer is refused in the handshake with 409 and a reason in JSON", async () => {
  await using server = startSignalingServer();
  await using first = await SocketClient.open(server.roomUrl("x"));
  await using second = await SocketClient.open(server.roomUrl("x"));
  const response = await handshake(server.roomUrl("x"));
  assertEquals(response.status, 409);
  assertEquals(response.headers.get("content-type"), "application/json");
  const { type, code, message } = await response.json();
  assertEquals([type, code], ["error", "room-full"]);
  assertMatch(message, /taken/);
  // The two who are there were not disturbed.
  first.send(OFFER);
  assertEquals(await second.nextText(), OFFER);
});

Deno.test("many who come at once fill a room to its capacity and not one further", async () => {
  await using server = startSignalingServer({ ROOM_CAPACITY: "3" });
  const tries = await Promise.allSettled(
    Array.from({ length: 20 }, () => SocketClient.open(server.roomUrl("x"))),
  );
  const clients = tries.flatMap((result) => result.status === "fulfilled" ? [result.value] : []);
  assertEquals(clients.length, 3);
  await Promise.all(clients.map((client) => client.close()));
});

Deno.test("a peer that says leave is heard, closed with 1000, and its seat is free", async () => {
  await using server = startSignalingServer();
  await using first = await SocketClient.open(server.roomUrl("x"));
  await using second = await SocketClient.open(server.roomUrl("x"));
  second.send('{"type":"leave","reason":"tea"}');
  assertEquals(await first.nextText(), '{"type":"leave","reason":"tea"}');
  assertEquals(await second.closed, { code: 1000, reason: "left" });
  await using third = await SocketClient.open(server.roomUrl("x"));
  third.send(OFFER);
  assertEquals(await first.nextText(), OFFER);
});

Deno.test("a peer that vanishes is announced as leave, once", async () => {
  await using server = startSignalingServer();
  await using first = await SocketClient.open(server.roomUrl("x"));
  const second = await SocketClient.open(server.roomUrl("x"));
  await second.close();
  assertEquals(await first.nextText(), '{"type":"leave"}');
  await using third = await SocketClient.open(server.roomUrl("x"));
  third.send(OFFER);
  assertEquals(await first.nextText(), OFFER);
});

Deno.test("bad input is answered with a reason, forwarded to nobody, and survived ten times", async () => {
  await using server = startSignalingServer();
  await using first = await SocketClient.open(server.roomUrl("x"));
  await using second = await SocketClient.open(server.roomUrl("x"));
  const bad = [
    "not json",
    "{}",
    '{"type":"offer"}',
    '{"type":"candidate","candidate":null}',
    new Uint8Array([1, 2]),
    `{"type":"offer","sdp":"${"x".repeat(16384)}"}`,
  ];
  for (let strikes = 0; strikes < 10; strikes++) {
    second.send(bad[strikes % bad.length]!);
    const answer = await second.next();
    assertEquals([answer.type, answer.code], ["error", "bad-message"]);
  }
  second.send(OFFER);
  assertEquals(await first.nextText(), OFFER);
  second.send("[]");
  assertEquals((await second.next()).code, "bad-message");
  assertEquals((await second.closed).code, 4500);
  assertEquals(await first.nextText(), '{"type":"leave"}');
});

Deno.test("a lone peer that says too much is told that no more is kept", async () => {
  await using server = startSignalingServer({ MESSAGES_PER_SECOND: "0" });
  await using client = await SocketClient.open(server.roomUrl("x"));
  for (let i = 0; i <= 64; i++) client.send({ type: "candidate", candidate: String(i) });
  const answer = await client.next();
  assertEquals([answer.type, answer.code], ["error", "mailbox-full"]);
  await client.nothingElse();
  await using second = await SocketClient.open(server.roomUrl("x"));
  for (let i = 0; i < 64; i++) assertEquals((await second.next()).candidate, String(i));
  await second.nothingElse();
});

Deno.test("a bad room, a bad method and a request without upgrade get JSON and their status", async () => {
  await using server = startSignalingServer();
  const table: [string, RequestInit, number, string][] = [
    ["/ws/signal?room=x", {}, 426, "upgrade-required"],
    ["/ws/signal/", {}, 426, "upgrade-required"],
    ["/ws/signal?room=x", { method: "POST", body: "{}" }, 405, "method-not-allowed"],
    ["/ws/signal?room=x", { method: "DELETE" }, 405, "method-not-allowed"],
  ];
  for (const [path, init, status, code] of table) {
    const response = await fetch(server.origin + path, init);
    assertEquals([response.status, (await response.json()).code], [status, code], path);
  }
  for (const name of ["", "a b", "x".repeat(65), "%00", "../x"]) {
    const response = await handshake(server.roomUrl(encodeURIComponent(name)));
    assertEquals([response.status, (await response.json()).code], [400, "bad-room"], name);
  }
});

Deno.test("the registry is empty when everybody is gone", async () => {
  await using server = startSignalingServer();
  const clients = await Promise.all(
    Array.from({ length: 40 }, (_, i) => SocketClient.open(server.roomUrl(`room-${i % 20}`))),
  );
  assertEquals(server.signaling.registry.size, 20);
  const watcher = await SocketClient.open(server.roomUrl("watch"));
  await Promise.all(clients.map((client) => client.close()));
  await watcher.close();
  assert(server.signaling.registry.size === 0, `${server.signaling.registry.size} rooms are left`);
});
