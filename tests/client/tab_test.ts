import { assertEquals, assertNotEquals } from "@std/assert";
import { type Memory, Tab } from "../../lib/client/tab.ts";
import { FakeLocks } from "../fakes/locks.ts";
import { settle } from "../fakes/settle.ts";
import { FakeStorage } from "../fakes/storage.ts";

/** A browser of which all tabs share a storage, and its locks if it has them. */
function setUp({ hasLocks }: { hasLocks: boolean }) {
  const local = new FakeStorage();
  const locks = new FakeLocks();
  /** What a tab remembers that has this session. */
  const memoryOf = (session: FakeStorage): Memory => ({
    session,
    local,
    locks: hasLocks ? locks.port : undefined,
  });
  return { local, locks, memoryOf };
}

/** What the browser makes of a session when its tab is copied. */
function copy(session: FakeStorage): FakeStorage {
  return new FakeStorage(Object.entries(session.items));
}

for (const hasLocks of [true, false]) {
  const where = hasLocks ? "with locks" : "without locks";

  Deno.test(`Tab.claim() is a new page in a new tab, ${where}`, async () => {
    const { memoryOf } = setUp({ hasLocks });
    const [one, other] = [
      await Tab.claim("lobby", memoryOf(new FakeStorage())),
      await Tab.claim("lobby", memoryOf(new FakeStorage())),
    ];
    assertEquals([one.isBack, one.resume, one.name.length], [false, undefined, 22]);
    assertNotEquals(one.name, other.name);
    for (const tab of [one, other]) tab.close();
  });

  Deno.test(`Tab.claim() is the same page with its seat after a reload, ${where}`, async () => {
    const { memoryOf } = setUp({ hasLocks });
    const session = new FakeStorage();
    const before = await Tab.claim("lobby", memoryOf(session));
    before.keep("token 1");
    before.keep("token 2");
    before.close();
    const after = await Tab.claim("lobby", memoryOf(session));
    assertEquals([after.name, after.isBack, after.resume], [before.name, true, "token 2"]);
    const elsewhere = await Tab.claim("other", memoryOf(session));
    assertEquals([elsewhere.isBack, elsewhere.resume], [false, undefined]);
    for (const tab of [after, elsewhere]) tab.close();
  });

  Deno.test(`Tab.claim() is another page without a seat in a copy of a tab, ${where}`, async () => {
    const { memoryOf } = setUp({ hasLocks });
    const session = new FakeStorage();
    const original = await Tab.claim("lobby", memoryOf(session));
    original.keep("token");
    const copied = await Tab.claim("lobby", memoryOf(copy(session)));
    assertEquals([copied.isBack, copied.resume], [false, undefined]);
    assertNotEquals(copied.name, original.name);
    for (const tab of [copied, original]) tab.close();
    assertEquals((await Tab.claim("lobby", memoryOf(session))).resume, "token");
  });

  Deno.test(`Tab.claim() inherits the seat of a tab that was closed, once, ${where}`, async () => {
    const { memoryOf } = setUp({ hasLocks });
    const closed = await Tab.claim("lobby", memoryOf(new FakeStorage()));
    closed.keep("token");
    closed.close();
    const heir = await Tab.claim("lobby", memoryOf(new FakeStorage()));
    assertEquals([heir.isBack, heir.resume], [false, "token"]);
    assertNotEquals(heir.name, closed.name);
    const next = await Tab.claim("lobby", memoryOf(new FakeStorage()));
    assertEquals(next.resume, undefined);
    for (const tab of [heir, next]) tab.close();
  });

  Deno.test(`Tab.keep() forgets a seat that was given up, ${where}`, async () => {
    const { memoryOf } = setUp({ hasLocks });
    const session = new FakeStorage();
    const tab = await Tab.claim("lobby", memoryOf(session));
    tab.keep("token");
    tab.keep(undefined);
    tab.close();
    tab.close();
    const after = await Tab.claim("lobby", memoryOf(session));
    assertEquals([after.name, after.resume], [tab.name, undefined]);
    after.close();
    const heir = await Tab.claim("lobby", memoryOf(new FakeStorage()));
    assertEquals(heir.resume, undefined);
  });
}

Deno.test("Tab.claim() waits for the page before a reload to go", async () => {
  const { memoryOf, locks } = setUp({ hasLocks: true });
  const session = new FakeStorage();
  const before = await Tab.claim("lobby", memoryOf(session));
  before.keep("token");
  const claimed = Tab.claim("lobby", memoryOf(session));
  await settle();
  before.close();
  const after = await claimed;
  assertEquals([after.name, after.isBack, after.resume], [before.name, true, "token"]);
  assertEquals(locks.names, [`tincan:${after.name}`, "tincan:token"]);
  after.close();
  await settle();
  assertEquals(locks.names, []);
});

Deno.test("Tab.claim() leaves a living tab its seat, which the local storage tells of", async () => {
  const { memoryOf, local } = setUp({ hasLocks: true });
  const living = await Tab.claim("lobby", memoryOf(new FakeStorage()));
  living.keep("token");
  const other = await Tab.claim("lobby", memoryOf(new FakeStorage()));
  assertEquals(other.resume, undefined);
  other.keep("another token");
  other.keep(undefined);
  assertEquals(local.items, {});
  for (const tab of [living, other]) tab.close();
});

Deno.test("Tab lives without any memory, and with one that takes nothing", async () => {
  const full = new FakeStorage();
  full.capacity = 0;
  const memories: Memory[] = [
    { session: undefined, local: undefined, locks: undefined },
    { session: full, local: full, locks: new FakeLocks().port },
    { session: full, local: full, locks: undefined },
  ];
  for (const memory of memories) {
    const tab = await Tab.claim("lobby", memory);
    assertEquals([tab.isBack, tab.resume], [false, undefined]);
    tab.keep("token");
    assertEquals(tab.resume, "token");
    tab.close();
  }
});

Deno.test("Tab.claim() makes nothing of junk in the storage", async () => {
  for (const junk of ["{", "[]", "{}", '{"tab":1,"resume":"x"}']) {
    const local = new FakeStorage([["tincan:lobby:seat", junk]]);
    const tab = await Tab.claim("lobby", {
      session: new FakeStorage(),
      local,
      locks: new FakeLocks().port,
    });
    assertEquals(tab.resume, undefined);
    tab.close();
  }
});
