import { assertEquals } from "@std/assert";
import { Deadlines, type Expiring } from "../../lib/server/deadlines.ts";
import { SteppedClock } from "../fakes/clock.ts";
import { pick, seededRandom } from "../fakes/random.ts";

const DELAY = 1000;

/** Deadlines, and what of them has expired so far: a name, and the time. */
function start(delay = DELAY) {
  const clock = new SteppedClock();
  const expired: string[] = [];
  const item = (name: string, then: () => void = () => {}): Expiring => ({
    expire() {
      expired.push(`${name} ${clock.now()}`);
      then();
    },
  });
  return { clock, deadlines: new Deadlines(clock, delay), expired, item };
}

Deno.test("Deadlines expire in the order in which they were added, each at its own time", () => {
  const { clock, deadlines, expired, item } = start();
  for (const name of ["a", "b", "c"]) {
    deadlines.add(item(name));
    clock.advance(300);
  }
  clock.advance(99);
  assertEquals(expired, []);
  clock.advance(1);
  assertEquals(expired, ["a 1000"]);
  clock.advance(10_000);
  assertEquals(expired, ["a 1000", "b 1300", "c 1600"]);
  assertEquals(deadlines.size, 0);
});

Deno.test("Deadlines expire together where they were added together", () => {
  const { clock, deadlines, expired, item } = start();
  for (const name of ["a", "b", "c"]) deadlines.add(item(name));
  clock.advance(DELAY);
  assertEquals(expired, ["a 1000", "b 1000", "c 1000"]);
});

Deno.test("Deadlines set one timer, however many are running, and none where none is", () => {
  const { clock, deadlines, item } = start();
  assertEquals(clock.pending, []);
  for (let i = 0; i < 100; i++) {
    deadlines.add(item(`${i}`));
    clock.advance(5);
    assertEquals(clock.pending.length, 1);
  }
  while (deadlines.size > 0) {
    assertEquals(clock.pending.length, 1);
    clock.advance(5);
  }
  assertEquals(clock.pending, []);
});

Deno.test("Deadlines.add() starts a running deadline anew, behind all others", () => {
  const { clock, deadlines, expired, item } = start();
  const a = item("a");
  deadlines.add(a);
  deadlines.add(item("b"));
  clock.advance(600);
  deadlines.add(a);
  assertEquals(deadlines.size, 2);
  clock.advance(10_000);
  assertEquals(expired, ["b 1000", "a 1600"]);
  assertEquals(clock.pending, []);
});

Deno.test("Deadlines.add() takes an item again that has expired", () => {
  const { clock, deadlines, expired, item } = start();
  const a = item("a");
  deadlines.add(a);
  clock.advance(DELAY);
  deadlines.add(a);
  clock.advance(DELAY);
  assertEquals(expired, ["a 1000", "a 2000"]);
});

Deno.test("Deadlines.add() inside expire() counts from then, with one timer", () => {
  const { clock, deadlines, expired, item } = start();
  let rounds = 0;
  const again: Expiring = item("again", () => {
    if (++rounds < 3) deadlines.add(again);
  });
  deadlines.add(again);
  deadlines.add(item("b", () => deadlines.add(item("new"))));
  clock.advance(DELAY);
  assertEquals(clock.pending, [DELAY]);
  clock.advance(10_000);
  assertEquals(expired, ["again 1000", "b 1000", "again 2000", "new 2000", "again 3000"]);
  assertEquals(clock.pending, []);
});

Deno.test("Deadlines.delete() inside expire() spares what is due at the same time", () => {
  const { clock, deadlines, expired, item } = start();
  const spared = item("spared");
  deadlines.add(item("a", () => deadlines.delete(spared)));
  deadlines.add(spared);
  deadlines.add(item("c"));
  clock.advance(10_000);
  assertEquals(expired, ["a 1000", "c 1000"]);
  assertEquals(clock.pending, []);
});

Deno.test("Deadlines set one timer though all are taken back and begun anew inside expire()", () => {
  for (const takeBack of ["delete", "close"] as const) {
    const { clock, deadlines, expired, item } = start();
    const last = item("last");
    deadlines.add(item("a", () => {
      if (takeBack === "close") deadlines.close();
      else deadlines.delete(last);
      deadlines.add(last);
    }));
    deadlines.add(last);
    clock.advance(DELAY);
    assertEquals(clock.pending, [DELAY], takeBack);
    clock.advance(10_000);
    assertEquals([expired, clock.pending], [["a 1000", "last 2000"], []]);
  }
});

Deno.test("Deadlines.delete() takes a deadline back, and the timer with the last one", () => {
  const { clock, deadlines, expired, item } = start();
  const [a, b] = [item("a"), item("b")];
  deadlines.add(a);
  deadlines.add(b);
  deadlines.delete(a);
  deadlines.delete(a);
  deadlines.delete(item("never added"));
  assertEquals([deadlines.size, clock.pending.length], [1, 1]);
  deadlines.delete(b);
  assertEquals([deadlines.size, clock.pending], [0, []]);
  clock.advance(10_000);
  assertEquals(expired, []);
});

Deno.test("Deadlines.delete() of the first leaves the second its own time", () => {
  const { clock, deadlines, expired, item } = start();
  const a = item("a");
  deadlines.add(a);
  clock.advance(400);
  deadlines.add(item("b"));
  deadlines.delete(a);
  clock.advance(999);
  assertEquals(expired, []);
  clock.advance(1);
  assertEquals(expired, ["b 1400"]);
});

Deno.test("Deadlines.close() takes all back, may be called twice, and inside expire()", () => {
  const { clock, deadlines, expired, item } = start();
  deadlines.add(item("a", () => deadlines.close()));
  deadlines.add(item("b"));
  clock.advance(10_000);
  assertEquals([expired, deadlines.size, clock.pending], [["a 1000"], 0, []]);
  deadlines.add(item("c"));
  deadlines.close();
  deadlines.close();
  assertEquals([deadlines.size, clock.pending], [0, []]);
  clock.advance(10_000);
  assertEquals(expired, ["a 1000"]);
});

Deno.test("Deadlines do what a list of times would do, whatever the order of calls", () => {
  for (let seed = 1; seed <= 200; seed++) {
    const random = seededRandom(seed);
    const { clock, deadlines, expired, item } = start(1 + Math.floor(random() * 50));
    const delay = (deadlines.add(item("probe")), clock.pending[0]!);
    deadlines.close();
    const items = Array.from({ length: 6 }, (_, i) => item(`${i}`));
    const due = new Map<number, number>();
    const expected: string[] = [];
    for (let step = 0; step < 60; step++) {
      const i = pick(random, [0, 1, 2, 3, 4, 5]);
      const roll = random();
      if (roll < 0.5) {
        deadlines.add(items[i]!);
        due.delete(i);
        due.set(i, clock.now() + delay);
      } else if (roll < 0.7) {
        deadlines.delete(items[i]!);
        due.delete(i);
      } else {
        clock.advance(Math.floor(random() * 40));
        for (const [name, at] of due) {
          if (at > clock.now()) continue;
          expected.push(`${name} ${at}`);
          due.delete(name);
        }
      }
      assertEquals(expired, expected, `seed ${seed}`);
      assertEquals([deadlines.size, clock.pending.length], [due.size, Math.min(1, due.size)]);
    }
  }
});

Deno.test("Deadlines.left() tells what an item has left, and nothing of one that does not run", () => {
  const { clock, deadlines, item } = start();
  const [a, b] = [item("a"), item("b")];
  assertEquals(deadlines.left(a), undefined);
  deadlines.add(a);
  clock.advance(400);
  deadlines.add(b);
  assertEquals([deadlines.left(a), deadlines.left(b)], [600, 1000]);
  deadlines.add(a);
  assertEquals(deadlines.left(a), 1000);
  deadlines.delete(b);
  assertEquals(deadlines.left(b), undefined);
  clock.advance(DELAY);
  assertEquals(deadlines.left(a), undefined);
});
