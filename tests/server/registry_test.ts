import { assert, assertEquals } from "@std/assert";
import { Registry, type RegistryOptions } from "../../lib/server/registry.ts";
import { SteppedClock } from "../fakes/clock.ts";
import { seat } from "../fakes/member.ts";

function start(options: Partial<RegistryOptions> = {}) {
  const clock = new SteppedClock();
  const registry = new Registry({
    capacity: 2,
    maxRooms: Infinity,
    seatGrace: 30,
    clock,
    ...options,
  });
  return { registry, clock };
}

Deno.test("Registry.open() opens a room once and forgets it when the last seat is free", () => {
  const { registry } = start();
  assertEquals([registry.isFull("x"), registry.size], [false, 0]);
  const room = registry.open("x");
  assertEquals(registry.open("x"), room);
  const [a, b] = seat(room, 1, 1);
  assertEquals([registry.isFull("x"), registry.isFull("X")], [true, false]);
  room.leave(a!.seat, "left");
  assertEquals([registry.isFull("x"), registry.size], [false, 1]);
  room.leave(b!.seat, "left");
  assertEquals([registry.find("x"), registry.size], [undefined, 0]);
  assert(registry.open("x") !== room);
});

Deno.test("Registry.open() forgets a room whose only promise was given back", () => {
  const { registry } = start();
  const room = registry.open("x");
  room.reserve();
  room.release();
  assertEquals(registry.size, 0);
});

Deno.test("Registry keeps rooms apart, also those named as a property of every object", () => {
  const { registry } = start();
  const names = ["a", "b", "A", "constructor", "__proto__", "toString"];
  for (const name of names) {
    assertEquals([registry.find(name), registry.isFull(name)], [undefined, false], name);
    seat(registry.open(name), 1, 1);
  }
  assertEquals(registry.size, names.length);
  for (const name of names) assertEquals(registry.find(name)?.name, name);
});

Deno.test("Registry.canOpen() holds the rooms of the process, and knows those that are there", () => {
  const { registry } = start({ maxRooms: 2 });
  const [a] = seat(registry.open("a"), 1);
  assertEquals(registry.canOpen("b"), true);
  seat(registry.open("b"), 1);
  assertEquals(["a", "b", "c"].map((name) => registry.canOpen(name)), [true, true, false]);
  a!.seat.room.leave(a!.seat, "left");
  assertEquals(registry.canOpen("c"), true);
});

Deno.test("Registry.isFull() and find() open nothing", () => {
  const { registry } = start();
  registry.isFull("x");
  registry.canOpen("x");
  registry.find("x");
  assertEquals([registry.probe("x"), registry.size], [undefined, 0]);
});

Deno.test("Registry keeps one timer for the seats that are away in all rooms, and none otherwise", () => {
  const { registry, clock } = start();
  const seated = ["x", "y", "z"].map((name) => seat(registry.open(name), 2)[0]!);
  assertEquals([registry.away, clock.pending], [0, []]);
  for (const { seat, member } of seated) {
    seat.room.drop(seat, member);
    clock.advance(10);
  }
  assertEquals([registry.away, registry.size, clock.pending], [3, 3, [29_970]]);
  clock.advance(29_970);
  assertEquals([registry.away, registry.size, clock.pending], [2, 2, [10]]);
  clock.advance(20);
  assertEquals([registry.away, registry.size, clock.pending], [0, 0, []]);
});

Deno.test("Registry.close() gives no seat back any longer, and may be called twice", () => {
  const { registry, clock } = start();
  const [a] = seat(registry.open("x"), 2);
  a!.seat.room.drop(a!.seat, a!.member);
  const [b, c] = seat(registry.open("y"), 2, 2);
  b!.member.isQuiet = true;
  assert(registry.probe("y") !== undefined);
  assertEquals(clock.pending.length, 2);
  registry.close();
  registry.close();
  assertEquals([clock.pending, registry.away], [[], 0]);
  assertEquals([b!.member.dismissed, c!.member.dismissed], [undefined, undefined]);
});
