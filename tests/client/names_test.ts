import { assertEquals } from "@std/assert";
import { Journal } from "../../lib/client/journal.ts";
import { Names } from "../../lib/client/names.ts";
import { FakeStorage } from "../fakes/storage.ts";

Deno.test("Names are known again after a reload, also of those who are gone", () => {
  const storage = new FakeStorage();
  const names = new Names(new Journal("lobby", storage));
  names.learn("a", "Ada");
  names.learn("b", "Bo");
  names.learn("b", undefined);
  const expected = new Map([["a", "Ada"]]);
  assertEquals(names.all, expected);
  assertEquals(new Names(new Journal("lobby", storage)).all, expected);
  assertEquals(new Names(new Journal("other", storage)).all, new Map());
});

Deno.test("Names.learn() makes another map only where something changed", () => {
  const names = new Names(new Journal("", undefined));
  names.learn("a", "Ada");
  const before = names.all;
  names.learn("a", "Ada");
  names.learn("b", undefined);
  assertEquals(names.all === before, true);
});

Deno.test("Names.rename() takes a name along, and leaves one that is newer", () => {
  const names = new Names(new Journal("", undefined));
  names.learn("peer:1", "Ada");
  names.rename("peer:1", "tab");
  names.rename("nobody", "tab");
  assertEquals(names.all, new Map([["tab", "Ada"]]));
  names.learn("peer:2", "Old");
  names.rename("peer:2", "tab");
  assertEquals(names.all, new Map([["tab", "Ada"]]));
});

Deno.test("Names keep the newest of very many, and clear() forgets them", () => {
  const storage = new FakeStorage();
  const names = new Names(new Journal("lobby", storage));
  for (let index = 0; index < 40; index++) names.learn(`p${index}`, `Person ${index}`);
  assertEquals([names.all.size, names.all.has("p7"), names.all.has("p8")], [32, false, true]);
  names.clear();
  assertEquals([names.all.size, new Names(new Journal("lobby", storage)).all.size], [0, 0]);
});

Deno.test("Names give each person a number that stays its own", () => {
  const names = new Names(new Journal("", undefined));
  for (const person of ["peer:1", "b", "peer:1"]) names.meet(person);
  names.rename("peer:1", "a");
  names.meet("c");
  assertEquals(names.numbers, new Map([["b", 3], ["a", 2], ["c", 4]]));
  names.rename("c", "a");
  assertEquals(names.numbers, new Map([["b", 3], ["a", 2]]));
  const before = names.numbers;
  names.meet("a");
  assertEquals(names.numbers === before, true);
});
