import { assertEquals, assertMatch } from "@std/assert";
import { checkOrigin, type OriginRule, parseAllowedOrigins } from "../../lib/server/origin.ts";
import { reasonOf, valueOf } from "../fakes/unwrap.ts";

const serverOrigin = "https://chat.example";

function accepts(origin: string | null, allowed = "", required = false): boolean {
  const rule: OriginRule = { allowed: valueOf(parseAllowedOrigins(allowed)), required };
  return checkOrigin(origin, { serverOrigin, rule }).ok;
}

Deno.test("checkOrigin() accepts the server's own origin, and nothing that looks like it", () => {
  const table: [string, boolean][] = [
    ["https://chat.example", true],
    ["http://chat.example", false],
    ["https://chat.example:8443", false],
    ["https://chat.example:443", false],
    ["https://chat.example.evil.example", false],
    ["https://evil-chat.example", false],
    ["https://sub.chat.example", false],
    ["https://chat.example@evil.example", false],
    ["https://chat.example/", false],
    ["https://CHAT.EXAMPLE", false],
    ["wss://chat.example", false],
    ["https://chat.exampl", false],
    ["null", false],
    ["", false],
    ["file://", false],
    ["*", false],
    ["https://chat.example, https://evil.example", false],
  ];
  for (const [origin, expected] of table) assertEquals(accepts(origin), expected, origin);
});

Deno.test("checkOrigin() accepts the origins of the list beside the server's own", () => {
  const list = " https://a.example , http://localhost:5173,";
  const table: [string, boolean][] = [
    ["https://chat.example", true],
    ["https://a.example", true],
    ["http://a.example", false],
    ["https://a.example.evil.example", false],
    ["http://localhost:5173", true],
    ["http://localhost:5174", false],
    ["http://localhost", false],
    ["null", false],
  ];
  for (const [origin, expected] of table) assertEquals(accepts(origin, list), expected, origin);
});

Deno.test("checkOrigin() accepts any origin by *, the opaque one too", () => {
  for (const origin of ["https://evil.example", "null", "", "file://"]) {
    assertEquals(accepts(origin, " * "), true, origin);
  }
});

Deno.test("checkOrigin() accepts a client that names no origin, unless it is required", () => {
  assertEquals([accepts(null), accepts(null, "*")], [true, true]);
  assertEquals([accepts(null, "", true), accepts(null, "*", true)], [false, false]);
  assertEquals(accepts(serverOrigin, "", true), true);
  assertEquals(accepts("null", "", true), false);
});

Deno.test("checkOrigin() says to whoever must mend it what to set", () => {
  const rule: OriginRule = { allowed: new Set(), required: true };
  const missing = reasonOf(checkOrigin(null, { serverOrigin, rule }));
  assertMatch(missing, /Origin is missing.*REQUIRE_ORIGIN/);
  const foreign = reasonOf(checkOrigin("https://evil.example", { serverOrigin, rule }));
  for (
    const word of ["https://evil.example", serverOrigin, "ALLOWED_ORIGINS", "TRUSTED_PROXIES"]
  ) assertMatch(foreign, new RegExp(word));
  const long = reasonOf(checkOrigin("x".repeat(10_000), { serverOrigin, rule }));
  assertEquals(long.length < 500, true, `${long.length} characters`);
});

Deno.test("parseAllowedOrigins() reads a list, and nothing is a list of none", () => {
  assertEquals(valueOf(parseAllowedOrigins("")), new Set());
  assertEquals(valueOf(parseAllowedOrigins(" , ")), new Set());
  assertEquals(valueOf(parseAllowedOrigins("*")), "any");
  assertEquals(
    valueOf(parseAllowedOrigins("https://a.example,http://[::1]:8000, http://127.0.0.1")),
    new Set(["https://a.example", "http://[::1]:8000", "http://127.0.0.1"]),
  );
});

Deno.test("parseAllowedOrigins() refuses what no browser would ever send as an origin", () => {
  const wrong = [
    "chat.example",
    "https://a.example/",
    "https://a.example/path",
    "https://a.example:443",
    "http://a.example:80",
    "HTTPS://a.example",
    "https://A.example",
    "https://user@a.example",
    "null",
    "file:///",
    "data:x",
  ];
  for (const origin of wrong) {
    const reason = reasonOf(parseAllowedOrigins(`https://ok.example,${origin}`), origin);
    assertMatch(reason, /^must be \* or origins like https:\/\/chat\.example: current value is "/);
    assertEquals(reason.endsWith(JSON.stringify(origin)), true, reason);
  }
  assertMatch(reasonOf(parseAllowedOrigins("*,https://a.example")), /current value is "\*"$/);
});

Deno.test("parseAllowedOrigins() refuses a pattern, which would match no page", () => {
  for (const origin of ["https://*.example", "http://localhost:*", "https://*"]) {
    assertMatch(reasonOf(parseAllowedOrigins(origin), origin), /current value is/);
  }
});
