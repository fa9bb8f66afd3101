import { assertEquals } from "@std/assert";
import { SUBPROTOCOL } from "../../lib/protocol/messages.ts";
import { eventually } from "../fakes/patience.ts";
import { HeldClock } from "./held_clock.ts";
import { expect, joinInVain, joinPeer } from "./peers.ts";
import { RawSocket } from "./raw_socket.ts";
import { startSignalingServer } from "./signaling_server.ts";
import { SocketClient } from "./socket_client.ts";

/** What a handshake says of its version. */
const VERSIONS = [{}, { protocol: SUBPROTOCOL }];

/** The status of a handshake from `address`, with the wait and the code of a refusal. */
async function knock(url: string, address: string, options = {}): Promise<unknown[]> {
  using socket = await RawSocket.open(url, {
    ...options,
    headers: { "x-forwarded-for": address },
  });
  if (socket.status === 101) return [101];
  const { code, retryAfter } = await socket.refusal();
  assertEquals(socket.headers.get("retry-after"), String(retryAfter));
  return [socket.status, code, retryAfter];
}

function open(url: string, address: string, protocol?: string): Promise<SocketClient> {
  return SocketClient.open(url, protocol, { headers: { "x-forwarded-for": address } });
}

const ROOMS_FULL = [503, "try-later", 5];
const SERVER_FULL = [503, "try-later", 5];
const ADDRESS_FULL = [429, "rate-limited", 5];

Deno.test("a room too many is refused, and a seat in a room that is there is not", async () => {
  await using server = startSignalingServer({ MAX_ROOMS: "2", TRUSTED_PROXIES: "loopback" });
  const { registry } = server.signaling;
  await using first = await joinPeer(server.roomUrl("x"));
  await using old = await SocketClient.open(server.roomUrl("y"));
  assertEquals(await knock(server.roomUrl("z"), "192.0.2.1"), ROOMS_FULL);
  const { client, welcome } = await SocketClient.join(server.roomUrl("z"));
  assertEquals([welcome.type, welcome.code, welcome.retryAfter], ["error", "try-later", 5]);
  assertEquals(await client.closed, { code: 1013, reason: "try again later" });
  await using second = await joinPeer(server.roomUrl("y"));
  await second.client.nothingElse();
  // A room in which everybody is away is a room.
  await first.client.close();
  await eventually(() => registry.away === 1);
  assertEquals(await joinInVain(server.roomUrl("z")), ["try-later", 1013]);
  await using back = await joinPeer(server.roomUrl("x"), { resume: first.token });
  assertEquals(back.id, first.id);
  back.client.send({ type: "leave" });
  await back.client.close();
  await using third = await joinPeer(server.roomUrl("z"));
  await third.client.nothingElse();
  old.send({ type: "leave" });
  assertEquals(registry.size, 2);
});

Deno.test("a socket too many is refused over HTTP in both versions, until one is closed", async () => {
  await using server = startSignalingServer({ MAX_SOCKETS: "3", TRUSTED_PROXIES: "loopback" });
  const url = server.roomUrl("x");
  await using _first = await open(url, "192.0.2.1");
  await using _second = await open(url, "192.0.2.2", SUBPROTOCOL);
  const third = await open(server.roomUrl("y"), "192.0.2.3");
  for (const options of VERSIONS) {
    assertEquals(await knock(url, "192.0.2.4", options), SERVER_FULL);
  }
  await third.close();
  await eventually(() => server.signaling.admission.sockets === 2);
  assertEquals(await knock(url, "192.0.2.4"), [101]);
});

Deno.test("a socket too many from one address is refused over HTTP, and none from another", async () => {
  const settings = { MAX_SOCKETS_PER_ADDRESS: "2", TRUSTED_PROXIES: "loopback" };
  await using server = startSignalingServer(settings);
  const { admission } = server.signaling;
  await using _first = await open(server.roomUrl("x"), "192.0.2.1");
  const second = await open(server.roomUrl("x"), "192.0.2.1", SUBPROTOCOL);
  for (const options of VERSIONS) {
    assertEquals(await knock(server.roomUrl("y"), "192.0.2.1", options), ADDRESS_FULL);
    assertEquals(await knock(server.roomUrl("y"), "192.0.2.2", options), [101]);
  }
  await second.close();
  await eventually(() => admission.sockets === 1);
  assertEquals(await knock(server.roomUrl("y"), "192.0.2.1"), [101]);
  await eventually(() => admission.sockets === 1);
  // Whoever is turned away on the socket does not count for long.
  for (let i = 0; i < 5; i++) {
    const stranger = await open(server.roomUrl("bad%20name"), "192.0.2.1", SUBPROTOCOL);
    await expect(stranger, { type: "error", code: "bad-room" });
    assertEquals((await stranger.closed).code, 4501);
    await eventually(() => admission.sockets === 1);
  }
});

Deno.test("one address may have 128 sockets, unless MAX_SOCKETS_PER_ADDRESS is 0", async () => {
  for (const [setting, expected] of [[undefined, ADDRESS_FULL], ["0", [101]]] as const) {
    await using server = startSignalingServer({
      UPGRADES_PER_MINUTE: "0",
      MAX_SOCKETS_PER_ADDRESS: setting,
      TRUSTED_PROXIES: "loopback",
    });
    const clients = await Promise.all(
      Array.from({ length: 128 }, (_, i) => open(server.roomUrl(`room-${i}`), "192.0.2.1")),
    );
    assertEquals(await knock(server.roomUrl("x"), "192.0.2.1"), expected);
    await Promise.all(clients.map((client) => client.close()));
  }
});

for (
  const [setting, burst, seconds] of [
    [undefined, 60, 1],
    ["4", 2, 15],
    ["1", 1, 60],
  ] as [string | undefined, number, number][]
) {
  Deno.test(`one address may open ${burst} sockets at once where UPGRADES_PER_MINUTE is ${setting}`, async () => {
    const clock = new HeldClock();
    const settings = { UPGRADES_PER_MINUTE: setting, TRUSTED_PROXIES: "loopback" };
    await using server = startSignalingServer(settings, clock);
    const url = server.roomUrl("x");
    const tooMany = [429, "rate-limited", seconds];
    // A handshake that is refused for another reason is one, too.
    await using _first = burst < 3 ? undefined : await open(url, "192.0.2.9");
    await using _second = burst < 3 ? undefined : await open(url, "192.0.2.9");
    const expected = burst < 3 ? 101 : 409;
    for (let i = 0; i < burst; i++) {
      using socket = await RawSocket.open(url, { headers: { "x-forwarded-for": "192.0.2.1" } });
      assertEquals(socket.status, expected);
    }
    for (const options of VERSIONS) {
      assertEquals(await knock(url, "192.0.2.1", options), tooMany);
    }
    assertEquals((await knock(url, "192.0.2.2", { protocol: SUBPROTOCOL }))[0], 101);
    // One at a time, at the steady rate.
    clock.advance(60_000 / Number(setting ?? 120) - 1);
    assertEquals(await knock(url, "192.0.2.1"), [429, "rate-limited", 1]);
    clock.advance(2);
    assertEquals((await knock(url, "192.0.2.1", { protocol: SUBPROTOCOL }))[0], 101);
    assertEquals(await knock(url, "192.0.2.1"), tooMany);
    // An address that was calm for long is forgotten, and with it what it did.
    clock.advance(61_000);
    assertEquals((await knock(url, "192.0.2.1", { protocol: SUBPROTOCOL }))[0], 101);
  });
}

Deno.test("one address may open any number of sockets where UPGRADES_PER_MINUTE is 0", async () => {
  const settings = { UPGRADES_PER_MINUTE: "0", TRUSTED_PROXIES: "loopback" };
  await using server = startSignalingServer(settings, new HeldClock());
  for (let i = 0; i < 200; i++) {
    assertEquals(await knock(server.roomUrl(`room-${i}`), "192.0.2.1"), [101]);
  }
});

Deno.test("addresses are forgotten once they are calm and have no socket", async () => {
  const clock = new HeldClock();
  await using server = startSignalingServer({ TRUSTED_PROXIES: "loopback" }, clock);
  const { admission } = server.signaling;
  const stays = await open(server.roomUrl("x"), "192.0.2.1");
  for (let i = 2; i <= 20; i++) {
    assertEquals((await knock(server.roomUrl("y"), `192.0.2.${i}`))[0] === 429, false);
  }
  await eventually(() => admission.sockets === 1);
  assertEquals(admission.addresses, 20);
  clock.advance(30_000);
  assertEquals(admission.addresses, 1);
  await stays.close();
  await eventually(() => admission.sockets === 0);
  clock.advance(30_000);
  assertEquals(admission.addresses, 0);
});
