import { assert, assertEquals } from "@std/assert";
import { comesBack } from "../../lib/protocol/close_codes.ts";
import { CLOSE } from "../../lib/protocol/closes.ts";

Deno.test("CLOSE holds codes and reasons that a socket can carry", () => {
  const codes = Object.values(CLOSE).map(({ code }) => code);
  assertEquals(new Set(codes).size, codes.length, "two ways to end share a code");
  for (const { code, reason } of Object.values(CLOSE)) {
    assert(![1005, 1006, 1015].includes(code), `${code} must never be sent`);
    assert(code >= 1000 && code < 5000);
    assert(/^[\x20-\x7e]{1,123}$/.test(reason), `"${reason}" is not 1 to 123 bytes of ASCII`);
  }
});

Deno.test("comesBack() follows the table of the protocol", () => {
  const back = [1001, 1005, 1006, 1011, 1012, 1013, 1015, 4400, 4401, 4402, 4403, 4404, 4499];
  const stop = [1000, 1003, 1009, 4500, 4501, 4502, 4503, 4504, 4505, 4506, 4599];
  for (const code of back) assert(comesBack(code), `${code} means come back`);
  for (const code of stop) assert(!comesBack(code), `${code} means stop`);
});
