import { assertEquals } from "@std/assert";
import { MAX_RECENT_ROOMS, RECENT_ROOMS_KEY, RecentRooms } from "../../lib/client/recent_rooms.ts";
import { seatKey } from "../../lib/client/tab.ts";
import { FakeStorage } from "../fakes/storage.ts";

Deno.test("RecentRooms lists the latest visit first, each room once", () => {
  const storage = new FakeStorage();
  const rooms = new RecentRooms(storage);
  rooms.visit("lobby", 1);
  rooms.visit("kitchen", 2);
  rooms.visit("lobby", 3);
  const expected = [{ name: "lobby", at: 3 }, { name: "kitchen", at: 2 }];
  assertEquals(rooms.list(), expected);
  assertEquals(new RecentRooms(storage).list(), expected);
});

Deno.test("RecentRooms keeps only so many", () => {
  const rooms = new RecentRooms(new FakeStorage());
  for (let at = 0; at < 20; at++) rooms.visit(`room-${at}`, at);
  const names = rooms.list().map(({ name }) => name);
  assertEquals([names.length, names[0], names.at(-1)], [MAX_RECENT_ROOMS, "room-19", "room-12"]);
});

Deno.test("RecentRooms leaves no seat behind of a room that is on the list no more", () => {
  const storage = new FakeStorage();
  const rooms = new RecentRooms(storage);
  for (let at = 0; at <= MAX_RECENT_ROOMS; at++) {
    storage.setItem(seatKey(`room-${at}`), "seat");
    rooms.visit(`room-${at}`, at);
  }
  const seats = Object.keys(storage.items).filter((key) => key.endsWith(":seat"));
  assertEquals([seats.length, seats.includes(seatKey("room-0"))], [MAX_RECENT_ROOMS, false]);
});

Deno.test("RecentRooms survives whatever is in the storage", () => {
  const contents: [text: string, names: string[]][] = [
    ["", []],
    ["{", []],
    ["null", []],
    ['"lobby"', []],
    ['{"name":"lobby","at":1}', []],
    ['[null,1,"x",[],{}]', []],
    ['[{"name":"<b>","at":1},{"name":"a b","at":1},{"name":"","at":1},{"name":1,"at":1}]', []],
    ['[{"name":"a"},{"name":"b","at":"1"},{"name":"c","at":-1},{"name":"d","at":1e300}]', []],
    ['[{"name":"a","at":1,"x":"y"},{"name":"a","at":2},{"name":"b","at":0}]', ["a", "b"]],
    [`[${Array(99).fill('{"name":"a","at":1}')},{"name":"b","at":1}]`, ["a", "b"]],
    [`[{"name":"${"x".repeat(65)}","at":1},{"name":"__proto__","at":1}]`, ["__proto__"]],
  ];
  for (const [text, names] of contents) {
    const rooms = new RecentRooms(new FakeStorage([[RECENT_ROOMS_KEY, text]]));
    assertEquals([text, rooms.list().map(({ name }) => name)], [text, names]);
    rooms.visit("new", 5);
    assertEquals([text, rooms.list().map(({ name }) => name)], [text, ["new", ...names]]);
  }
});

Deno.test("RecentRooms without a storage, or with one that refuses, stays empty", () => {
  const full = new FakeStorage();
  full.capacity = 0;
  const off = {
    getItem: () => fail(),
    setItem: () => fail(),
    removeItem: () => fail(),
  };
  for (const storage of [undefined, full, off]) {
    const rooms = new RecentRooms(storage);
    rooms.visit("lobby", 1);
    assertEquals(rooms.list(), []);
  }
});

function fail(): never {
  throw new DOMException("", "SecurityError");
}
