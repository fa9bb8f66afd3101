import { assert, assertEquals } from "@std/assert";
import { Admission, type AdmissionLimits, type NotNow } from "../../lib/server/admission.ts";
import { SteppedClock } from "../fakes/clock.ts";

const A = "192.0.2.1";
const B = "2001:db8:1:2::/64";

function open(limits: Partial<AdmissionLimits> = {}) {
  const clock = new SteppedClock();
  const memory = { isShort: false };
  const overruns: number[] = [];
  const admission = new Admission({
    limits: {
      MAX_SOCKETS: Infinity,
      MAX_SOCKETS_PER_ADDRESS: Infinity,
      UPGRADES_PER_MINUTE: Infinity,
      ...limits,
    },
    clock,
    isShortOfMemory: () => memory.isShort,
    onOverrun: () => void overruns.push(clock.now()),
  });
  return { admission, clock, memory, overruns };
}

/** Status, code, and seconds to wait. */
function brief(notNow: NotNow | undefined): unknown[] {
  return notNow === undefined ? [] : [notNow.status, notNow.code, notNow.retryAfter];
}

Deno.test("Admission.knock() lets half of a minute's upgrades come at once, the rest by the time", () => {
  const { admission, clock } = open({ UPGRADES_PER_MINUTE: 12 });
  for (let i = 0; i < 6; i++) assertEquals(admission.knock(A), undefined, `upgrade ${i}`);
  assertEquals(brief(admission.knock(A)), [429, "rate-limited", 5]);
  clock.advance(4999);
  assertEquals(brief(admission.knock(A)), [429, "rate-limited", 1]);
  clock.advance(1);
  assertEquals(admission.knock(A), undefined);
  assertEquals(brief(admission.knock(A)), [429, "rate-limited", 5]);
});

Deno.test("Admission.knock() counts each address for itself", () => {
  const { admission } = open({ UPGRADES_PER_MINUTE: 2, MAX_SOCKETS_PER_ADDRESS: 1 });
  assertEquals(admission.knock(A), undefined);
  assertEquals(brief(admission.knock(A)), [429, "rate-limited", 30]);
  assertEquals(admission.knock(B), undefined);
  admission.enter(B);
  assertEquals(admission.addresses, 2);
});

Deno.test("Admission.knock() counts what is refused for another reason too", () => {
  const { admission, memory } = open({ UPGRADES_PER_MINUTE: 4 });
  memory.isShort = true;
  assertEquals(brief(admission.knock(A)), [503, "try-later", 5]);
  assertEquals(brief(admission.knock(A)), [503, "try-later", 5]);
  assertEquals(brief(admission.knock(A)), [429, "rate-limited", 15]);
});

Deno.test("Admission.knock() holds the sockets of an address, until one of them leaves", () => {
  const { admission } = open({ MAX_SOCKETS_PER_ADDRESS: 2 });
  for (let i = 0; i < 2; i++) {
    assertEquals(admission.knock(A), undefined);
    admission.enter(A);
  }
  assertEquals(brief(admission.knock(A)), [429, "rate-limited", 5]);
  assertEquals(admission.knock(B), undefined);
  admission.leave(A);
  assertEquals(admission.knock(A), undefined);
});

Deno.test("Admission.knock() holds the sockets of the process, whosever they are", () => {
  const { admission } = open({ MAX_SOCKETS: 2 });
  admission.enter(A);
  admission.enter(B);
  assertEquals(admission.sockets, 2);
  assertEquals(brief(admission.knock("203.0.113.9")), [503, "try-later", 5]);
  admission.leave(B);
  assertEquals(admission.knock("203.0.113.9"), undefined);
});

Deno.test("Admission.knock() opens nothing while memory is short", () => {
  const { admission, memory } = open();
  memory.isShort = true;
  assertEquals(brief(admission.knock(A)), [503, "try-later", 5]);
  memory.isShort = false;
  assertEquals(admission.knock(A), undefined);
});

Deno.test("Admission.knock() says to the one who is refused what the limit is", () => {
  const { admission } = open({ UPGRADES_PER_MINUTE: 2, MAX_SOCKETS_PER_ADDRESS: 7 });
  for (let i = 0; i < 7; i++) admission.enter(B);
  admission.knock(A);
  assert(/\b2 sockets a minute/.test(admission.knock(A)!.message));
  assert(/\b7 sockets at a time/.test(admission.knock(B)!.message));
});

Deno.test("Admission.knock() limits nothing by Infinity", () => {
  const { admission, clock } = open();
  for (let i = 0; i < 1000; i++) {
    assertEquals(admission.knock(A), undefined);
    admission.enter(A);
  }
  assertEquals([admission.sockets, admission.addresses, clock.pending.length], [1000, 1, 1]);
});

Deno.test("Admission forgets an address that has no socket, and keeps no timer then", () => {
  const { admission, clock } = open();
  for (let i = 0; i < 50; i++) admission.knock(`192.0.2.${i}`);
  admission.enter(A);
  assertEquals([admission.addresses, clock.pending.length], [50, 1]);
  clock.advance(60_000);
  assertEquals([admission.addresses, clock.pending], [1, []]);
  admission.leave(A);
  assertEquals([admission.addresses, admission.sockets, clock.pending.length], [1, 0, 1]);
  clock.advance(60_000);
  assertEquals([admission.addresses, clock.pending], [0, []]);
});

Deno.test("Admission remembers an address that knocks again meanwhile", () => {
  const { admission, clock } = open({ UPGRADES_PER_MINUTE: 2 });
  admission.knock(A);
  clock.advance(29_000);
  assertEquals(brief(admission.knock(A)), [429, "rate-limited", 1]);
  clock.advance(1000);
  assertEquals(admission.knock(A), undefined);
  assertEquals(brief(admission.knock(A)), [429, "rate-limited", 30]);
});

Deno.test("Admission forgets nobody before their bucket is full again, however slowly it fills", () => {
  for (const perMinute of [1, 2, 3, 5, 7, 120]) {
    const { admission, clock } = open({ UPGRADES_PER_MINUTE: perMinute });
    let accepted = 0;
    // As often as it makes sense, for ten minutes.
    for (let now = 0; now < 600_000; now += 250) {
      if (admission.knock(A) === undefined) accepted++;
      clock.advance(250);
    }
    const quiet = open({ UPGRADES_PER_MINUTE: perMinute });
    let after = 0;
    // As seldom as lets it be forgotten, and then all at once.
    for (let round = 0; round < 19; round++) {
      while (quiet.admission.knock(A) === undefined) after++;
      quiet.clock.advance(31_000);
    }
    const most = perMinute * 10 + Math.ceil(perMinute / 2);
    assert(accepted <= most, `${perMinute} a minute: ${accepted} in ten minutes`);
    assert(after <= most, `${perMinute} a minute: ${after} in ten minutes, by bursts`);
  }
});

Deno.test("Admission.leave() of who never entered, or after close(), counts nothing", () => {
  const { admission, clock } = open();
  admission.leave(A);
  assertEquals([admission.sockets, admission.addresses], [0, 0]);
  admission.enter(A);
  admission.close();
  admission.close();
  admission.leave(A);
  assertEquals([admission.sockets, admission.addresses, clock.pending], [0, 0, []]);
});

Deno.test("Admission.abandon() frees the address, and the server only once the socket has ended", () => {
  const { admission } = open({ MAX_SOCKETS: 2, MAX_SOCKETS_PER_ADDRESS: 1 });
  admission.enter(A);
  admission.enter(B);
  admission.abandon(A);
  assertEquals([admission.sockets, brief(admission.knock(A))[0]], [2, 503]);
  admission.bury();
  assertEquals([admission.sockets, admission.knock(A)], [1, undefined]);
  admission.bury();
  assertEquals(admission.sockets, 1);
});

Deno.test("Admission.knock() at a full server tells where a tenth of it belongs to nobody", () => {
  const { admission, memory, overruns } = open({ MAX_SOCKETS: 20 });
  memory.isShort = true;
  admission.knock(B);
  memory.isShort = false;
  for (let i = 0; i < 20; i++) admission.enter(A);
  admission.knock(B);
  admission.abandon(A);
  admission.knock(B);
  assertEquals(overruns, []);
  admission.abandon(A);
  admission.knock(B);
  assertEquals(overruns, [0]);
});
