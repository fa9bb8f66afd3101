import { assertEquals } from "@std/assert";
import { CLOSE } from "../../lib/protocol/closes.ts";
import type { Version } from "../../lib/protocol/messages.ts";
import { type Intake, read } from "../../lib/server/intake.ts";
import { reasonOf, valueOf } from "../fakes/unwrap.ts";

const MOST = 100;

function take(data: unknown, version: Version, bytes = 10): Intake {
  return read({ data, bytes, now: 0 }, version, MOST);
}

Deno.test("read() reads each version by its own rules", () => {
  const offer = '{"type":"offer","sdp":"x","from":"me"}';
  assertEquals(valueOf(take(offer, 1)).message, { type: "offer", sdp: "x" });
  assertEquals(reasonOf(take(offer, 2)), '"from" is the server\'s to say: leave it out');
  const ping = '{"type":"ping","t":1}';
  assertEquals(valueOf(take(ping, 2)).message, { type: "ping", t: 1 });
  assertEquals(take(ping, 1).ok, false);
});

Deno.test("read() makes of a bad text a reason, and no end", () => {
  for (const version of [1, 2] as const) {
    for (const text of ["", "{", "[]", "{}", '{"type":"welcome"}']) {
      const intake = take(text, version);
      assertEquals([intake.ok, intake.close], [false, undefined], text);
    }
  }
});

Deno.test("read() ends version 2 for what is binary or too large, and version 1 not", () => {
  const offer = '{"type":"offer","sdp":"x"}';
  const table: [unknown, number, RegExp, unknown][] = [
    [new ArrayBuffer(2), 2, /text, not binary/, CLOSE.binary],
    [new Blob(["{}"]), 2, /text, not binary/, CLOSE.binary],
    [undefined, 0, /text, not binary/, CLOSE.binary],
    [new ArrayBuffer(2), MOST + 1, /text, not binary/, CLOSE.binary],
    [offer, MOST + 1, /at most 100 bytes/, CLOSE.tooBig],
  ];
  for (const [data, bytes, reason, close] of table) {
    const [one, two] = [take(data, 1, bytes), take(data, 2, bytes)];
    assertEquals([reason.test(reasonOf(one)), one.close], [true, undefined], String(data));
    assertEquals([reason.test(reasonOf(two)), two.close], [true, close], String(data));
  }
  assertEquals(take(offer, 2, MOST).ok, true);
});
