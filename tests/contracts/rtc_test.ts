import { assertEquals } from "@std/assert";
import type { RtcPort } from "../../lib/client/peer_connection.ts";
import { watchConsole } from "../fakes/console.ts";
import { FakeNetwork } from "../fakes/rtc.ts";
import { createWeriftRtc } from "../fakes/werift.ts";
import { type Side, type Wire, wireUp } from "../fakes/wire.ts";

const IMPLEMENTATIONS: { name: string; make: () => () => RtcPort }[] = [
  {
    name: "the fake",
    make() {
      const network = new FakeNetwork();
      return () => network.createRtc();
    },
  },
  { name: "werift", make: () => createWeriftRtc },
];

/** How many seeds every order of events is drawn from. */
const RUNS = 25;

/** Waits for both sides to be connected, then sends words both ways and waits for them. */
async function converse({ impolite, polite }: Wire): Promise<void> {
  const isConnected = ({ connection }: Side) => connection.state === "connected";
  await Promise.all([impolite.until(isConnected), polite.until(isConnected)]);
  const words = Array.from({ length: 10 }, (_, i) => `word ${i} – ünï✓`);
  for (const word of words) {
    for (const { connection } of [impolite, polite]) assertEquals(connection.send(word), true);
  }
  for (const side of [impolite, polite]) {
    await side.until(({ frames }) => frames.length >= words.length);
    assertEquals(side.frames, words);
  }
}

for (const { name, make } of IMPLEMENTATIONS) {
  // werift leaves timers of its DTLS and ICE behind.
  const leaks = name === "werift" ? { sanitizeOps: false, sanitizeResources: false } : {};

  Deno.test(`two peers of which one offers end up connected, on ${name}`, leaks, async () => {
    using watched = watchConsole();
    for (let seed = 0; seed < RUNS; seed++) {
      await using wire = wireUp(make(), seed);
      const { connection } = seed % 2 === 0 ? wire.impolite : wire.polite;
      connection.open();
      await converse(wire);
    }
    assertEquals(watched.lines, []);
  });

  Deno.test(`two peers who offer at once end up connected, on ${name}`, leaks, async () => {
    using watched = watchConsole();
    for (let seed = 0; seed < RUNS; seed++) {
      await using wire = wireUp(make(), seed);
      for (const { connection } of [wire.impolite, wire.polite]) connection.open();
      await converse(wire);
    }
    assertEquals(watched.lines, []);
  });

  Deno.test(`a peer that closes is noticed by the other, on ${name}`, leaks, async () => {
    await using wire = wireUp(make(), 1);
    wire.impolite.connection.open();
    await converse(wire);
    wire.impolite.connection.close();
    await wire.polite.until(({ connection }) => connection.state === "reconnecting");
    assertEquals(wire.impolite.connection.send("too late"), false);
    assertEquals(wire.polite.connection.send("too late"), false);
  });
}
