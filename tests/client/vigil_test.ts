import { assertEquals } from "@std/assert";
import type { LineState } from "../../lib/client/recovery.ts";
import { Vigil } from "../../lib/client/vigil.ts";
import { SteppedClock } from "../fakes/clock.ts";

/** A vigil over a connection and a peer that are the test, with what it did and when. */
function setUp(peer = { answers: true }) {
  const clock = new SteppedClock();
  const done: [at: number, what: string][] = [];
  const asked: number[] = [];
  const states: LineState[] = [];
  const note = (what: string) => () => void done.push([clock.now(), what]);
  const vigil = new Vigil({
    clock,
    onAsk: (now) => void asked.push(now),
    answers: () => peer.answers,
    onRestart: note("restart"),
    onRenew: note("renew"),
    onGone: note("gone"),
    onState: (state) => void states.push(state),
  });
  return { clock, done, asked, states, vigil };
}

/** One whose connection came about. */
function connect(peer?: { answers: boolean }) {
  const all = setUp(peer);
  all.vigil.follow("connected");
  return all;
}

Deno.test("Vigil asks every five seconds whether the peer is there, from when it is connected", () => {
  const { clock, asked, done, states, vigil } = setUp();
  clock.advance(10_000);
  assertEquals(asked, []);
  vigil.follow("connected");
  vigil.hear();
  for (let beat = 0; beat < 3; beat++) {
    clock.advance(5_000);
    vigil.hear();
  }
  assertEquals(asked, [10_000, 15_000, 20_000, 25_000]);
  assertEquals([done, states, vigil.isDifficult], [[], ["connected"], false]);
  vigil.close();
});

Deno.test("Vigil has a line mended on which nobody answers for five seconds", () => {
  const { clock, done, states, vigil } = connect();
  clock.advance(4_999);
  assertEquals(done, []);
  clock.advance(1);
  assertEquals(done, [[5_000, "restart"]]);
  assertEquals([states, vigil.isDifficult], [["connected", "reconnecting"], true]);
  vigil.close();
});

Deno.test("Vigil.hear() ends the silence of a connection that the browser calls well", () => {
  const { clock, asked, done, states, vigil } = connect();
  clock.advance(5_000);
  const before = asked.length;
  vigil.hear();
  assertEquals([states, vigil.isDifficult], [["connected", "reconnecting", "connected"], false]);
  // It asks again, so that the next silence is noticed, too.
  assertEquals(asked.length, before + 1);
  clock.advance(5_000);
  assertEquals(done, [[5_000, "restart"], [10_000, "restart"]]);
  vigil.close();
});

Deno.test("Vigil.hear() does not call a line well that the browser knows to be broken", () => {
  for (const state of ["disconnected", "failed"] as const) {
    const { clock, done, vigil } = connect();
    vigil.follow(state);
    // By now nobody has answered for a while, either.
    clock.advance(5_000);
    const before = done.length;
    vigil.hear();
    assertEquals([state, vigil.state, done.length], [state, "reconnecting", before]);
    vigil.close();
  }
});

Deno.test("Vigil.hear() does not go by a silence that was before the connection moved", () => {
  const { clock, done, vigil } = connect();
  clock.advance(5_000);
  vigil.follow("failed");
  vigil.hear();
  assertEquals(done, [[5_000, "restart"], [5_000, "restart"]]);
  vigil.close();
});

Deno.test("Vigil expects no answer of a client that never gave one, and asks it on", () => {
  const peer = { answers: false };
  const { clock, asked, done, vigil } = connect(peer);
  clock.advance(60_000);
  assertEquals([done, vigil.state], [[], "connected"]);
  // One that turns out to know the question is held to it.
  peer.answers = true;
  vigil.hear();
  const before = asked.length;
  clock.advance(10_000);
  assertEquals([asked.length > before, done.map(([, what]) => what)], [true, ["restart"]]);
  vigil.close();
});

Deno.test("Vigil goes on asking while a connection may mend by itself, and not once it is broken", () => {
  for (const [state, isAsked] of [["disconnected", true], ["failed", false]] as const) {
    const { clock, asked, vigil } = connect();
    vigil.hear();
    vigil.hold();
    vigil.follow(state);
    clock.advance(5_000);
    assertEquals([state, asked.length], [state, isAsked ? 2 : 1]);
    vigil.close();
  }
});

Deno.test("Vigil.suspect() takes a peer for gone that says nothing for three seconds", () => {
  const { clock, asked, done, vigil } = connect();
  vigil.hear();
  vigil.suspect();
  assertEquals(asked, [0, 0]);
  clock.advance(2_999);
  assertEquals(done, []);
  clock.advance(1);
  assertEquals(done, [[3_000, "gone"]]);
  clock.advance(60_000);
  assertEquals(done, [[3_000, "gone"]]);
  vigil.close();
});

Deno.test("Vigil.suspect() lets a peer be that is heard, and mends nothing until it is released", () => {
  const { clock, done, states, vigil } = connect();
  vigil.suspect();
  clock.advance(1_000);
  vigil.hear();
  // Silence comes later than that: it is a broken line again, and no sign that the peer is gone.
  clock.advance(60_000);
  assertEquals([done, states], [[], ["connected", "reconnecting"]]);
  vigil.release();
  clock.advance(15_000);
  assertEquals(done, [[76_000, "restart"]]);
  vigil.close();
});

Deno.test("Vigil gives a peer that was suspected, and answered, as long as any other", () => {
  const { clock, states, vigil } = connect();
  vigil.suspect();
  clock.advance(1_000);
  vigil.hear();
  clock.advance(100);
  vigil.hear();
  // Asked again after 5 s, it has not answered for 4.5 s.
  clock.advance(9_400);
  assertEquals(states, ["connected"]);
  vigil.close();
});

Deno.test("Vigil.suspect() does not doubt a peer of whom no answer can be expected", () => {
  for (const isConnecting of [true, false]) {
    const { clock, asked, done, vigil } = isConnecting ? setUp() : connect({ answers: false });
    const before = asked.length;
    vigil.suspect();
    assertEquals([isConnecting, asked.length], [isConnecting, before]);
    clock.advance(60_000);
    assertEquals([isConnecting, done], [isConnecting, []]);
    vigil.close();
  }
});

Deno.test("Vigil.follow() clears a peer of suspicion whose connection moves", () => {
  const { clock, done, vigil } = connect();
  vigil.suspect();
  vigil.follow("connecting");
  vigil.follow("connected");
  clock.advance(3_000);
  assertEquals(done, []);
  // What follows is a silence like any other.
  clock.advance(60_000);
  assertEquals(done.filter(([, what]) => what === "gone"), []);
  vigil.close();
});

Deno.test("Vigil.check() asks now, and only where somebody may answer", () => {
  const { asked, vigil } = setUp();
  vigil.check();
  assertEquals(asked, []);
  vigil.follow("connected");
  vigil.check();
  assertEquals(asked, [0, 0]);
  vigil.close();
});

Deno.test("Vigil.mend() acts on what seems well, Vigil.wake() on what is known to be broken", () => {
  const { done, vigil } = connect();
  vigil.wake();
  assertEquals([done, vigil.isDifficult], [[], false]);
  vigil.follow("disconnected");
  vigil.wake();
  assertEquals([done, vigil.isDifficult], [[[0, "restart"]], true]);
  vigil.follow("connected");
  vigil.mend();
  assertEquals(done, [[0, "restart"], [0, "restart"]]);
  vigil.close();
});

Deno.test("Vigil.close() watches no more, and may be called twice", () => {
  const { clock, done, vigil } = connect();
  vigil.follow("disconnected");
  vigil.close();
  vigil.close();
  assertEquals(clock.pending, []);
  clock.advance(60_000);
  assertEquals(done, []);
});

Deno.test("Vigil asks on while nobody answers, and notices who answers again", () => {
  const { clock, asked, done, states, vigil } = connect();
  clock.advance(5_000);
  const before = asked.length;
  clock.advance(5_000);
  assertEquals([asked.length > before, done.length], [true, 1]);
  vigil.hear();
  assertEquals(states, ["connected", "reconnecting", "connected"]);
  clock.advance(4_999);
  assertEquals(done.length, 1);
  vigil.close();
  assertEquals(clock.pending, []);
});
