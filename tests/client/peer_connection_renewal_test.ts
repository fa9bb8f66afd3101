import { assertEquals } from "@std/assert";
import { PeerConnection } from "../../lib/client/peer_connection.ts";
import type { LocalSignal } from "../../lib/client/negotiator.ts";
import { watchConsole } from "../fakes/console.ts";
import { FakeChannel, FakeNetwork, type FakeRtc } from "../fakes/rtc.ts";

/** A description of the peer's connection `name`. */
function describe(type: "offer" | "answer", name: string, generation = 0) {
  const sdp = `${name} ${generation}\r\na=fingerprint:fake ${name}\r\n`;
  return { type, sdp, from: "peer" };
}

/** A connection whose peer is the test, with everything that it was made of. */
function setUp({ polite }: { polite: boolean }) {
  const network = new FakeNetwork();
  const rtcs: FakeRtc[] = [];
  const signals: LocalSignal[] = [];
  const frames: unknown[] = [];
  let renewals = 0;
  const connection = new PeerConnection({
    createRtc() {
      const rtc = network.createRtc();
      rtcs.push(rtc);
      return rtc;
    },
    polite,
    onSignal: (signal) => signals.push(signal),
    onState: () => {},
    onFrame: (frame) => frames.push(frame),
    onChannel: () => {},
    onRenew: () => renewals++,
  });
  /** Takes the types of the descriptions that were sent. */
  const take = () => signals.splice(0).map(({ type }) => type).filter((t) => t !== "candidate");
  return { connection, rtcs, signals, frames, take, renewals: () => renewals };
}

/** Waits until every promise that can go on has done so. */
function settle(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

Deno.test("PeerConnection.renew() makes another connection, and offers", async () => {
  const { connection, rtcs, take, renewals } = setUp({ polite: false });
  await connection.receive(describe("offer", "p1"));
  assertEquals(take(), ["answer"]);
  await connection.renew();
  await settle();
  assertEquals([rtcs.length, rtcs[0]?.calls.at(-1), renewals()], [2, "close", 1]);
  assertEquals([take(), rtcs[1]?.channels.length], [["offer"], 1]);
});

Deno.test("PeerConnection hears nothing more of a connection that it replaced", async () => {
  const { connection, rtcs, frames, take } = setUp({ polite: false });
  connection.open();
  await settle();
  const before = rtcs[0]!.channels[0]!;
  await connection.renew();
  await settle();
  take();
  before.hear("late");
  const channel = new FakeChannel("chat");
  rtcs[0]!.offerChannel(channel);
  channel.hear("late, too");
  rtcs[0]!.become("failed");
  rtcs[0]!.restartIce();
  await settle();
  assertEquals([frames, take(), connection.state], [[], [], "connecting"]);
});

Deno.test("PeerConnection begins anew with a peer that did, and answers", async () => {
  for (const polite of [true, false]) {
    const { connection, rtcs, take, renewals } = setUp({ polite });
    await connection.receive(describe("offer", "p1"));
    await connection.receive(describe("offer", "p1", 1));
    assertEquals([rtcs.length, take()], [1, ["answer", "answer"]]);
    await connection.receive(describe("offer", "p2"));
    assertEquals([rtcs.length, take(), renewals()], [2, ["answer"], 1]);
    assertEquals(rtcs[1]?.channels.length, 0);
  }
});

Deno.test("PeerConnection passes over what is late of a connection of the peer before", async () => {
  using watched = watchConsole();
  const { connection, rtcs, take } = setUp({ polite: true });
  await connection.receive(describe("offer", "p1"));
  await connection.receive(describe("offer", "p2"));
  take();
  await connection.receive(describe("offer", "p1", 7));
  const candidate = { candidate: "late", usernameFragment: "p1 7" };
  await connection.receive({ type: "candidate", candidate, from: "peer" });
  assertEquals([rtcs.length, take(), watched.lines], [2, [], []]);
  assertEquals(rtcs[1]?.calls.at(-1), "setLocalDescription");
});

Deno.test("PeerConnection offers a new one where the answer is of a connection it does not know", async () => {
  const { connection, rtcs, take, renewals } = setUp({ polite: false });
  await connection.receive(describe("offer", "p1"));
  await connection.restart({ iceServers: [] });
  await settle();
  assertEquals(take(), ["answer", "offer"]);
  // The peer has begun anew meanwhile, and answers with what it has now.
  await connection.receive(describe("answer", "p2"));
  await settle();
  assertEquals([rtcs.length, take(), renewals()], [2, ["offer"], 1]);
  await connection.receive(describe("answer", "p2", 1));
  assertEquals(rtcs[1]?.signalingState, "stable");
});

Deno.test("PeerConnection passes over an answer for a connection that is no more", async () => {
  using watched = watchConsole();
  const { connection, rtcs, take } = setUp({ polite: false });
  connection.open();
  await settle();
  await connection.receive(describe("answer", "p1"));
  await connection.renew();
  await settle();
  take();
  await connection.receive(describe("answer", "p1"));
  assertEquals([rtcs[1]?.signalingState, take()], ["have-local-offer", []]);
  await connection.receive(describe("answer", "p2"));
  assertEquals([rtcs[1]?.signalingState, rtcs.length, watched.lines], ["stable", 2, []]);
});

Deno.test("PeerConnection.restart() sends an offer again that may not have arrived", async () => {
  const { connection, rtcs, signals } = setUp({ polite: false });
  connection.open();
  await settle();
  await connection.restart({ iceServers: [{ urls: ["stun:x"] }] });
  const offers = signals.filter(({ type }) => type === "offer");
  assertEquals([offers.length, offers[0]], [2, offers[1]]);
  assertEquals(rtcs[0]?.configurations, [{ iceServers: [{ urls: ["stun:x"] }] }]);
  assertEquals(rtcs[0]?.calls, ["setLocalDescription"]);
});

Deno.test("PeerConnection.restart() offers where nobody has done so yet", async () => {
  const { connection, rtcs, take } = setUp({ polite: true });
  assertEquals(connection.isIdle, true);
  await connection.restart({ iceServers: [] });
  await settle();
  assertEquals([take(), rtcs[0]?.channels.length, connection.isIdle], [["offer"], 1, false]);
});

Deno.test("PeerConnection.begin() offers, unless the peer has done so first", async () => {
  for (const isFirst of [true, false]) {
    const { connection, take } = setUp({ polite: false });
    if (!isFirst) void connection.receive(describe("offer", "p1"));
    await connection.begin({ iceServers: [] });
    await settle();
    assertEquals(take(), isFirst ? ["offer"] : ["answer"]);
  }
});

Deno.test("PeerConnection does nothing of this once it is closed", async () => {
  const { connection, rtcs, take } = setUp({ polite: true });
  connection.close();
  await connection.renew();
  await connection.restart({ iceServers: [] });
  await connection.begin({ iceServers: [] });
  connection.open();
  assertEquals([rtcs.length, take(), connection.state], [1, [], "closed"]);
});

Deno.test("PeerConnection gives way to a restart of the peer's that does not know of its own renewal", async () => {
  const { connection, rtcs, take } = setUp({ polite: true });
  await connection.receive(describe("offer", "p1"));
  await connection.renew();
  await settle();
  assertEquals(take(), ["answer", "offer"]);
  // The peer is impolite, and ignores that offer: its own is out.
  await connection.receive(describe("offer", "p1", 1));
  assertEquals([take(), rtcs.length], [["answer"], 2]);
  // Our answer names another certificate, so that the peer begins anew.
  await connection.receive(describe("offer", "p2"));
  assertEquals([take(), rtcs.length], [["answer"], 3]);
});
