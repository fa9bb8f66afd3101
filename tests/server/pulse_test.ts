import { assert, assertEquals } from "@std/assert";
import { Pulse } from "../../lib/server/pulse.ts";

/** A pulse of a peer that keeps the heartbeat, heard at 0, and how often it gave a sign since. */
function living() {
  const pulse = new Pulse();
  const signs = { count: 0 };
  pulse.heard(0);
  pulse.keepsHeartbeat();
  return { pulse, signs, onSign: () => void signs.count++ };
}

Deno.test("Pulse.expect() asks nobody who never kept the heartbeat", () => {
  const pulse = new Pulse();
  const never = () => {
    throw new Error("Nobody was asked");
  };
  assert(!pulse.expect(1e9, never));
  pulse.heard(0);
  assert(!pulse.expect(1e9, never));
  pulse.heard(1);
  pulse.answer();
});

Deno.test("Pulse.expect() asks who was quiet for two seconds", () => {
  const { pulse, onSign } = living();
  assert(!pulse.expect(1999, onSign));
  assert(pulse.expect(2000, onSign));
  pulse.heard(2500);
  assert(!pulse.expect(4499, onSign));
  assert(pulse.expect(4500, onSign));
});

Deno.test("Pulse.heard() and answer() tell of the first sign, once", () => {
  const { pulse, signs, onSign } = living();
  pulse.expect(2000, onSign);
  assertEquals(signs.count, 0);
  pulse.heard(2100);
  pulse.heard(2200);
  pulse.answer();
  assertEquals(signs.count, 1);
  pulse.expect(9000, onSign);
  pulse.answer();
  pulse.answer();
  assertEquals(signs.count, 2);
});

Deno.test("Pulse.expect() that answers false calls nothing later", () => {
  const { pulse, signs, onSign } = living();
  pulse.expect(1000, onSign);
  pulse.heard(1001);
  pulse.answer();
  assertEquals(signs.count, 0);
});

Deno.test("Pulse.answer() may ask again at once", () => {
  const { pulse, signs, onSign } = living();
  pulse.expect(2000, () => void pulse.expect(2000, onSign));
  pulse.answer();
  assertEquals(signs.count, 0);
  pulse.answer();
  assertEquals(signs.count, 1);
});
