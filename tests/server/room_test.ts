import { assertEquals } from "@std/assert";
import { parseClientMessage, parseVersion1 } from "../../lib/protocol/parse.ts";
import type { Version } from "../../lib/protocol/messages.ts";
import type { Outgoing } from "../../lib/protocol/translate.ts";
import { Registry } from "../../lib/server/registry.ts";
import { type Member, Room } from "../../lib/server/room.ts";
import { valueOf } from "../fakes/unwrap.ts";

interface FakeMember extends Member {
  /** Takes what was sent since the last look. */
  heard(): string[];
}

function member(peer: string, version: Version): FakeMember {
  const frames: string[] = [];
  return { peer, version, send: (text) => void frames.push(text), heard: () => frames.splice(0) };
}

function says(from: Member, message: object): Outgoing {
  const text = JSON.stringify(message);
  const parsed = from.version === 1 ? parseVersion1(text) : parseClientMessage(text);
  return { ...valueOf<Pick<Outgoing, "message" | "object">>(parsed), text, from: from.peer };
}

function openRoom(capacity = 2): Room {
  return new Room("lobby", { capacity, emptied: () => {} });
}

const OFFER = { type: "offer", sdp: "v=0" };

Deno.test("Room.enter() tells version 2 members of the newcomer, and version 1 members nothing", () => {
  const room = openRoom(3);
  const [one, two, three] = [member("one", 1), member("two", 2), member("three", 2)];
  room.enter(one);
  room.enter(two);
  room.enter(three);
  assertEquals(one.heard(), []);
  assertEquals(two.heard(), ['{"type":"peer-joined","peer":"three","version":2}']);
  assertEquals(three.heard(), []);
});

Deno.test("Room.roster() lists the members in the order of their seats", () => {
  const room = openRoom(3);
  room.enter(member("b", 2));
  room.enter(member("a", 1));
  assertEquals(room.roster(), [
    { peer: "b", version: 2, state: "present" },
    { peer: "a", version: 1, state: "present" },
  ]);
});

Deno.test("Room.isFull counts promised seats until they are given back, once", () => {
  const room = openRoom();
  room.enter(member("a", 1));
  assertEquals(room.isFull, false);
  const giveBack = room.reserve();
  assertEquals(room.isFull, true);
  giveBack();
  giveBack();
  assertEquals(room.isFull, false);
  room.enter(member("b", 1));
  assertEquals(room.isFull, true);
});

Deno.test("Room.relay() sends to every other member, each in its own version", () => {
  const room = openRoom(4);
  const [a, b, c, d] = [member("a", 2), member("b", 2), member("c", 1), member("d", 2)];
  for (const each of [a, b, c, d]) room.enter(each);
  for (const each of [a, b, c, d]) each.heard();
  assertEquals(room.relay(says(a, OFFER)), "relayed");
  assertEquals(a.heard(), []);
  assertEquals(b.heard(), ['{"type":"offer","sdp":"v=0","from":"a"}']);
  assertEquals(c.heard(), ['{"type":"offer","sdp":"v=0"}']);
  assertEquals(d.heard(), ['{"type":"offer","sdp":"v=0","from":"a"}']);
});

Deno.test("Room.relay() sends a targeted signal to its target alone", () => {
  const room = openRoom(3);
  const [a, b, c] = [member("a", 2), member("b", 2), member("c", 2)];
  for (const each of [a, b, c]) room.enter(each);
  for (const each of [a, b, c]) each.heard();
  assertEquals(room.relay(says(a, { ...OFFER, to: "c" }), "c"), "relayed");
  assertEquals(b.heard(), []);
  assertEquals(c.heard().length, 1);
});

Deno.test("Room.relay() knows no peer that is not in the room, nor the sender itself", () => {
  const room = openRoom();
  const a = member("a", 2);
  room.enter(a);
  for (const to of ["z", "a", "__proto__", "constructor"]) {
    assertEquals(room.relay(says(a, { ...OFFER, to }), to), "peer-gone");
  }
  assertEquals(a.heard(), []);
});

Deno.test("Room.relay() keeps what a lone peer says for the one that comes next, and only that one", () => {
  const room = openRoom(3);
  const [a, b, c] = [member("a", 1), member("b", 1), member("c", 1)];
  room.enter(a);
  assertEquals(room.relay(says(a, OFFER)), "kept");
  assertEquals(room.relay(says(a, { type: "candidate", candidate: "1" })), "kept");
  room.enter(b);
  assertEquals(b.heard(), [
    '{"type":"offer","sdp":"v=0"}',
    '{"type":"candidate","candidate":"1"}',
  ]);
  room.enter(c);
  assertEquals(c.heard(), []);
});

Deno.test("Room.relay() keeps the newest offer of a lone peer, with the candidates that follow it", () => {
  const room = openRoom();
  const [a, b] = [member("a", 1), member("b", 1)];
  room.enter(a);
  room.relay(says(a, { type: "candidate", candidate: "early" }));
  room.relay(says(a, OFFER));
  room.relay(says(a, { type: "candidate", candidate: "old" }));
  room.relay(says(a, { type: "offer", sdp: "new" }));
  room.relay(says(a, { type: "candidate", candidate: "new" }));
  room.relay(says(a, { type: "answer", sdp: "to nobody" }));
  room.enter(b);
  assertEquals(b.heard(), [
    '{"type":"offer","sdp":"new"}',
    '{"type":"candidate","candidate":"new"}',
  ]);
});

Deno.test("Room.relay() bounds what it keeps, in number and in bytes, and says so", () => {
  const room = openRoom();
  const a = member("a", 1);
  room.enter(a);
  let kept = 0;
  while (room.relay(says(a, { type: "candidate", candidate: "c" })) === "kept") kept++;
  assertEquals(kept, 64);
  assertEquals(room.relay(says(a, { type: "candidate", candidate: "c" })), "mailbox-full");

  const wide = openRoom();
  const b = member("b", 1);
  wide.enter(b);
  const large = { type: "candidate", candidate: "c".repeat(16_000) };
  assertEquals(wide.relay(says(b, large)), "kept");
  assertEquals(wide.relay(says(b, large)), "kept");
  assertEquals(wide.relay(says(b, large)), "mailbox-full");
});

Deno.test("Room.leave() tells a version 1 member leave, and a version 2 member why", () => {
  const room = openRoom(3);
  const [a, b, c] = [member("a", 2), member("b", 1), member("c", 2)];
  for (const each of [a, b, c]) room.enter(each);
  for (const each of [a, b, c]) each.heard();
  room.leave(c, "lost");
  assertEquals(a.heard(), ['{"type":"peer-left","peer":"c","reason":"lost"}']);
  assertEquals(b.heard(), ['{"type":"leave"}']);
  room.leave(c, "lost");
  assertEquals(a.heard(), []);
  assertEquals(room.roster().length, 2);
});

Deno.test("Room.leave() forwards the words of a peer that said leave, once", () => {
  const room = openRoom(3);
  const [a, b, c] = [member("a", 2), member("b", 1), member("c", 1)];
  for (const each of [a, b, c]) room.enter(each);
  for (const each of [a, b, c]) each.heard();
  room.leave(c, "left", says(c, { type: "leave", why: "tea" }));
  assertEquals(a.heard(), [
    '{"type":"leave","why":"tea","from":"c"}',
    '{"type":"peer-left","peer":"c","reason":"left"}',
  ]);
  assertEquals(b.heard(), ['{"type":"leave","why":"tea"}']);
});

Deno.test("Room.leave() forgets what a lone peer said, even where a seat is promised", () => {
  const room = openRoom();
  const [a, b] = [member("a", 1), member("b", 1)];
  room.enter(a);
  room.relay(says(a, OFFER));
  const giveBack = room.reserve();
  room.leave(a, "lost");
  room.enter(b);
  giveBack();
  assertEquals(b.heard(), []);
});

Deno.test("Room.leave() ignores a member whose id was taken over by another", () => {
  const room = openRoom(3);
  const [a, older, newer] = [member("a", 2), member("x", 2), member("x", 2)];
  for (const each of [a, older, newer]) room.enter(each);
  a.heard();
  room.leave(older, "lost");
  assertEquals(a.heard(), []);
  assertEquals(room.roster().length, 2);
});

Deno.test("Registry.open() opens a room once and forgets it when the last seat is free", () => {
  const registry = new Registry(2);
  assertEquals(registry.isFull("x"), false);
  assertEquals(registry.size, 0);
  const room = registry.open("x");
  assertEquals(registry.open("x"), room);
  const [a, b] = [member("a", 1), member("b", 1)];
  room.enter(a);
  room.enter(b);
  assertEquals(registry.isFull("x"), true);
  room.leave(a, "left");
  assertEquals(registry.size, 1);
  room.leave(b, "left");
  assertEquals(registry.size, 0);
});

Deno.test("Registry.open() forgets a room whose only promise was given back", () => {
  const registry = new Registry(2);
  const giveBack = registry.open("x").reserve();
  assertEquals(registry.size, 1);
  giveBack();
  assertEquals(registry.size, 0);
});

Deno.test("Registry.open() takes names of prototype keys like any other", () => {
  const registry = new Registry(2);
  for (const name of ["__proto__", "constructor", "toString"]) {
    assertEquals(registry.isFull(name), false);
    registry.open(name).enter(member(name, 1));
  }
  assertEquals(registry.size, 3);
});
