import { assert, assertEquals } from "@std/assert";
import type { Settings } from "../../lib/server/config.ts";
import { closeFrame, message } from "./frames.ts";
import { HonestPair } from "./honest_pair.ts";
import { type HandshakeOptions, RawSocket } from "./raw_socket.ts";
import { Target } from "./target.ts";

const MIB = 1024 * 1024;

/** How much the memory of the server may grow by one attack, unless it says otherwise. */
const GROWTH = 16 * MIB;

/** An attack, and what is asserted of it. */
export interface Trial {
  name: string;
  run: (target: Target, pair: HonestPair) => Promise<void>;
  /** Bytes by which the server's memory may grow meanwhile. */
  growth?: number;
}

/**
 * Runs attacks one after the other against one server. Around each, a pair in another room relays,
 * and the server's memory stays within a bound; in the end nothing of the attackers is left, and the
 * server has not complained.
 */
export async function runTrials(
  t: Deno.TestContext,
  trials: readonly Trial[],
  settings?: Settings,
): Promise<void> {
  await withServer(settings, async (target, pair) => {
    for (const trial of trials) await t.step(trial.name, () => runTrial(trial, target, pair));
  });
}

/** Runs several groups of attacks like {@linkcode runTrials}, all against the same server. */
export async function runGroups(
  t: Deno.TestContext,
  groups: Readonly<Record<string, readonly Trial[]>>,
  settings?: Settings,
): Promise<void> {
  await withServer(settings, async (target, pair) => {
    for (const [name, trials] of Object.entries(groups)) {
      await t.step(name, async (t) => {
        for (const trial of trials) await t.step(trial.name, () => runTrial(trial, target, pair));
      });
    }
  });
}

async function withServer(
  settings: Settings | undefined,
  act: (target: Target, pair: HonestPair) => Promise<void>,
): Promise<void> {
  await using target = await Target.start(settings);
  {
    await using pair = await HonestPair.join(target);
    await act(target, pair);
  }
  await target.until(({ sockets, rooms, away }) => sockets + rooms + away === 0);
  assertEquals(await target.stop(), "");
}

async function runTrial(
  { run, growth = GROWTH }: Trial,
  target: Target,
  pair: HonestPair,
): Promise<void> {
  await pair.relays();
  const { rss: before } = await target.held();
  await run(target, pair);
  await pair.relays();
  const { rss } = await target.held();
  assert(rss - before <= growth, `The server grew by ${Math.ceil((rss - before) / MIB)} MiB`);
}

/** What is sent on a WebSocket that has joined, and what is heard of it. */
export interface Exchange {
  name: string;
  send: readonly Uint8Array[];
  /** The frames that are answered, in words. */
  hears?: readonly string[];
  /**
   * What becomes of the connection: the server ends it, or closes and waits for the close of the
   * other end, or goes on.
   */
  then: "ends" | "closes" | "survives";
  /** How the socket begins; version 2 unless said. */
  handshake?: HandshakeOptions;
}

/** Makes a trial of an exchange. */
export function exchange({ name, send, hears = [], then, handshake }: Exchange): Trial {
  return {
    name,
    async run({ port }) {
      using socket = await RawSocket.join(port, handshake);
      await socket.write(...send);
      if (then === "survives") await socket.write(message({ type: "ping", t: 1 }));
      const heard: string[] = [];
      while (heard.length < hears.length && heard.at(-1) !== "end") heard.push(await socket.read());
      assertEquals(heard, hears);
      if (then === "closes") await socket.write(closeFrame(1000));
      assertEquals(await socket.read(), then === "survives" ? "text pong 1" : "end");
    },
  };
}
