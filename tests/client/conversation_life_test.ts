import { assertEquals } from "@std/assert";
import { connect, openPage, types, welcome } from "../fakes/page.ts";

const HELLO = '{"t":"hello","app":"other","v":1}';

/** The timers of the heartbeat that a welcome begins: until an answer, and until the next question. */
const HEARTBEAT = [5_000, 10_000];

/** The timers of the same between two peers, of whom one has just spoken. */
const TALKING = [5_000];

/** Waits until every promise that can go on has done so. */
function settle(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

Deno.test("Conversation.leave() tells the peer and the server, once", () => {
  const { conversation, clock, rtcs, sockets } = openPage();
  welcome(sockets[0]!);
  const channel = connect(rtcs);
  conversation.leave();
  conversation.leave();
  assertEquals(types(channel), ["hello", "bye"]);
  assertEquals(sockets[0]?.sent, [{ type: "join" }, { type: "ping", t: 0 }, { type: "leave" }]);
  assertEquals([sockets[0]?.closes.length, rtcs[0]?.calls, clock.pending], [1, ["close"], []]);
});

Deno.test("Conversation looks at the path again and again while connected", async () => {
  const { conversation, clock, rtcs, sockets } = openPage();
  welcome(sockets[0]!);
  connect(rtcs).hear(HELLO);
  assertEquals(clock.pending, [2_000, ...HEARTBEAT, ...TALKING].toSorted((a, b) => a - b));
  const pair = { id: "pair", type: "candidate-pair", selected: true, remoteCandidateId: "r" };
  rtcs[0]?.stats.set("pair", pair);
  rtcs[0]?.stats.set("r", { id: "r", type: "remote-candidate", candidateType: "relay" });
  clock.advance(2000);
  await settle();
  assertEquals(conversation.status.value, {
    state: "connected",
    path: { kind: "relayed", roundTrip: undefined },
  });
  sockets[0]?.say({ type: "peer-left", peer: "peer", reason: "left" });
  // Its word is an answer, too.
  assertEquals(clock.pending, [8_000]);
  conversation.close();
});

Deno.test("Conversation tells why the server refused", () => {
  const { conversation, sockets, clock } = openPage();
  sockets[0]?.open();
  sockets[0]?.say({ type: "error", code: "wrong-key", message: "That is not the key" });
  sockets[0]?.end(4503);
  const detail = "That is not the key";
  assertEquals(conversation.status.value, { state: "failed", cause: "refused", detail });
  assertEquals(clock.pending, []);
});

Deno.test("Conversation.close() may be called twice, and leaves nothing behind", () => {
  for (const state of ["opening", "connected", "plain", "away"] as const) {
    const { conversation, clock, rtcs, sockets } = openPage();
    if (state !== "opening") welcome(sockets[0]!, state === "plain" ? 1 : 2);
    if (state === "connected") connect(rtcs);
    if (state === "away") sockets[0]?.end(1006);
    conversation.close();
    conversation.close();
    conversation.start();
    assertEquals({ state, pending: clock.pending, sockets: sockets.length }, {
      state,
      pending: [],
      sockets: 1,
    });
    for (const rtc of rtcs) assertEquals(rtc.calls, ["close"]);
    assertEquals(sockets[0]?.closes.length, state === "away" ? 0 : 1);
  }
});
