import { assertEquals } from "@std/assert";
import { MAILBOX_BYTES, MAILBOX_MESSAGES } from "../../lib/protocol/limits.ts";
import { FakeMember, openRoom, says, seat } from "../fakes/member.ts";

const OFFER = { type: "offer", sdp: "v=0" };

function candidate(name: string) {
  return { type: "candidate", candidate: name };
}

Deno.test("Room.relay() keeps what a lone peer says for the one that comes next, and only that one", () => {
  const { room } = openRoom(3);
  const [a] = seat(room, 1);
  assertEquals(room.relay(says(a!, OFFER)), "kept");
  assertEquals(room.relay(says(a!, candidate("1"))), "kept");
  const [b, c] = [new FakeMember(1), new FakeMember(1)];
  room.announce(room.enter(b), "peer-joined");
  assertEquals(b.take(), ['{"type":"offer","sdp":"v=0"}', '{"type":"candidate","candidate":"1"}']);
  room.announce(room.enter(c), "peer-joined");
  assertEquals([c.take(), a!.take()], [[], []]);
});

Deno.test("Room.relay() keeps the newest offer of a lone peer, with the candidates that follow it", () => {
  const { room } = openRoom();
  const [a] = seat(room, 1);
  const said = [
    candidate("early"),
    OFFER,
    candidate("old"),
    { type: "offer", sdp: "new" },
    candidate("new"),
    { type: "answer", sdp: "to nobody" },
  ];
  for (const message of said) assertEquals(room.relay(says(a!, message)), "kept");
  const b = new FakeMember(1);
  room.announce(room.enter(b), "peer-joined");
  assertEquals(b.take(), [
    '{"type":"offer","sdp":"new"}',
    '{"type":"candidate","candidate":"new"}',
  ]);
});

Deno.test("Room.relay() bounds what it keeps, in number and in bytes, and says so", () => {
  const { room } = openRoom();
  const [a] = seat(room, 1);
  let kept = 0;
  while (room.relay(says(a!, candidate("c"))) === "kept") kept++;
  assertEquals(kept, MAILBOX_MESSAGES);
  assertEquals(room.relay(says(a!, candidate("c"))), "mailbox-full");

  const wide = openRoom().room;
  const [b] = seat(wide, 1);
  const large = candidate("c".repeat(16_000));
  for (let i = 0; i < 8; i++) assertEquals(wide.relay(says(b!, large)), "kept");
  assertEquals(wide.relay(says(b!, large)), "mailbox-full");
});

Deno.test("Room.relay() keeps no more bytes than the bound, however wide the characters are", () => {
  for (const character of ["x", "é", "€", "😀"]) {
    const { room } = openRoom();
    const [a] = seat(room, 1);
    const large = candidate(character.repeat(1000));
    while (room.relay(says(a!, large)) === "kept");
    const b = new FakeMember(1);
    room.announce(room.enter(b), "peer-joined");
    const bytes = new TextEncoder().encode(b.take().join("")).length;
    assertEquals(bytes > 0 && bytes <= MAILBOX_BYTES, true, `${character}: ${bytes}`);
  }
});

Deno.test("Room.relay() keeps as much as ever once what was kept is handed out", () => {
  const { room } = openRoom();
  const [a] = seat(room, 1);
  const large = candidate("c".repeat(16_000));
  for (let round = 0; round < 5; round++) {
    for (let i = 0; i < 8; i++) assertEquals(room.relay(says(a!, large)), "kept", `round ${round}`);
    assertEquals(room.relay(says(a!, large)), "mailbox-full");
    const b = new FakeMember(1);
    const next = room.enter(b);
    room.announce(next, "peer-joined");
    assertEquals(b.take().length, 8);
    room.leave(next, "left");
  }
});

Deno.test("Room.relay() keeps a new offer where a full mailbox holds an older one", () => {
  const { room } = openRoom();
  const [a] = seat(room, 1);
  room.relay(says(a!, OFFER));
  while (room.relay(says(a!, candidate("c"))) === "kept");
  assertEquals(room.relay(says(a!, { type: "offer", sdp: "new" })), "kept");
  const b = new FakeMember(1);
  room.announce(room.enter(b), "peer-joined");
  assertEquals(b.take(), ['{"type":"offer","sdp":"new"}']);
});

Deno.test("Room.leave() forgets what a lone peer said, even where a seat is promised", () => {
  const { room } = openRoom();
  const [a] = seat(room, 1);
  room.relay(says(a!, OFFER));
  room.reserve();
  room.leave(a!.seat, "lost");
  const b = new FakeMember(1);
  room.announce(room.enter(b), "peer-joined");
  room.release();
  assertEquals(b.take(), []);
});

Deno.test("Room.relay() keeps what is said while everybody else is away", () => {
  const { room } = openRoom(3);
  const [a, b] = seat(room, 2, 2);
  room.drop(b!.seat, b!.member);
  assertEquals(room.relay(says(a!, OFFER)), "kept");
  const back = new FakeMember(2);
  room.announce(room.resume(b!.seat.token!, back)!, "peer-back");
  assertEquals(back.take(), [`{"type":"offer","sdp":"v=0","from":"${a!.seat.peer}"}`]);
});

Deno.test("Room.drop() keeps what the peer said, for its seat is still there", () => {
  const { room } = openRoom();
  const [a] = seat(room, 2);
  room.relay(says(a!, OFFER));
  room.drop(a!.seat, a!.member);
  const b = new FakeMember(1);
  room.announce(room.enter(b), "peer-joined");
  assertEquals(b.take(), ['{"type":"offer","sdp":"v=0"}']);
});

Deno.test("Room.announce() of a peer that is back keeps what it said itself for the next one", () => {
  const { room } = openRoom();
  const [a] = seat(room, 2);
  room.relay(says(a!, OFFER));
  room.drop(a!.seat, a!.member);
  const back = new FakeMember(2);
  room.announce(room.resume(a!.seat.token!, back)!, "peer-back");
  assertEquals(back.take(), []);
  const b = new FakeMember(1);
  room.announce(room.enter(b), "peer-joined");
  assertEquals(b.take(), ['{"type":"offer","sdp":"v=0"}']);
});

Deno.test("Room.relay() keeps what several say, each without the other, and forgets who has gone", () => {
  const { room } = openRoom(4);
  const [a] = seat(room, 2);
  room.relay(says(a!, candidate2("a")));
  room.drop(a!.seat, a!.member);
  // Seated, but not announced yet: nothing was handed out.
  const b = room.enter(new FakeMember(2));
  assertEquals(room.relay(says({ seat: b }, candidate2("b"))), "kept");
  room.leave(a!.seat, "lost");
  const c = new FakeMember(2);
  room.announce(room.enter(c), "peer-joined");
  assertEquals(c.take(), [
    `{"type":"candidate","candidate":{"candidate":"b"},"from":"${b.peer}"}`,
  ]);
});

function candidate2(name: string) {
  return { type: "candidate", candidate: { candidate: name } };
}
