import { assertEquals } from "@std/assert";
import type { Version } from "../../lib/protocol/messages.ts";
import { Registry } from "../../lib/server/registry.ts";
import { findSeat, refuseSeat, type Seating } from "../../lib/server/seating.ts";
import { SteppedClock } from "../fakes/clock.ts";
import { FakeMember, seat, type Seated } from "../fakes/member.ts";
import { settle } from "../fakes/settle.ts";

function start(maxRooms = Infinity) {
  const clock = new SteppedClock();
  const registry = new Registry({ capacity: 2, maxRooms, seatGrace: 30, clock });
  const find = (
    { resume, hasAsked = false, name = "x" }: {
      resume?: string | undefined;
      hasAsked?: boolean;
      name?: string;
    } = {},
  ): { member: FakeMember; seating: Seating } => {
    const member = new FakeMember(2);
    return { member, seating: findSeat(registry, { member, name, resume, hasAsked }) };
  };
  const fill = (...versions: Version[]) => seat(registry.open("x"), ...versions);
  return { clock, registry, find, fill };
}

/** What came of it, in short: the state, and the news or the close code. */
function brief(seating: Seating): unknown[] {
  if (seating.state === "seated") return [seating.state, seating.news];
  return seating.state === "refused" ? [seating.state, seating.close.code] : [seating.state];
}

Deno.test("findSeat() seats a newcomer while there is a seat", () => {
  const { registry, find } = start();
  for (let i = 0; i < 2; i++) {
    const { member, seating } = find();
    assertEquals(brief(seating), ["seated", "peer-joined"]);
    assertEquals(seating.state === "seated" && seating.seat.member, member);
  }
  assertEquals([registry.size, registry.find("x")?.seats.length], [1, 2]);
});

Deno.test("findSeat() refuses a newcomer at a full room where nobody is to be asked", () => {
  const { find, fill, registry } = start();
  fill(2, 1);
  const { seating } = find();
  assertEquals(brief(seating), ["refused", 4502]);
  assertEquals(seating.state === "refused" && seating.error.code, "room-full");
  assertEquals(registry.find("x")?.seats.length, 2);
});

Deno.test("findSeat() has the quiet peers of a full room asked, once", async () => {
  const { find, fill, clock } = start();
  const [a] = fill(2, 2);
  a!.member.isQuiet = true;
  const { seating } = find();
  assertEquals(brief(seating), ["asking"]);
  assertEquals(brief(find({ hasAsked: true }).seating), ["refused", 4502]);
  clock.advance(2000);
  if (seating.state === "asking") await seating.asked;
  await settle();
  assertEquals(brief(find({ hasAsked: true }).seating), ["seated", "peer-joined"]);
});

Deno.test("findSeat() gives a token its seat back, even in a full room that nobody is asked in", () => {
  const { find, fill } = start();
  const [a, b] = fill(2, 2);
  b!.member.isQuiet = true;
  a!.seat.room.drop(a!.seat, a!.member);
  const { member, seating } = find({ resume: a!.seat.token });
  assertEquals(brief(seating), ["seated", "peer-back"]);
  assertEquals([a!.seat.member, b!.member.heard], [member, undefined]);
});

Deno.test("findSeat() takes an unknown token for a newcomer's, and opens no room for the search", () => {
  const { find, fill, registry } = start(1);
  const [a] = fill(2);
  assertEquals(brief(find({ resume: "unknown" }).seating), ["seated", "peer-joined"]);
  assertEquals(brief(find({ resume: "unknown" }).seating), ["refused", 4502]);
  // The token of another room opens nothing in this one.
  const other = find({ resume: a!.seat.token, name: "y" }).seating;
  assertEquals([brief(other), registry.size], [["refused", 1013], 1]);
});

Deno.test("findSeat() seats a peer in a room that is there, where no other may be opened", () => {
  const { find, fill } = start(1);
  fill(1);
  assertEquals(brief(find().seating), ["seated", "peer-joined"]);
  const { seating } = find({ name: "y" });
  assertEquals(brief(seating), ["refused", 1013]);
  assertEquals(seating.state === "refused" && [seating.error.code, seating.error.retryAfter], [
    "try-later",
    5,
  ]);
});

Deno.test("refuseSeat() tells when a seat is free at the latest, where a peer is away", () => {
  const { clock, registry, find, fill } = start();
  const [a, b] = fill(2, 2) as [Seated, Seated];
  const retryAfter = () => refuseSeat(registry, "x")?.error.retryAfter;
  assertEquals(retryAfter(), undefined);
  a.seat.room.drop(a.seat, a.member);
  assertEquals(retryAfter(), 30);
  clock.advance(1);
  b.seat.room.drop(b.seat, b.member);
  // Rounded up: who comes back then finds a seat.
  assertEquals(retryAfter(), 30);
  clock.advance(9_999);
  assertEquals(retryAfter(), 20);
  // The one that comes back frees nothing; of the other seat there is a bit more to wait.
  find({ resume: a.seat.token });
  assertEquals(retryAfter(), 21);
  clock.advance(20_000);
  assertEquals(retryAfter(), 1);
  const { seating } = find();
  assertEquals(seating.state === "refused" && seating.error.retryAfter, 1);
  clock.advance(1);
  assertEquals(retryAfter(), undefined);
  assertEquals(brief(find().seating), ["seated", "peer-joined"]);
});

Deno.test("refuseSeat() asks for a second at least, where the end of a seat's time is late", () => {
  const { clock, registry, fill } = start();
  const [a] = fill(2, 2) as [Seated, Seated];
  a.seat.room.drop(a.seat, a.member);
  clock.now = () => 31_000;
  assertEquals(refuseSeat(registry, "x")?.error.retryAfter, 1);
});

Deno.test("refuseSeat() says over HTTP what version 2 hears on its socket", () => {
  const { registry, fill } = start(1);
  assertEquals(refuseSeat(registry, "x"), undefined);
  fill(1);
  assertEquals(refuseSeat(registry, "x"), undefined);
  fill(1);
  const full = refuseSeat(registry, "x");
  assertEquals([full?.status, full?.error.code, full?.close.code], [409, "room-full", 4502]);
  const tooMany = refuseSeat(registry, "y");
  assertEquals([
    tooMany?.status,
    tooMany?.error.code,
    tooMany?.close.code,
    tooMany?.error.retryAfter,
  ], [
    503,
    "try-later",
    1013,
    5,
  ]);
  assertEquals(registry.size, 1);
});
