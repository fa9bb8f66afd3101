import { assertEquals } from "@std/assert";
import { FakeMember, GRACE, openRoom, says, seat } from "../fakes/member.ts";

const OFFER = { type: "offer", sdp: "v=0" };
const LEAVE = '{"type":"leave"}';

function news(type: string, peer: string): string {
  return `{"type":"${type}","peer":"${peer}"}`;
}

function left(peer: string, reason = "lost"): string {
  return `{"type":"peer-left","peer":"${peer}","reason":"${reason}"}`;
}

Deno.test("Room.drop() leaves the seat of version 2 away: version 2 hears away, version 1 leave", () => {
  const { room, grace } = openRoom(3);
  const [a, b, c] = seat(room, 2, 2, 1);
  room.drop(a!.seat, a!.member);
  assertEquals(b!.take(), [news("peer-away", a!.seat.peer)]);
  assertEquals(c!.take(), [LEAVE]);
  assertEquals(a!.take(), []);
  assertEquals(room.roster(b!.seat)[0], { peer: a!.seat.peer, version: 2, state: "away" });
  assertEquals(grace.size, 1);
});

Deno.test("Room.drop() frees the seat of version 1 at once", () => {
  const { room, grace } = openRoom(3);
  const [a, b, c] = seat(room, 1, 2, 1);
  room.drop(a!.seat, a!.member);
  assertEquals(b!.take(), [left(a!.seat.peer)]);
  assertEquals(c!.take(), [LEAVE]);
  assertEquals([room.roster().length, grace.size], [2, 0]);
});

Deno.test("Room.drop() keeps a seat for the grace, and not a moment longer", () => {
  const { room, clock } = openRoom(3);
  const [a, b, c] = seat(room, 2, 2, 1);
  room.drop(a!.seat, a!.member);
  for (const each of [b, c]) each!.take();
  clock.advance(GRACE - 1);
  assertEquals([b!.take(), room.isFull], [[], true]);
  clock.advance(1);
  assertEquals(b!.take(), [left(a!.seat.peer)]);
  // Version 1 has heard of it before.
  assertEquals(c!.take(), []);
  assertEquals([room.isFull, clock.pending], [false, []]);
});

Deno.test("Room.drop() twice is dropping once", () => {
  const { room, clock } = openRoom();
  const [a, b] = seat(room, 2, 2);
  room.drop(a!.seat, a!.member);
  clock.advance(GRACE / 2);
  room.drop(a!.seat, a!.member);
  assertEquals(b!.take(), [news("peer-away", a!.seat.peer)]);
  clock.advance(GRACE / 2);
  assertEquals(b!.take(), [left(a!.seat.peer)]);
});

Deno.test("Room.drop() of the last peer keeps the room until its seat is given up", () => {
  const { room, clock, emptied } = openRoom();
  const [a] = seat(room, 2);
  room.drop(a!.seat, a!.member);
  assertEquals(emptied, []);
  clock.advance(GRACE);
  assertEquals(emptied, [room]);
});

Deno.test("Room.resume() gives a peer that is away its own seat back", () => {
  const { room, clock, grace } = openRoom(3);
  const [a, b, c] = seat(room, 2, 2, 1);
  room.drop(a!.seat, a!.member);
  for (const each of [b, c]) each!.take();
  clock.advance(GRACE - 1);
  const newer = new FakeMember(2);
  assertEquals(room.resume(a!.seat.token!, newer), a!.seat);
  assertEquals([grace.size, clock.pending], [0, []]);
  assertEquals(b!.take(), []);
  room.announce(a!.seat, "peer-back");
  assertEquals(b!.take(), [news("peer-back", a!.seat.peer)]);
  assertEquals(c!.take(), []);
  assertEquals(a!.member.dismissed, undefined);
  assertEquals(room.seats.map(({ peer }) => peer), [a, b, c].map((each) => each!.seat.peer));
  room.relay(says(b!, OFFER));
  assertEquals([newer.take().length, a!.take()], [1, []]);
});

Deno.test("Room.resume() replaces the older connection, and the others hear away and back", () => {
  const { room, grace } = openRoom(3);
  const [a, b, c] = seat(room, 2, 2, 1);
  const newer = new FakeMember(2);
  const seatBack = room.resume(a!.seat.token!, newer);
  assertEquals([seatBack, a!.member.dismissed], [a!.seat, 4504]);
  room.announce(a!.seat, "peer-back");
  assertEquals(b!.take(), [news("peer-away", a!.seat.peer), news("peer-back", a!.seat.peer)]);
  assertEquals(c!.take(), [LEAVE]);
  assertEquals(grace.size, 0);
});

Deno.test("Room.resume() keeps the id and the token for the whole life of the seat", () => {
  const { room } = openRoom();
  const [a] = seat(room, 2);
  const { peer, token } = a!.seat;
  for (let round = 0; round < 5; round++) {
    const newer = new FakeMember(2);
    const again = room.resume(token!, newer);
    assertEquals([again?.peer, again?.token, room.seats.length], [peer, token, 1]);
    if (round % 2 === 0) room.drop(again!, newer);
  }
});

Deno.test("Room.drop() of a connection that was replaced takes nothing from the newer one", () => {
  const { room, clock, grace } = openRoom();
  const [a, b] = seat(room, 2, 2);
  const newer = new FakeMember(2);
  room.resume(a!.seat.token!, newer);
  b!.take();
  room.drop(a!.seat, a!.member);
  assertEquals([b!.take(), grace.size], [[], 0]);
  clock.advance(2 * GRACE);
  assertEquals(room.roster(b!.seat), [{ peer: a!.seat.peer, version: 2, state: "present" }]);
  room.drop(a!.seat, newer);
  assertEquals(b!.take(), [news("peer-away", a!.seat.peer)]);
});

Deno.test("Room.resume() knows no token but those of its own seats", () => {
  const { room, clock } = openRoom(4);
  const [a, b, , d] = seat(room, 2, 2, 1, 2);
  const [elsewhere] = seat(openRoom().room, 2);
  room.leave(b!.seat, "left");
  room.drop(d!.seat, d!.member);
  clock.advance(GRACE);
  a!.take();
  const tokens = [
    "",
    "undefined",
    "__proto__",
    a!.seat.peer,
    `${a!.seat.token}x`,
    a!.seat.token!.slice(1),
    a!.seat.token!.toLowerCase() + a!.seat.token!.toUpperCase(),
    b!.seat.token!,
    d!.seat.token!,
    elsewhere!.seat.token!,
  ];
  for (const token of tokens) assertEquals(room.resume(token, new FakeMember(2)), undefined, token);
  assertEquals([a!.member.dismissed, a!.take()], [undefined, []]);
});

Deno.test("Room.leave() of a peer that is away frees its seat, and stops its time", () => {
  const { room, clock, grace } = openRoom(3);
  const [a, b, c] = seat(room, 2, 2, 1);
  room.drop(a!.seat, a!.member);
  for (const each of [b, c]) each!.take();
  room.leave(a!.seat, "lost");
  assertEquals(b!.take(), [left(a!.seat.peer)]);
  assertEquals(c!.take(), []);
  assertEquals([grace.size, clock.pending], [0, []]);
});

Deno.test("Room.relay() to a peer that is away says so, and keeps nothing for it", () => {
  const { room } = openRoom(3);
  const [a, b, c] = seat(room, 2, 2, 2);
  room.drop(b!.seat, b!.member);
  const to = b!.seat.peer;
  assertEquals(room.relay(says(a!, { ...OFFER, to }), to), "peer-away");
  assertEquals(room.relay(says(a!, OFFER)), "relayed");
  assertEquals(c!.take().length, 2);
  const newer = new FakeMember(2);
  room.announce(room.resume(b!.seat.token!, newer)!, "peer-back");
  assertEquals(newer.take(), []);
});

Deno.test("Room lets several be away at a time, each for its own grace", () => {
  const { room, clock, grace } = openRoom(3);
  const [a, b, c] = seat(room, 2, 2, 2);
  room.drop(a!.seat, a!.member);
  clock.advance(GRACE / 2);
  room.drop(b!.seat, b!.member);
  assertEquals([grace.size, clock.pending.length], [2, 1]);
  c!.take();
  clock.advance(GRACE / 2);
  assertEquals(c!.take(), [left(a!.seat.peer)]);
  clock.advance(GRACE / 2);
  assertEquals(c!.take(), [left(b!.seat.peer)]);
});

Deno.test("Room.drop() of a peer that closed by itself gives its seat to a newcomer after 5 s", () => {
  const { room, clock } = openRoom();
  const [a, b] = seat(room, 2, 2);
  room.drop(b!.seat, b!.member, true);
  a!.take();
  clock.advance(4_999);
  room.makeRoom();
  assertEquals([room.isFull, a!.take()], [true, []]);
  clock.advance(1);
  assertEquals([room.isFull, a!.take()], [false, []]);
  room.makeRoom();
  assertEquals(a!.take(), [left(b!.seat.peer)]);
  assertEquals(room.seats, [a!.seat]);
});

Deno.test("Room.drop() keeps the seat of a peer that closed by itself while nobody wants it", () => {
  const { room, clock } = openRoom(3);
  const [a, b] = seat(room, 2, 2);
  room.drop(b!.seat, b!.member, true);
  clock.advance(GRACE - 1);
  // There is a free seat.
  room.makeRoom();
  const again = new FakeMember(2);
  assertEquals(room.resume(b!.seat.token!, again), b!.seat);
  assertEquals(a!.take().length, 1);
  // Who is back gives way to nobody.
  seat(room, 2);
  clock.advance(GRACE);
  room.makeRoom();
  assertEquals([room.seats.length, room.isFull], [3, true]);
});

Deno.test("Room.reserve() takes the seat of one that closed by itself, and of no other", () => {
  const { room, clock } = openRoom(3);
  const [a, b, c] = seat(room, 2, 2, 2);
  room.drop(a!.seat, a!.member);
  room.drop(b!.seat, b!.member, true);
  clock.advance(5_000);
  room.reserve();
  assertEquals(room.seats, [a!.seat, c!.seat]);
  assertEquals(room.isFull, true);
});
