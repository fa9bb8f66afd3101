import { assertEquals } from "@std/assert";
import { Journal } from "../../lib/client/journal.ts";
import { FakeStorage } from "../fakes/storage.ts";

/** Writes texts down, as they are said; answers with their places. */
function writeAll(journal: Journal, texts: string[]): number[] {
  return texts.map((text) => {
    const place = journal.add();
    journal.write(place, { text });
    return place;
  });
}

/** What another page would read. */
function readAll(storage: FakeStorage, room = "lobby"): unknown[] {
  return new Journal(room, storage).read().map(([, { text }]) => text);
}

Deno.test("Journal.read() brings back what was written, in its order", () => {
  const storage = new FakeStorage();
  const texts = Array.from({ length: 12 }, (_, i) => `words ${i}`);
  writeAll(new Journal("lobby", storage), texts);
  assertEquals(readAll(storage), texts);
  assertEquals(readAll(storage, "other"), []);
});

Deno.test("Journal.write() replaces what is at its place", () => {
  const storage = new FakeStorage();
  const journal = new Journal("lobby", storage);
  const [first] = writeAll(journal, ["one", "two"]);
  journal.write(first!, { text: "ONE" });
  assertEquals(readAll(storage), ["ONE", "two"]);
});

Deno.test("Journal.add() goes on after what was read", () => {
  const storage = new FakeStorage();
  writeAll(new Journal("lobby", storage), ["one", "two"]);
  const next = new Journal("lobby", storage);
  next.read();
  writeAll(next, ["three"]);
  assertEquals(readAll(storage), ["one", "two", "three"]);
});

Deno.test("Journal keeps the last thousand", () => {
  const storage = new FakeStorage();
  writeAll(new Journal("lobby", storage), Array.from({ length: 1_005 }, (_, i) => `${i}`));
  const kept = readAll(storage);
  assertEquals([kept.length, kept[0], kept.at(-1)], [1_000, "5", "1004"]);
});

Deno.test("Journal lets the oldest go where the storage is full", () => {
  const storage = new FakeStorage();
  const journal = new Journal("lobby", storage);
  writeAll(journal, ["one", "two", "three"]);
  const used = Object.entries(storage.items).flat().join("").length;
  storage.capacity = used + 10;
  writeAll(journal, ["four"]);
  assertEquals(readAll(storage), ["two", "three", "four"]);
});

Deno.test("Journal goes on where a storage takes nothing at all", () => {
  const storage = new FakeStorage();
  storage.capacity = 0;
  const journal = new Journal("lobby", storage);
  assertEquals(writeAll(journal, ["one", "two"]), [0, 1]);
  journal.writePeople(["alice"]);
  assertEquals([readAll(storage), journal.readPeople()], [[], []]);
});

Deno.test("Journal without a storage forgets at once", () => {
  const journal = new Journal("lobby", undefined);
  assertEquals(writeAll(journal, ["one", "two"]), [0, 1]);
  journal.writePeople(["alice"]);
  journal.clear();
  assertEquals([journal.read(), journal.readPeople()], [[], []]);
});

Deno.test("Journal passes over what it did not write", () => {
  const storage = new FakeStorage([
    ["tincan:lobby:said:0", "{"],
    ["tincan:lobby:said:1", '"words"'],
    ["tincan:lobby:said:2", '{"text":"ours"}'],
    ["tincan:lobby:said:junk", '{"text":"junk"}'],
    ["tincan:lobby:people", '{"people":["alice",7]}'],
    ["something else", "entirely"],
  ]);
  const journal = new Journal("lobby", storage);
  assertEquals(journal.read(), [[2, { text: "ours" }]]);
  assertEquals(journal.readPeople(), ["alice"]);
  assertEquals(journal.add(), 3);
});

Deno.test("Journal.writePeople() keeps who is there, room by room", () => {
  const storage = new FakeStorage();
  const journal = new Journal("lobby", storage);
  assertEquals(journal.readPeople(), []);
  journal.writePeople(["alice", "bob"]);
  assertEquals(new Journal("lobby", storage).readPeople(), ["alice", "bob"]);
  assertEquals(new Journal("other", storage).readPeople(), []);
});

Deno.test("Journal.clear() forgets the room, and nothing else", () => {
  const storage = new FakeStorage([["something else", "entirely"]]);
  for (const room of ["lobby", "other"]) {
    const journal = new Journal(room, storage);
    writeAll(journal, ["words"]);
    journal.writePeople(["alice"]);
  }
  new Journal("lobby", storage).clear();
  assertEquals(Object.keys(storage.items).sort(), [
    "something else",
    "tincan:other:people",
    "tincan:other:said:0",
  ]);
});

Deno.test("Journal.read() puts entries in order, whatever order the storage has", () => {
  const places = [10, 2, 0, 1];
  const storage = new FakeStorage(
    places.map((place) => [`tincan:lobby:said:${place}`, `{"n":${place}}`]),
  );
  assertEquals(new Journal("lobby", storage).read().map(([place]) => place), [0, 1, 2, 10]);
});
