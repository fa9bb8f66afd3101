import { assertEquals, assertNotEquals } from "@std/assert";
import { type Memory, Tab } from "../../lib/client/tab.ts";
import { FakeLocks } from "../fakes/locks.ts";
import { FakeStorage } from "../fakes/storage.ts";

/** A browser of which all tabs share a storage, and its locks if it has them. */
class FakeBrowser {
  readonly local = new FakeStorage();
  #locks: FakeLocks | undefined;

  constructor({ hasLocks }: { hasLocks: boolean }) {
    this.#locks = hasLocks ? new FakeLocks() : undefined;
  }

  /** Opens the room in a tab that remembers `session`. */
  open(session = new FakeStorage()): Promise<Tab> {
    return Tab.claim("lobby", this.memory(session));
  }

  memory(session: FakeStorage): Memory {
    return { session, local: this.local, locks: this.#locks?.port };
  }

  /** Every page is gone at once, and none of them was told. */
  crash(): void {
    this.#locks &&= new FakeLocks();
  }
}

const copy = (session: FakeStorage) => new FakeStorage(Object.entries(session.items));

for (const hasLocks of [true, false]) {
  const where = hasLocks ? "with locks" : "without locks";

  Deno.test(`Tab.claim() knows a copy of a page that was reloaded before, ${where}`, async () => {
    const browser = new FakeBrowser({ hasLocks });
    const session = new FakeStorage();
    const first = await browser.open(session);
    first.keep("token");
    first.close();
    const reloaded = await browser.open(session);
    const copied = await browser.open(copy(session));
    const fresh = await browser.open();
    assertEquals([reloaded.name, reloaded.resume], [first.name, "token"]);
    assertEquals([copied.isBack, copied.resume, fresh.resume], [false, undefined, undefined]);
    assertNotEquals(copied.name, first.name);
  });

  Deno.test(`Tab.close() does nothing when it is called again, ${where}`, async () => {
    const browser = new FakeBrowser({ hasLocks });
    const session = new FakeStorage();
    const closed = await browser.open(session);
    closed.keep("token");
    closed.close();
    const heir = await browser.open();
    heir.keep("another token");
    heir.close();
    const before = browser.local.items;
    closed.close();
    assertEquals(browser.local.items, before);
  });
}

Deno.test("Tab.claim() is the same page with its seat after a crash, with locks", async () => {
  const browser = new FakeBrowser({ hasLocks: true });
  const session = new FakeStorage();
  const before = await browser.open(session);
  before.keep("token");
  browser.crash();
  const after = await browser.open(session);
  assertEquals([after.name, after.isBack, after.resume], [before.name, true, "token"]);
  browser.crash();
  const again = await browser.open(session);
  assertEquals([again.name, again.resume], [before.name, "token"]);
});

Deno.test("Tab.claim() inherits the seat of a tab that crashed, with locks", async () => {
  const browser = new FakeBrowser({ hasLocks: true });
  const crashed = await browser.open();
  crashed.keep("token");
  browser.crash();
  const heir = await browser.open();
  assertEquals([heir.isBack, heir.resume], [false, "token"]);
});

Deno.test("Tab.claim() remembers its name from the beginning, with locks", async () => {
  const browser = new FakeBrowser({ hasLocks: true });
  const session = new FakeStorage();
  const before = await browser.open(session);
  browser.crash();
  const after = await browser.open(session);
  assertEquals([after.name, after.isBack, after.resume], [before.name, true, undefined]);
});

Deno.test("Tab.claim() leaves its seat to the tab that inherited it meanwhile", async () => {
  const browser = new FakeBrowser({ hasLocks: true });
  const session = new FakeStorage();
  const closed = await browser.open(session);
  closed.keep("token");
  closed.close();
  const heir = await browser.open();
  heir.keep("token");
  // Another tab of this browser is the last of which the storage tells.
  const other = await browser.open();
  other.keep("other token");
  // The closed tab is opened again, with all that it remembered.
  const reopened = await browser.open(session);
  assertEquals([heir.resume, reopened.isBack, reopened.resume], ["token", true, undefined]);
});

Deno.test("Tab.keep() does not give up the seat of another tab", async () => {
  const browser = new FakeBrowser({ hasLocks: true });
  const leaving = await browser.open();
  leaving.keep("a token");
  const staying = await browser.open();
  staying.keep("token");
  leaving.keep(undefined);
  leaving.close();
  browser.crash();
  assertEquals((await browser.open()).resume, "token");
});

Deno.test("Tab.claim() is a new page where locks are refused", async () => {
  const browser = new FakeBrowser({ hasLocks: true });
  const refused = () => Promise.reject(new DOMException("", "SecurityError"));
  const session = new FakeStorage();
  const memory: Memory = { ...browser.memory(session), locks: { request: refused } };
  const tab = await Tab.claim("lobby", memory);
  tab.keep("token");
  tab.close();
  const next = await Tab.claim("lobby", memory);
  assertEquals([next.isBack, next.resume], [false, undefined]);
});

Deno.test("Tab goes on where a storage throws whatever is asked of it", async () => {
  const broken = () => {
    throw new DOMException("The file is corrupted", "UnknownError");
  };
  const store = { getItem: broken, setItem: broken, removeItem: broken, key: broken, length: 0 };
  for (const locks of [undefined, new FakeLocks().port]) {
    const tab = await Tab.claim("lobby", { session: store, local: store, locks });
    tab.keep("token");
    assertEquals([tab.isBack, tab.resume], [false, "token"]);
    tab.close();
  }
});
