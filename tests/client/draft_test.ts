import { assertEquals } from "@std/assert";
import { Draft } from "../../lib/client/draft.ts";
import { FakeStorage } from "../fakes/storage.ts";

Deno.test("Draft.read() answers what was written before a reload, in this room only", () => {
  const storage = new FakeStorage();
  new Draft("lobby", storage).write("half a sen");
  assertEquals(new Draft("lobby", storage).read(), "half a sen");
  assertEquals(new Draft("other", storage).read(), "");
  assertEquals(Object.keys(storage.items), ["tincan:lobby:draft"]);
});

Deno.test("Draft.write() keeps nothing of an empty text, or of one too long to be sent", () => {
  const storage = new FakeStorage();
  const draft = new Draft("lobby", storage);
  for (const text of ["", "a".repeat(64 * 1024 + 1)]) {
    draft.write("something");
    draft.write(text);
    assertEquals([draft.read(), storage.length], ["", 0]);
  }
});

Deno.test("Draft goes without a storage, and with one that is full or broken", () => {
  const full = new FakeStorage();
  full.capacity = 0;
  const broken = new Proxy(full, {
    get() {
      throw new DOMException("", "UnknownError");
    },
  });
  for (const storage of [undefined, full, broken]) {
    const draft = new Draft("lobby", storage);
    draft.write("something");
    assertEquals(draft.read(), "");
  }
});
