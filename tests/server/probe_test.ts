import { assert, assertEquals } from "@std/assert";
import type { Version } from "../../lib/protocol/messages.ts";
import { PROBE_TIMEOUT } from "../../lib/server/probe.ts";
import { Registry } from "../../lib/server/registry.ts";
import { SteppedClock } from "../fakes/clock.ts";
import { seat } from "../fakes/member.ts";
import { settle } from "../fakes/settle.ts";

/** A full room of quiet members. */
function fill(...versions: Version[]) {
  const clock = new SteppedClock();
  const capacity = versions.length;
  const registry = new Registry({ capacity, maxRooms: Infinity, seatGrace: 30, clock });
  const room = registry.open("x");
  const seated = seat(room, ...versions);
  for (const { member } of seated) member.isQuiet = true;
  /** Asks; `isDone` is true once it resolved. */
  const ask = () => {
    const asked = registry.probe("x");
    if (asked === undefined) throw new Error("Nobody was asked");
    const state = { isDone: false, asked };
    void asked.then(() => state.isDone = true);
    return state;
  };
  return { clock, registry, room, seated, ask };
}

Deno.test("Registry.probe() asks nobody where nobody is quiet, and sets no timer", () => {
  const { clock, registry, seated } = fill(2, 2);
  for (const { member } of seated) member.isQuiet = false;
  assertEquals([registry.probe("x"), clock.pending], [undefined, []]);
});

Deno.test("Registry.probe() takes the seats of those who give no sign in two seconds", async () => {
  const { clock, room, seated, ask } = fill(2, 2, 2);
  const [a, b, c] = seated;
  const state = ask();
  a!.member.heard!();
  clock.advance(PROBE_TIMEOUT - 1);
  await settle();
  assertEquals([state.isDone, room.isFull, clock.pending], [false, true, [1]]);
  clock.advance(1);
  await settle();
  assertEquals([state.isDone, room.seats.map(({ peer }) => peer)], [true, [a!.seat.peer]]);
  assertEquals(seated.map(({ member }) => member.dismissed), [undefined, 4400, 4400]);
  assertEquals(
    a!.take(),
    [b, c].map((each) => `{"type":"peer-left","peer":"${each!.seat.peer}","reason":"lost"}`),
  );
  assertEquals(clock.pending, []);
});

Deno.test("Registry.probe() is done as soon as all have given a sign, and sets no timer then", async () => {
  const { clock, room, seated, ask } = fill(2, 2);
  const state = ask();
  seated[0]!.member.heard!();
  await settle();
  assertEquals(state.isDone, false);
  seated[1]!.member.heard!();
  seated[1]!.member.heard!();
  await settle();
  assertEquals([state.isDone, clock.pending], [true, []]);
  clock.advance(2 * PROBE_TIMEOUT);
  assertEquals([room.seats.length, seated[1]!.member.dismissed], [2, undefined]);
});

Deno.test("Registry.probe() waits for those alone who are quiet", async () => {
  const { seated, ask } = fill(2, 2);
  seated[0]!.member.isQuiet = false;
  const state = ask();
  seated[1]!.member.heard!();
  await settle();
  assertEquals(state.isDone, true);
});

Deno.test("Registry.probe() asks once for all newcomers that come meanwhile", async () => {
  const { clock, registry, seated, ask } = fill(2, 2);
  const [first, second] = [ask(), ask()];
  assertEquals(first.asked, second.asked);
  clock.advance(PROBE_TIMEOUT);
  await settle();
  assertEquals([first.isDone, second.isDone], [true, true]);
  assertEquals(seated.map(({ member }) => member.dismissed), [4400, 4400]);
  assertEquals(registry.size, 0);
});

Deno.test("Registry.probe() asks anew once the last asking is over", async () => {
  const { registry, seated, ask } = fill(2, 2);
  const first = ask();
  for (const { member } of seated) member.heard!();
  await settle();
  const second = ask();
  assert(second.asked !== first.asked);
  registry.close();
});

Deno.test("Registry.probe() asks nobody who is away", async () => {
  const { clock, room, registry, seated, ask } = fill(2, 2);
  const [a, b] = seated;
  room.drop(a!.seat, a!.member);
  const state = ask();
  assertEquals(a!.member.heard, undefined);
  b!.member.heard!();
  await settle();
  assertEquals([state.isDone, room.isFull], [true, true]);
  room.drop(b!.seat, b!.member);
  assertEquals(registry.probe("x"), undefined);
  clock.advance(30_000);
  assertEquals(clock.pending, []);
});

Deno.test("Registry.probe() does no harm to a seat that was given up meanwhile", async () => {
  const { clock, room, seated, ask } = fill(2, 2);
  const [a, b] = seated;
  const state = ask();
  room.leave(a!.seat, "left");
  b!.take();
  clock.advance(PROBE_TIMEOUT);
  await settle();
  assertEquals([state.isDone, a!.member.dismissed, b!.member.dismissed], [true, undefined, 4400]);
});
