import { assert, assertEquals } from "@std/assert";
import { Shelf } from "../../../lib/client/files/shelf.ts";
import { FakeFolder } from "../../fakes/files_disk.ts";
import { FakeLocks } from "../../fakes/locks.ts";

/** The disk and the locks of one browser. */
function setUp() {
  const root = new FakeFolder();
  const fake = new FakeLocks();
  const locks = fake.port!;
  const open = () => Shelf.open({ openDirectory: () => Promise.resolve(root.handle), locks });
  /** The names of the shelves that are there. */
  const shelves = () => [...root.folders.get("incoming")?.folders.keys() ?? []];
  return { root, fake, locks, open, shelves };
}

Deno.test("Shelf.create() makes files of their own, which can be taken off", async () => {
  const { root, open, shelves } = setUp();
  const shelf = await open();
  const [one, other] = [await shelf!.create(), await shelf!.create()];
  assert(one.file !== other.file);
  const folder = root.folders.get("incoming")!.folders.get(shelves()[0]!)!;
  assertEquals(folder.files.size, 2);
  await one.remove();
  assertEquals(folder.files.size, 1);
  await shelf!.close();
  assertEquals(shelves(), []);
});

Deno.test("Shelf.close() clears everything, and gives the lock back", async () => {
  const { fake, open, shelves } = setUp();
  const shelf = await open();
  const { remove } = await shelf!.create();
  assertEquals([shelves().length, fake.names.length], [1, 1]);
  // It is still being taken off.
  void remove();
  await shelf!.close();
  await shelf!.close();
  assertEquals([shelves(), fake.names], [[], []]);
});

Deno.test("Shelf.open() clears what pages left that are gone, and nothing of those that live", async () => {
  const { root, fake, open, shelves } = setUp();
  const incoming = await root.getDirectoryHandle("incoming");
  for (const name of ["left", "stuck"]) {
    await (await incoming.getDirectoryHandle(name)).getFileHandle("1");
  }
  incoming.stuck.add("stuck");
  const one = await open();
  assertEquals([shelves().length, fake.names.length], [2, 1]);
  const other = await open();
  assertEquals(shelves().length, 3);
  await other!.close();
  assertEquals(shelves().length, 2);
  assert(shelves().includes("stuck"));
  await one!.close();
  assertEquals(shelves(), ["stuck"]);
});

Deno.test("Shelf.open() answers with nothing where a browser has no such place", async () => {
  const { fake, locks } = setUp();
  const openDirectory = () => Promise.reject(new DOMException("", "SecurityError"));
  assertEquals(await Shelf.open({ openDirectory, locks }), undefined);
  assertEquals(fake.names, []);
  const request = () => Promise.reject(new DOMException("", "SecurityError"));
  assertEquals(await Shelf.open({ openDirectory, locks: { request } }), undefined);
});
