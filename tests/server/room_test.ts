import { assertEquals, assertMatch, assertNotEquals } from "@std/assert";
import { FakeMember, openRoom, says, seat } from "../fakes/member.ts";

const OFFER = { type: "offer", sdp: "v=0" };

Deno.test("Room.announce() tells version 2 members of the newcomer, and version 1 members nothing", () => {
  const { room } = openRoom(3);
  const [one, two] = seat(room, 1, 2);
  const [three] = seat(room, 2);
  assertEquals(one!.take(), []);
  assertEquals(two!.take(), [
    `{"type":"peer-joined","peer":"${three!.seat.peer}","version":2}`,
  ]);
  assertEquals(three!.take(), []);
});

Deno.test("Room.enter() tells nobody yet, and gives each seat an id of its own", () => {
  const { room } = openRoom(3);
  const [one] = seat(room, 2);
  const [two, three] = [room.enter(new FakeMember(2)), room.enter(new FakeMember(1))];
  assertEquals(one!.take(), []);
  for (const { peer } of [one!.seat, two, three]) assertMatch(peer, /^[A-Za-z0-9_-]{16}$/);
  assertEquals(new Set([one!.seat.peer, two.peer, three.peer]).size, 3);
});

Deno.test("Room.enter() gives a token to version 2, and none to version 1", () => {
  const { room } = openRoom(3);
  const [a, b, c] = seat(room, 2, 2, 1);
  assertMatch(String(a!.seat.token), /^[A-Za-z0-9_-]{22}$/);
  assertNotEquals(a!.seat.token, b!.seat.token);
  assertEquals(c!.seat.token, undefined);
});

Deno.test("Room.roster() lists the others in the order of their seats", () => {
  const { room } = openRoom(3);
  const [a, b, c] = seat(room, 2, 1, 2);
  const entries = [
    { peer: a!.seat.peer, version: 2, state: "present" },
    { peer: b!.seat.peer, version: 1, state: "present" },
    { peer: c!.seat.peer, version: 2, state: "present" },
  ];
  assertEquals<unknown>(room.roster(), entries);
  assertEquals<unknown>(room.roster(b!.seat), [entries[0], entries[2]]);
  assertEquals(room.seats, [a!.seat, b!.seat, c!.seat]);
});

Deno.test("Room.isFull counts promised seats until they are given back", () => {
  const { room } = openRoom();
  seat(room, 1);
  assertEquals(room.isFull, false);
  room.reserve();
  assertEquals(room.isFull, true);
  room.release();
  assertEquals(room.isFull, false);
  seat(room, 1);
  assertEquals([room.isFull, room.capacity], [true, 2]);
});

Deno.test("Room.isFull counts the seat of a peer that is away", () => {
  const { room } = openRoom();
  const [a] = seat(room, 2, 2);
  room.drop(a!.seat, a!.member);
  assertEquals(room.isFull, true);
});

Deno.test("Room.relay() sends to every other member, each in its own version", () => {
  const { room } = openRoom(4);
  const [a, b, c, d] = seat(room, 2, 2, 1, 2);
  assertEquals(room.relay(says(a!, OFFER)), "relayed");
  const from = a!.seat.peer;
  assertEquals(a!.take(), []);
  assertEquals(b!.take(), [`{"type":"offer","sdp":"v=0","from":"${from}"}`]);
  assertEquals(c!.take(), ['{"type":"offer","sdp":"v=0"}']);
  assertEquals(d!.take(), [`{"type":"offer","sdp":"v=0","from":"${from}"}`]);
});

Deno.test("Room.relay() sends a targeted signal to its target alone", () => {
  const { room } = openRoom(3);
  const [a, b, c] = seat(room, 2, 2, 2);
  const to = c!.seat.peer;
  assertEquals(room.relay(says(a!, { ...OFFER, to }), to), "relayed");
  assertEquals(b!.take(), []);
  assertEquals(c!.take().length, 1);
});

Deno.test("Room.relay() knows no peer that is not in the room, nor the sender itself", () => {
  const { room } = openRoom();
  const [a, b] = seat(room, 2, 2);
  const [elsewhere] = seat(openRoom().room, 2);
  for (const to of ["z", a!.seat.peer, elsewhere!.seat.peer, "__proto__", "constructor"]) {
    assertEquals(room.relay(says(a!, { ...OFFER, to }), to), "peer-gone", to);
  }
  room.leave(b!.seat, "left");
  const to = b!.seat.peer;
  a!.take();
  assertEquals(room.relay(says(a!, { ...OFFER, to }), to), "peer-gone");
  assertEquals([...a!.take(), ...b!.take(), ...elsewhere!.take()], []);
});

Deno.test("Room.leave() tells a version 1 member leave, and a version 2 member why", () => {
  const { room } = openRoom(3);
  const [a, b, c] = seat(room, 2, 1, 2);
  room.leave(c!.seat, "lost");
  assertEquals(a!.take(), [`{"type":"peer-left","peer":"${c!.seat.peer}","reason":"lost"}`]);
  assertEquals(b!.take(), ['{"type":"leave"}']);
  room.leave(c!.seat, "lost");
  assertEquals([...a!.take(), ...b!.take(), ...c!.take()], []);
  assertEquals(room.roster().length, 2);
});

Deno.test("Room.leave() forwards the words of a peer that said leave, once", () => {
  const { room } = openRoom(3);
  const [a, b, c] = seat(room, 2, 1, 1);
  room.leave(c!.seat, "left", says(c!, { type: "leave", why: "tea" }));
  const from = c!.seat.peer;
  assertEquals(a!.take(), [
    `{"type":"leave","why":"tea","from":"${from}"}`,
    `{"type":"peer-left","peer":"${from}","reason":"left"}`,
  ]);
  assertEquals(b!.take(), ['{"type":"leave","why":"tea"}']);
});

Deno.test("Room says that it is empty when the last seat and the last promise are gone", () => {
  const { room, emptied } = openRoom();
  const [a, b] = seat(room, 1, 2);
  room.reserve();
  room.leave(a!.seat, "left");
  room.leave(b!.seat, "lost");
  assertEquals(emptied, []);
  room.release();
  assertEquals(emptied, [room]);
});

Deno.test("Room says that it is empty when a promise is given back that nobody took", () => {
  const { room, emptied } = openRoom();
  room.reserve();
  room.release();
  assertEquals(emptied, [room]);
});
