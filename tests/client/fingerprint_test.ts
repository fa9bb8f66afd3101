import { assertEquals } from "@std/assert";
import { fingerprintOf, Fingerprints } from "../../lib/client/fingerprint.ts";

/** A description with that certificate, of that session. */
function sdp(fingerprint: string, session = "1"): string {
  return `v=0\r\no=- ${session} 2 IN IP4 127.0.0.1\r\na=fingerprint:sha-256 ${fingerprint}\r\n`;
}

Deno.test("fingerprintOf() reads the first fingerprint, whatever ends the lines", () => {
  assertEquals(fingerprintOf(sdp("AA:BB")), "sha-256 AA:BB");
  assertEquals(fingerprintOf("v=0\na=fingerprint:sha-1 CC\na=fingerprint:sha-1 DD\n"), "sha-1 CC");
  assertEquals(fingerprintOf("v=0\r\ns=a=fingerprint:no\r\n"), undefined);
});

Deno.test("Fingerprints.recognize() tells a connection that goes on from another one", () => {
  const known = new Fingerprints();
  assertEquals(known.recognize(sdp("AA")), "current");
  known.keep(sdp("AA"));
  assertEquals(known.recognize(sdp("AA", "2")), "current");
  assertEquals(known.recognize(sdp("BB")), "other");
  // Not kept, for it was not taken.
  assertEquals(known.recognize(sdp("AA")), "current");
});

Deno.test("Fingerprints.recognize() knows what is late", () => {
  const known = new Fingerprints();
  known.keep(sdp("AA"));
  known.retire();
  assertEquals(known.recognize(sdp("AA")), "former");
  assertEquals(known.recognize(sdp("BB")), "current");
  known.keep(sdp("BB"));
  assertEquals([known.recognize(sdp("AA")), known.recognize(sdp("CC"))], ["former", "other"]);
});

Deno.test("Fingerprints tell connections of one certificate apart by their sessions", () => {
  const known = new Fingerprints();
  known.keep(sdp("AA", "1"));
  known.retire();
  assertEquals(known.recognize(sdp("AA", "1")), "former");
  assertEquals(known.recognize(sdp("AA", "2")), "current");
});

Deno.test("Fingerprints make nothing of a description without one", () => {
  const known = new Fingerprints();
  known.keep("v=0\r\n");
  known.retire();
  assertEquals(known.recognize("v=0\r\n"), "current");
  known.keep(sdp("AA"));
  assertEquals(known.recognize("v=0\r\n"), "current");
});

Deno.test("Fingerprints.keep() does not forget what is known for a description without one", () => {
  const sdp = "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\na=fingerprint:sha-256 AA\r\n";
  const known = new Fingerprints();
  known.keep(sdp);
  known.keep("v=0\r\n");
  assertEquals(known.recognize(sdp), "current");
});
