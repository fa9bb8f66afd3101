import { assertEquals } from "@std/assert";
import { Allowance, type Rates } from "../../lib/server/allowance.ts";

const RATES: Rates = {
  messages: { perSecond: 10, burst: 3 },
  bytes: { perSecond: 100, burst: 1000 },
};

const LIFTED = { perSecond: Infinity, burst: Infinity };

Deno.test("Allowance.take() refuses two messages over the rate, and gives up at the third", () => {
  const allowance = new Allowance(RATES, 0);
  const verdicts = Array.from({ length: 6 }, () => allowance.take(RATES, 1, 0));
  assertEquals(verdicts, ["taken", "taken", "taken", "refused", "refused", "exceeded"]);
});

Deno.test("Allowance.take() counts a warning as long as the connection was not calm", () => {
  const allowance = new Allowance(RATES, 0);
  for (let i = 0; i < 3; i++) allowance.take(RATES, 1, 0);
  assertEquals(allowance.take(RATES, 1, 0), "refused");
  // One token is there again, but not all three.
  assertEquals(allowance.take(RATES, 1, 100), "taken");
  assertEquals(allowance.take(RATES, 1, 100), "refused");
  assertEquals(allowance.take(RATES, 1, 200), "taken");
  assertEquals(allowance.take(RATES, 1, 200), "exceeded");
});

Deno.test("Allowance.take() forgets the warnings once the bucket was full again", () => {
  const allowance = new Allowance(RATES, 0);
  for (let i = 0; i < 5; i++) allowance.take(RATES, 1, 0);
  const later = Array.from({ length: 6 }, () => allowance.take(RATES, 1, 300));
  assertEquals(later, ["taken", "taken", "taken", "refused", "refused", "exceeded"]);
});

Deno.test("Allowance.take() gives up at once over the bytes, and counts what was refused too", () => {
  const allowance = new Allowance(RATES, 0);
  assertEquals(allowance.take(RATES, 1001, 0), "exceeded");
  assertEquals(allowance.take(RATES, 1000, 0), "taken");
  assertEquals(allowance.take(RATES, 1, 0), "exceeded");

  const chatty = new Allowance(RATES, 0);
  for (let i = 0; i < 3; i++) chatty.take(RATES, 300, 0);
  assertEquals(chatty.take(RATES, 100, 0), "refused");
  assertEquals(chatty.take(RATES, 1, 0), "exceeded");
});

Deno.test("Allowance.take() takes everything where the rates are lifted", () => {
  const rates: Rates = { messages: LIFTED, bytes: LIFTED };
  const allowance = new Allowance(rates, 0);
  for (let i = 0; i < 1000; i++) assertEquals(allowance.take(rates, 1e6, 0), "taken");
});

Deno.test("Allowance.take() holds one rate where the other is lifted", () => {
  const bytesOnly: Rates = { ...RATES, messages: LIFTED };
  const wide = new Allowance(bytesOnly, 0);
  for (let i = 0; i < 1000; i++) assertEquals(wide.take(bytesOnly, 1, 0), "taken");
  assertEquals(wide.take(bytesOnly, 1, 0), "exceeded");

  const messagesOnly: Rates = { ...RATES, bytes: LIFTED };
  const long = new Allowance(messagesOnly, 0);
  for (let i = 0; i < 3; i++) assertEquals(long.take(messagesOnly, 1e9, 0), "taken");
  assertEquals(long.take(messagesOnly, 1e9, 0), "refused");
});

Deno.test("Allowance.wait() tells when the next message will be taken", () => {
  const slow: Rates = { ...RATES, messages: { perSecond: 0.5, burst: 1 } };
  const allowance = new Allowance(slow, 0);
  allowance.take(slow, 1, 0);
  assertEquals(allowance.wait(slow, 1, 0), 2);
  assertEquals(allowance.take(slow, 1, 1999), "refused");
  assertEquals(allowance.take(slow, 1, 2000), "taken");
});
