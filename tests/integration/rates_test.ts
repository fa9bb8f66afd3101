import { assertEquals } from "@std/assert";
import { SUBPROTOCOL } from "../../lib/protocol/messages.ts";
import { HeldClock } from "./held_clock.ts";
import { expect } from "./peers.ts";
import { type SignalingServer, startSignalingServer } from "./signaling_server.ts";
import { SocketClient } from "./socket_client.ts";

const RATE_LIMITED = { type: "error", code: "rate-limited", retryAfter: 1 };

const VERSIONS = [[1, undefined], [2, SUBPROTOCOL]] as const;

type Settings = Parameters<typeof startSignalingServer>[0];

/** Two peers of one version, whose time stands still. */
interface Pair extends AsyncDisposable {
  server: SignalingServer;
  clock: HeldClock;
  speaker: SocketClient;
  listener: SocketClient;
  /** What the speaker has sent, and the listener must hear. */
  sent: number;
}

async function startPair(protocol: string | undefined, settings: Settings): Promise<Pair> {
  const clock = new HeldClock();
  const server = startSignalingServer(settings, clock);
  const speaker = await SocketClient.open(server.roomUrl("x"), protocol);
  const listener = await SocketClient.open(server.roomUrl("x"), protocol);
  if (protocol !== undefined) {
    for (const client of [listener, speaker]) {
      client.send({ type: "join" });
      await expect(client, { type: "welcome" });
    }
    await expect(listener, { type: "peer-joined" });
  }
  return {
    server,
    clock,
    speaker,
    listener,
    sent: 0,
    async [Symbol.asyncDispose]() {
      await Promise.all([speaker.close(), listener.close()]);
      await server[Symbol.asyncDispose]();
    },
  };
}

/** Sends `count` signals, all of which the listener must hear in their order. */
async function speak(pair: Pair, count: number): Promise<void> {
  const first = pair.sent;
  pair.sent += count;
  for (let i = first; i < pair.sent; i++) pair.speaker.send({ type: "offer", sdp: String(i) });
  for (let i = first; i < pair.sent; i++) await expect(pair.listener, { sdp: String(i) });
}

/** Sends a signal that is one too many. */
async function overdo({ speaker }: Pair): Promise<void> {
  speaker.send({ type: "offer", sdp: "not heard" });
  await expect(speaker, RATE_LIMITED);
}

for (const [version, protocol] of VERSIONS) {
  /** A join is a message, too. */
  const joins = version - 1;

  for (
    const [settings, burst, perSecond] of [
      [{}, 60, 10],
      [{ MESSAGES_PER_SECOND: "3", MESSAGE_BURST: "9" }, 9, 3],
    ] as [Settings, number, number][]
  ) {
    const named = JSON.stringify(settings);

    Deno.test(`version ${version} may send a burst, and the third warning ends it: ${named}`, async () => {
      await using pair = await startPair(protocol, settings);
      await speak(pair, burst - joins);
      await overdo(pair);
      await overdo(pair);
      await overdo(pair);
      assertEquals(await pair.speaker.closed, { code: 4403, reason: "rate limited" });
      // Whoever is ended so has lost the seat, and nothing of the surplus was heard.
      const { type } = await pair.listener.next();
      assertEquals(type, version === 1 ? "leave" : "peer-left");
      await pair.listener.nothingElse();
      assertEquals(pair.server.signaling.registry.away, 0);
    });

    Deno.test(`version ${version} may go on at the steady rate: ${named}`, async () => {
      await using pair = await startPair(protocol, settings);
      await speak(pair, burst - joins);
      for (let second = 0; second < 5; second++) {
        pair.clock.advance(1000);
        await speak(pair, perSecond);
      }
      await overdo(pair);
    });

    Deno.test(`warnings to version ${version} are forgotten after a long calm: ${named}`, async () => {
      await using pair = await startPair(protocol, settings);
      await speak(pair, burst - joins);
      const calm = burst / perSecond * 1000;
      for (let i = 0; i < 3; i++) {
        await overdo(pair);
        await overdo(pair);
        pair.clock.advance(calm);
        await speak(pair, burst);
      }
      await overdo(pair);
      await overdo(pair);
      // One message short of calm is not calm.
      pair.clock.advance(calm - 1000);
      await speak(pair, burst - perSecond);
      await overdo(pair);
      assertEquals((await pair.speaker.closed).code, 4403);
    });
  }

  for (const name of ["MESSAGES_PER_SECOND", "MESSAGE_BURST"] as const) {
    Deno.test(`version ${version} may send any number of messages where ${name} is 0`, async () => {
      await using pair = await startPair(protocol, { [name]: "0" });
      await speak(pair, 1000);
    });
  }

  Deno.test(`version ${version} may send as many bytes as the burst allows, and no more`, async () => {
    await using pair = await startPair(protocol, { ROOM_CAPACITY: "2" });
    await spend(pair, 262_144 - joins * '{"type":"join"}'.length);
    pair.clock.advance(500);
    await spend(pair, 16_384);
    await exceed(pair);
  });

  Deno.test(`bytes of version ${version} are counted in UTF-8, by the rates that are set`, async () => {
    const settings = { BYTES_PER_SECOND: "100", BYTE_BURST: "1000" };
    await using pair = await startPair(protocol, settings);
    await spend(pair, 1000 - joins * '{"type":"join"}'.length, "é");
    pair.clock.advance(10_000);
    await spend(pair, 1000, "\u{1f600}");
    await exceed(pair);
  });

  for (const name of ["BYTES_PER_SECOND", "BYTE_BURST"] as const) {
    Deno.test(`version ${version} may send any number of bytes where ${name} is 0`, async () => {
      await using pair = await startPair(protocol, { [name]: "0" });
      await spend(pair, 50 * 16_384);
    });
  }
}

/** Sends exactly so many bytes; each frame is heard before the next one goes. */
async function spend({ speaker, listener }: Pair, bytes: number, letter = "x"): Promise<void> {
  const frame = '{"type":"offer","sdp":""}';
  const size = new TextEncoder().encode(letter).length;
  for (let rest = bytes; rest > 0;) {
    // What is left must be enough for another frame, or nothing.
    const next = rest <= 16_384 ? rest : Math.min(16_384, rest - 100);
    const filling = next - frame.length;
    const sdp = letter.repeat(Math.floor(filling / size)) + "x".repeat(filling % size);
    speaker.send({ type: "offer", sdp });
    await expect(listener, { sdp });
    rest -= next;
  }
}

/** Sends the byte that is too many: there is no warning. */
async function exceed({ speaker, listener, server }: Pair): Promise<void> {
  speaker.send({ type: "offer", sdp: "" });
  await expect(speaker, RATE_LIMITED);
  assertEquals((await speaker.closed).code, 4403);
  const { type } = await listener.next();
  assertEquals(type, speaker.protocol === "" ? "leave" : "peer-left");
  await listener.nothingElse();
  assertEquals(server.signaling.registry.away, 0);
}
