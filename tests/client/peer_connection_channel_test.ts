import { assertEquals } from "@std/assert";
import { FakeChannel, FakeNetwork, type FakeRtc } from "../fakes/rtc.ts";
import { wireUp } from "../fakes/wire.ts";

/** Two connections that have found each other; `rtc` is the one beneath the impolite side. */
async function connect(options: { glare?: boolean; seed?: number } = {}) {
  const network = new FakeNetwork();
  const rtcs = [network.createRtc(), network.createRtc()] as const;
  const free: FakeRtc[] = [...rtcs];
  const wire = wireUp(() => free.shift()!, options.seed ?? 0);
  wire.impolite.connection.open();
  if (options.glare) wire.polite.connection.open();
  for (const { until } of [wire.impolite, wire.polite]) {
    await until(({ connection }) => connection.state === "connected");
  }
  return { ...wire, rtc: rtcs[0], otherRtc: rtcs[1] };
}

/** Waits until every promise that can go on has done so. */
function settle(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

Deno.test("PeerConnection takes no channel but chat", async () => {
  await using connected = await connect();
  const channel = new FakeChannel("files");
  connected.rtc.offerChannel(channel);
  channel.hear("hi");
  connected.rtc.channels[0]?.close();
  assertEquals(connected.impolite.frames, []);
  assertEquals(connected.impolite.connection.send("hi"), false);
});

Deno.test("PeerConnection.state follows the connection and the channel", async () => {
  await using connected = await connect();
  const { rtc, impolite: { connection, states } } = connected;
  rtc.become("disconnected");
  assertEquals(connection.state, "disconnected");
  assertEquals(connection.send("hi"), true);
  rtc.become("connected");
  rtc.channels[0]?.close();
  rtc.become("failed");
  connection.close();
  assertEquals(
    states,
    ["opening", "connected", "disconnected", "connected", "hung-up", "failed", "closed"],
  );
});

Deno.test("PeerConnection.send() tells whether there was an open channel", async () => {
  const network = new FakeNetwork();
  await using wire = wireUp(() => network.createRtc(), 0);
  const { connection, until } = wire.impolite;
  assertEquals(connection.send("too early"), false);
  connection.open();
  assertEquals(connection.send("too early"), false);
  await until(({ connection }) => connection.state === "connected");
  assertEquals(connection.send("hi"), true);
  await wire.polite.until(({ frames }) => frames.length > 0);
  assertEquals(wire.polite.frames, ["hi"]);
  wire.polite.connection.close();
  await until(({ connection }) => connection.state === "hung-up");
  assertEquals(connection.send("too late"), false);
});

Deno.test("PeerConnection.path() is known while connected", async () => {
  await using connected = await connect();
  const { rtc, impolite: { connection } } = connected;
  assertEquals(await connection.path(), undefined);
  rtc.stats.set("pair", { id: "pair", type: "candidate-pair", selected: true });
  assertEquals(await connection.path(), { kind: "direct", roundTrip: undefined });
  rtc.become("disconnected");
  assertEquals(await connection.path(), undefined);
});

Deno.test("PeerConnection speaks on one channel of two after glare, and hears both", async () => {
  for (let seed = 0; seed < 50; seed++) {
    await using connected = await connect({ glare: true, seed });
    const { impolite, polite, rtc, otherRtc } = connected;
    await settle();
    const [ours, theirs] = [rtc.channels[0]!, otherRtc.channels[0]!];
    impolite.connection.send("hi");
    polite.connection.send("hi yourself");
    assertEquals([ours.sent, ours.other?.sent], [["hi"], ["hi yourself"]]);
    assertEquals([theirs.sent, theirs.other?.sent], [[], []]);
    // A plain client may speak on either.
    theirs.send("one");
    theirs.other?.send("two");
    await settle();
    assertEquals([impolite.frames, polite.frames], [["hi yourself", "one"], ["hi", "two"]]);
    assertEquals([impolite.states, polite.states], [["opening", "connected"], [
      "opening",
      "connected",
    ]]);
  }
});
