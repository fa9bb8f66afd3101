import { assert, assertEquals, assertMatch } from "@std/assert";
import type { SocketClient } from "../integration/socket_client.ts";
import { frame, join, OPCODE } from "./frames.ts";
import { HonestPair } from "./honest_pair.ts";
import { patiently } from "../fakes/patience.ts";
import { RawSocket } from "./raw_socket.ts";
import { Target } from "./target.ts";
import { runTrials, type Trial } from "./trials.ts";

const { text, binary, continuation } = OPCODE;
const MIB = 1024 * 1024;

/** Fragments of one size that are about 4 MiB together, and belong to a message without an end. */
function fragments(size: number): Uint8Array {
  const one = frame(continuation, new Uint8Array(size), { fin: false });
  const some = join(...new Array(Math.ceil(4096 / one.length)).fill(one));
  return join(...new Array(Math.ceil(4 * MIB / some.length)).fill(some));
}

/** A message of 32 MiB on the wire, of which nothing can be seen until it ends, and it does not. */
function bomb(name: string, size: number, growth: number): Trial {
  return {
    name,
    growth,
    async run({ port }, pair) {
      using socket = await RawSocket.join(port);
      await socket.write(frame(text, "", { fin: false }));
      const some = fragments(size);
      for (let i = 0; i < 8; i++) {
        await socket.write(some);
        await pair.relays();
      }
      // It was all read, and the connection lives.
      await socket.write(frame(OPCODE.ping, "read"));
      assertEquals(await socket.read(), "pong read");
    },
  };
}

Deno.test("a message without an end costs no more than its bytes, and nobody else notices", async (t) => {
  await runTrials(t, [
    bomb("empty fragments", 0, 16 * MIB),
    bomb("fragments of 1 byte", 1, 32 * MIB),
    bomb("fragments of 1000 bytes", 1000, 96 * MIB),
    bomb("fragments of 1 MiB", MIB, 96 * MIB),
    bomb("fragments of 4 MiB", 4 * MIB, 96 * MIB),
    {
      name: "a message of 32 MiB that ends is refused",
      growth: 96 * MIB,
      async run({ port }) {
        using socket = await RawSocket.join(port);
        await socket.write(frame(text, "", { fin: false }));
        const some = fragments(MIB);
        for (let i = 0; i < 8; i++) await socket.write(some);
        await socket.write(frame(continuation));
        assertEquals(await socket.read(), "text error bad-message");
        assertEquals(await socket.read(), "close 1009 message too big");
      },
    },
  ]);
});

/** Far less than this must be taken of each attacker before all are dropped. */
const TOO_MUCH = 384 * MIB;

/** Sends until the server hangs up, or has taken too much. */
async function fill(socket: RawSocket, some: Uint8Array): Promise<"dropped" | "heard out"> {
  await socket.write(frame(binary, "", { fin: false }));
  for (let sent = 0; sent < TOO_MUCH; sent += some.length) {
    if (!await socket.tryWrite(some)) return "dropped";
    // No line is as fast as memory: this one carries 200 MiB a second.
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return "heard out";
}

/** Whoever is dropped later may hear that the other is away by now. */
async function hearFarewell(client: SocketClient): Promise<void> {
  let frame = await client.next();
  if (frame.type === "peer-away") frame = await client.next();
  assertEquals([frame.type, frame.code], ["error", "restarting"]);
  assertEquals(await client.closed, { code: 1012, reason: "restarting" });
}

/** Four attackers at once, until all are dropped; the pair comes back to its seats. */
async function survive(target: Target, pair: HonestPair, size: number): Promise<HonestPair> {
  using sockets = new DisposableStack();
  const attackers: RawSocket[] = [];
  for (let i = 0; i < 4; i++) {
    // Of version 1, which leaves no seat behind.
    attackers.push(sockets.use(await RawSocket.upgrade(target.port, { protocol: null })));
  }
  const some = fragments(size);
  const filling = Promise.all(attackers.map((socket) => fill(socket, some)));
  await patiently(hearFarewell(pair.first), "the farewell");
  await patiently(hearFarewell(pair.second), "the farewell");
  assertEquals(await patiently(filling, "the attackers"), attackers.map(() => "dropped"));
  const back = await pair.resume(target);
  await back.relays();
  return back;
}

/** Attacks one after the other with fragments of these sizes. */
async function attack(sizes: number[]): Promise<void> {
  const limit = 256 * MIB;
  await using target = await Target.start({ MAX_RSS: String(limit), SEAT_GRACE: "30" });
  let pair = await HonestPair.join(target);
  await pair.relays();
  for (const size of sizes) pair = await survive(target, pair, size);
  const { rss } = await target.held();
  assert(rss < limit, `The server still holds ${Math.round(rss / MIB)} MiB`);
  await pair[Symbol.asyncDispose]();
  await target.until(({ sockets, rooms, away }) => sockets + rooms + away === 0);
  assertMatch(await target.stop(), /^(Memory is above MAX_RSS: dropping \d+ sockets, .*\n)+$/);
}

Deno.test("when memory is full, all are dropped, and the honest take their seats again", async (t) => {
  await t.step("with fragments of 1000 bytes", () => attack([1000]));
  await t.step("with fragments of 4 MiB", () => attack([4 * MIB]));
});

Deno.test("an attack that follows another at once is stopped as early", async () => {
  await attack([1000, 1000]);
});
