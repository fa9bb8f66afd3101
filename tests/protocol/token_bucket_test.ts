import { assert, assertEquals } from "@std/assert";
import { TokenBucket } from "../../lib/protocol/token_bucket.ts";
import { seededRandom } from "../fakes/random.ts";

const RATE = { perSecond: 10, burst: 5 };

Deno.test("TokenBucket.take() gives the burst at once, and then no more than flows in", () => {
  const bucket = new TokenBucket(RATE, 0);
  for (let i = 0; i < 5; i++) assert(bucket.take(RATE, 1, 0), `token ${i}`);
  assert(!bucket.take(RATE, 1, 0));
  assert(!bucket.take(RATE, 1, 99));
  assert(bucket.take(RATE, 1, 100));
  assert(!bucket.take(RATE, 1, 100));
  assert(bucket.take(RATE, 2, 300));
});

Deno.test("TokenBucket.take() takes nothing where it answers false", () => {
  const bucket = new TokenBucket(RATE, 0);
  assert(!bucket.take(RATE, 6, 0));
  assert(bucket.take(RATE, 5, 0));
});

Deno.test("TokenBucket.take() saves no more than the burst, however long nothing is taken", () => {
  const bucket = new TokenBucket(RATE, 0);
  assert(!bucket.take(RATE, 5.001, 1e9));
  assert(bucket.take(RATE, 5, 1e9));
  assert(!bucket.take(RATE, 1, 1e9));
});

Deno.test("TokenBucket.take() limits nothing where one of the two is Infinity", () => {
  for (
    const rate of [
      { perSecond: Infinity, burst: 1 },
      { perSecond: 1, burst: Infinity },
      { perSecond: Infinity, burst: Infinity },
    ]
  ) {
    const bucket = new TokenBucket(rate, 0);
    for (let i = 0; i < 100; i++) assert(bucket.take(rate, 1e9, 0), JSON.stringify(rate));
  }
});

Deno.test("TokenBucket.isFull() tells of the last token", () => {
  const bucket = new TokenBucket(RATE, 0);
  assert(bucket.isFull(RATE, 0));
  bucket.take(RATE, 5, 0);
  assert(!bucket.isFull(RATE, 499));
  assert(bucket.isFull(RATE, 500));
});

Deno.test("TokenBucket.wait() tells whole seconds, at least one, after which a token is there", () => {
  const slow = { perSecond: 0.25, burst: 2 };
  const bucket = new TokenBucket(slow, 0);
  assertEquals(bucket.wait(slow, 1, 0), 1);
  bucket.take(slow, 2, 0);
  assertEquals(bucket.wait(slow, 1, 0), 4);
  assertEquals(bucket.wait(slow, 2, 0), 8);
  assertEquals(bucket.wait(slow, 1, 2500), 2);
  assert(!bucket.take(slow, 1, 3999));
  assert(bucket.take(slow, 1, 4000));
});

Deno.test("TokenBucket.wait() is a number that JSON knows, where nothing is limited too", () => {
  for (
    const rate of [
      { perSecond: Infinity, burst: 1 },
      { perSecond: 1, burst: Infinity },
      { perSecond: Infinity, burst: Infinity },
    ]
  ) {
    for (const now of [0, 1, 1000]) {
      const bucket = new TokenBucket(rate, 0);
      bucket.take(rate, 1, 0);
      assertEquals(bucket.wait(rate, 1, now), 1, `${JSON.stringify(rate)} at ${now}`);
    }
  }
});

Deno.test("TokenBucket never gives more in any time than the burst and what flowed in", () => {
  for (let seed = 1; seed <= 200; seed++) {
    const random = seededRandom(seed);
    const rate = { perSecond: 1 + random() * 20, burst: 1 + Math.floor(random() * 20) };
    const bucket = new TokenBucket(rate, 0);
    const taken: [number, number][] = [];
    let now = 0;
    for (let i = 0; i < 100; i++) {
      now += random() < 0.5 ? 0 : random() * 500;
      const amount = 1 + Math.floor(random() * 3);
      if (bucket.take(rate, amount, now)) taken.push([now, amount]);
    }
    for (let from = 0; from < taken.length; from++) {
      let sum = 0;
      for (const [at, amount] of taken.slice(from)) {
        sum += amount;
        const most = rate.burst + (at - taken[from]![0]) * rate.perSecond / 1000;
        assert(sum <= most + 1e-6, `seed ${seed}: ${sum} of ${most}`);
      }
    }
    assert(taken.length > 5, `seed ${seed}: only ${taken.length} were taken`);
  }
});

Deno.test("TokenBucket.delay() is the milliseconds after which the tokens can be taken, and no fewer", () => {
  const rate = { perSecond: 4, burst: 2 };
  const bucket = new TokenBucket(rate, 0);
  assertEquals(bucket.delay(rate, 2, 0), 0);
  bucket.take(rate, 2, 0);
  assertEquals([bucket.delay(rate, 1, 0), bucket.delay(rate, 1, 100)], [250, 150]);
  assertEquals([bucket.take(rate, 1, 249), bucket.take(rate, 1, 250)], [false, true]);
  assertEquals(bucket.delay({ perSecond: Infinity, burst: 1 }, 1, 250), 0);
});
