import { assertEquals } from "@std/assert";
import type { LocalSignal } from "../../lib/client/negotiator.ts";
import type { ConnectionState } from "../../lib/client/connection_state.ts";
import { PeerConnection } from "../../lib/client/peer_connection.ts";
import { watchConsole } from "../fakes/console.ts";
import { FakeChannel, FakeNetwork } from "../fakes/rtc.ts";

const OFFER = { type: "offer", sdp: "peer 0", from: "peer" } as const;
const ANSWER = { type: "answer", sdp: "peer 0", from: "peer" } as const;

/** A candidate of the description with that sdp. */
function candidate(name: string, sdp: string) {
  const candidate = { candidate: name, usernameFragment: sdp };
  return { type: "candidate", candidate, from: "peer" } as const;
}

/** A connection whose peer is the test. */
function setUp({ polite }: { polite: boolean }) {
  const rtc = new FakeNetwork().createRtc();
  const signals: LocalSignal[] = [];
  const states: ConnectionState[] = [];
  const frames: unknown[] = [];
  const connection = new PeerConnection({
    createRtc: () => rtc,
    polite,
    onSignal: (signal) => signals.push(signal),
    onState: (state) => states.push(state),
    onFrame: (frame) => frames.push(frame),
    onChannel: () => {},
    onRenew: () => {},
  });
  return { rtc, connection, signals, states, frames };
}

/** Opens, and waits until the offer is on its way. */
async function offer({ connection, signals }: ReturnType<typeof setUp>): Promise<void> {
  connection.open();
  await settle();
  assertEquals(signals.map(({ type }) => type).sort(), ["candidate", "offer"]);
}

/** Lets other promises go on, one step at a time, until `condition` holds. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await Promise.resolve();
}

/** Waits until every promise that can go on has done so. */
function settle(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

Deno.test("PeerConnection hands over channels of another name, and opens them", async () => {
  const network = new FakeNetwork();
  const labels: string[] = [];
  const frames: unknown[] = [];
  const rtc = network.createRtc();
  const connection = new PeerConnection({
    createRtc: () => rtc,
    polite: false,
    onSignal: () => {},
    onState: () => {},
    onFrame: (frame) => frames.push(frame),
    onChannel: ({ label }) => labels.push(label),
    onRenew: () => {},
  });
  const files = new FakeChannel("files");
  rtc.offerChannel(files);
  files.hear("bytes");
  assertEquals([labels, frames, connection.state], [["files"], [], "connecting"]);
  assertEquals(connection.openChannel("files"), undefined);
  rtc.become("connected");
  rtc.offerChannel(new FakeChannel("chat"));
  assertEquals(connection.openChannel("files")?.label, "files");
  connection.close();
  await Promise.resolve();
});

Deno.test("PeerConnection keeps candidates that come before their description, in order", async () => {
  const { connection, rtc } = setUp({ polite: true });
  void connection.receive(candidate("first", "peer 0"));
  void connection.receive({ type: "candidate", candidate: null, from: "peer" });
  void connection.receive(candidate("second", "peer 0"));
  await settle();
  assertEquals(rtc.calls, []);
  await connection.receive(OFFER);
  await connection.receive(candidate("third", "peer 0"));
  assertEquals(rtc.calls, [
    "setRemoteDescription offer peer 0",
    "addIceCandidate first",
    "addIceCandidate end",
    "addIceCandidate second",
    "setLocalDescription",
    "addIceCandidate third",
  ]);
});

Deno.test("PeerConnection does one thing at a time, in the order of the signals", async () => {
  const { connection, rtc, signals } = setUp({ polite: true });
  void connection.receive(OFFER);
  void connection.receive(candidate("first", "peer 0"));
  void connection.receive({ ...OFFER, sdp: "peer 1" });
  await connection.receive(candidate("second", "peer 1"));
  assertEquals(rtc.calls, [
    "setRemoteDescription offer peer 0",
    "setLocalDescription",
    "addIceCandidate first",
    "setRemoteDescription offer peer 1",
    "setLocalDescription",
    "addIceCandidate second",
  ]);
  assertEquals(signals.filter(({ type }) => type === "answer").length, 2);
});

Deno.test("PeerConnection gives way to a colliding offer when polite", async () => {
  const side = setUp({ polite: true });
  await offer(side);
  await side.connection.receive(OFFER);
  assertEquals(side.rtc.calls, [
    "setLocalDescription",
    "setLocalDescription rollback",
    "setRemoteDescription offer peer 0",
    "setLocalDescription",
  ]);
});

Deno.test("PeerConnection finishes its own offer before it looks at the peer's", async () => {
  const { connection, rtc, signals } = setUp({ polite: true });
  connection.open();
  await until(() => rtc.calls.length > 0);
  assertEquals([rtc.signalingState, signals], ["stable", []]);
  await connection.receive(OFFER);
  assertEquals(rtc.calls, [
    "setLocalDescription",
    "setLocalDescription rollback",
    "setRemoteDescription offer peer 0",
    "setLocalDescription",
  ]);
  assertEquals(signals.find(({ type }) => type !== "candidate")?.type, "offer");
});

Deno.test("PeerConnection ignores a colliding offer and its candidates when impolite", async () => {
  using watched = watchConsole();
  const side = setUp({ polite: false });
  await offer(side);
  // Some peers send candidates ahead of their description, and some after the next one.
  await side.connection.receive(candidate("early", "peer 0"));
  await side.connection.receive(OFFER);
  await side.connection.receive({ ...ANSWER, sdp: "peer 1" });
  await side.connection.receive(candidate("late", "peer 0"));
  await side.connection.receive(candidate("right", "peer 1"));
  assertEquals(side.rtc.calls, [
    "setLocalDescription",
    "setRemoteDescription answer peer 1",
    "addIceCandidate right",
  ]);
  assertEquals([side.rtc.signalingState, watched.lines], ["stable", []]);
});

Deno.test("PeerConnection hides what comes of the candidates of an ignored offer", async () => {
  using watched = watchConsole();
  const side = setUp({ polite: false });
  await offer(side);
  await side.connection.receive(OFFER);
  await side.connection.receive({ ...ANSWER, sdp: "peer 1" });
  // Not every client says which description a candidate is of.
  side.rtc.addIceCandidate = () => Promise.reject(new DOMException("", "OperationError"));
  await side.connection.receive({ type: "candidate", candidate: { candidate: "x" }, from: "peer" });
  assertEquals(watched.lines, []);
});

Deno.test("PeerConnection drops a candidate of a description that is not in force", async () => {
  using watched = watchConsole();
  const { connection, rtc } = setUp({ polite: true });
  await connection.receive(OFFER);
  await connection.receive(candidate("stray", "somebody else's"));
  assertEquals(rtc.calls.at(-1), "setLocalDescription");
  assertEquals(watched.lines, []);
});

Deno.test("PeerConnection warns of a candidate that the browser cannot use", async () => {
  using watched = watchConsole();
  const { connection, rtc } = setUp({ polite: true });
  await connection.receive(OFFER);
  rtc.addIceCandidate = () => Promise.reject(new DOMException("", "OperationError"));
  await connection.receive(candidate("odd", "peer 0"));
  assertEquals(watched.lines, ["OperationError"]);
});

Deno.test("PeerConnection ignores a stale answer", async () => {
  using watched = watchConsole();
  const side = setUp({ polite: true });
  await side.connection.receive(ANSWER);
  await offer(side);
  await side.connection.receive(ANSWER);
  await side.connection.receive({ ...ANSWER, sdp: "peer 1" });
  assertEquals(side.rtc.calls, ["setLocalDescription", "setRemoteDescription answer peer 0"]);
  assertEquals(watched.lines, []);
});

Deno.test("PeerConnection goes on after a description that cannot be set", async () => {
  using watched = watchConsole();
  const { connection, rtc, signals } = setUp({ polite: false });
  const setRemoteDescription = rtc.setRemoteDescription.bind(rtc);
  rtc.setRemoteDescription = () => Promise.reject(new TypeError("Not SDP"));
  await connection.receive(OFFER);
  connection.open();
  await settle();
  await connection.receive(ANSWER);
  assertEquals(watched.lines, ["TypeError: Not SDP", "TypeError: Not SDP"]);
  rtc.setRemoteDescription = setRemoteDescription;
  // Still glare: the failed answer must not look like one that is being applied.
  await connection.receive({ ...OFFER, sdp: "peer 1" });
  assertEquals(signals.filter(({ type }) => type === "answer"), []);
  await connection.receive({ ...ANSWER, sdp: "peer 2" });
  assertEquals(rtc.calls.at(-1), "setRemoteDescription answer peer 2");
});

Deno.test("PeerConnection.close() may be called twice, and ends everything", async () => {
  const side = setUp({ polite: true });
  await offer(side);
  side.connection.close();
  side.connection.close();
  assertEquals(side.states, ["closed"]);
  assertEquals(side.rtc.calls, ["setLocalDescription", "close"]);
  assertEquals(side.connection.send("hi"), false);
  const channel = new FakeChannel("chat");
  side.rtc.offerChannel(channel);
  channel.hear("hi");
  side.rtc.become("failed");
  assertEquals([side.states, side.frames], [["closed"], []]);
});

Deno.test("PeerConnection.close() silences what is still under way", async () => {
  using watched = watchConsole();
  const { connection, rtc, signals } = setUp({ polite: true });
  const first = connection.receive(OFFER);
  const second = connection.receive(candidate("late", "peer 0"));
  // The offer is being set, the candidate waits for it.
  await until(() => rtc.calls.length > 0);
  connection.close();
  await Promise.all([first, second, connection.receive(OFFER)]);
  assertEquals(rtc.calls, ["setRemoteDescription offer peer 0", "close"]);
  assertEquals([watched.lines, signals], [[], []]);
});

Deno.test("PeerConnection.close() silences candidates, too", async () => {
  using watched = watchConsole();
  const { connection, rtc } = setUp({ polite: true });
  await connection.receive(OFFER);
  const underWay = connection.receive(candidate("under way", "peer 0"));
  await until(() => rtc.calls.includes("addIceCandidate under way"));
  connection.close();
  await underWay;
  await connection.receive(candidate("late", "peer 0"));
  assertEquals([rtc.calls.at(-1), watched.lines], ["close", []]);
});
