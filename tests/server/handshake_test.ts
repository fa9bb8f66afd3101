import { assertEquals, assertMatch } from "@std/assert";
import { CLOSE } from "../../lib/protocol/closes.ts";
import type { Handshake } from "../../lib/server/handshake.ts";
import { ADDRESS, decide, refusal, turnedAway } from "./handshake_request.ts";

const V2 = { "sec-websocket-protocol": "mcp.v2" };

Deno.test("decideHandshake() accepts version 1 without subprotocol, version 2 with mcp.v2", () => {
  const version1: Handshake = { state: "accept", version: 1, room: "x", address: ADDRESS };
  assertEquals(decide({}).handshake, version1);
  for (const empty of ["", " ", ",", " , \t,"]) {
    const headers = { "sec-websocket-protocol": empty };
    assertEquals(decide({ headers }).handshake, version1, JSON.stringify(empty));
  }
  const version2: Handshake = {
    state: "accept",
    version: 2,
    room: "x",
    protocol: "mcp.v2",
    address: ADDRESS,
  };
  assertEquals(decide({ headers: V2 }).handshake, version2);
});

Deno.test("decideHandshake() finds its subprotocol in a list, however that is written", () => {
  const lists = [
    "mcp.v3, mcp.v2",
    "mcp.v2, soap",
    "soap,mcp.v2",
    "mcp.v2,soap",
    "soap,  mcp.v2",
    "soap\t,\tmcp.v2\t",
    " mcp.v2 ",
    ",mcp.v2,",
    ", ,mcp.v2",
    "a,b,c,d,mcp.v2,e",
  ];
  for (const list of lists) {
    const { handshake } = decide({ headers: { "sec-websocket-protocol": list } });
    assertEquals(
      handshake.state === "accept" && "protocol" in handshake && handshake.protocol,
      "mcp.v2",
      JSON.stringify(list),
    );
  }
});

Deno.test("decideHandshake() refuses what is no list of tokens", async () => {
  for (const list of ["a b", "mcp.v2; q=1", 'mcp.v2, "soap"', "mcp/2", "mcp.v2,é", "(mcp.v2)"]) {
    const { status, code, knocks } = await refusal({ headers: { "sec-websocket-protocol": list } });
    assertEquals([status, code, knocks], [400, "version", []], list);
  }
});

Deno.test("decideHandshake() turns an unknown subprotocol away under its own name", () => {
  for (const list of ["soap, wamp", "soap,wamp", "soap", "soap, MCP.V2", "soap,mcp.v20"]) {
    const { protocol, close, error, address } = turnedAway({
      headers: { "sec-websocket-protocol": list },
    });
    assertEquals([protocol, close, error.code], ["soap", CLOSE.version, "version"], list);
    assertEquals(address, ADDRESS);
  }
});

Deno.test("decideHandshake() answers version 1 about a bad room over HTTP", async () => {
  for (const query of ["", "?room=", "?room=a%20b", `?room=${"x".repeat(65)}`, "?Room=x"]) {
    const { status, code } = await refusal({ query });
    assertEquals([status, code], [400, "bad-room"], query);
  }
});

Deno.test("decideHandshake() answers version 2 on the socket, where a browser can read it", () => {
  for (const query of ["", "?room=%2e%2e", "?room=__proto__%00"]) {
    const { protocol, close, error } = turnedAway({ query, headers: V2 });
    assertEquals([protocol, close, error.code], ["mcp.v2", CLOSE.badRoom, "bad-room"]);
  }
});

Deno.test("decideHandshake() looks at the first room of the address", () => {
  const { handshake } = decide({ query: "?room=a&room=b&x=1" });
  assertEquals(handshake.state === "accept" && handshake.room, "a");
});

Deno.test("decideHandshake() refuses a foreign page: version 1 with 403, version 2 with 4506", async () => {
  for (
    const origin of ["https://evil.example", "null", "https://host", "http://host.evil.example"]
  ) {
    const { status, code, body } = await refusal({ headers: { origin } });
    assertEquals([status, code], [403, "refused"], origin);
    assertMatch(body.message, /ALLOWED_ORIGINS/);
    const { protocol, close, error } = turnedAway({ headers: { ...V2, origin } });
    assertEquals([protocol, close, error.code], ["mcp.v2", CLOSE.refused, "refused"], origin);
  }
});

Deno.test("decideHandshake() tells a foreign page nothing of rooms or versions", async () => {
  const origin = "https://evil.example";
  assertEquals((await refusal({ query: "", headers: { origin } })).code, "refused");
  const soap = turnedAway({ query: "", headers: { origin, "sec-websocket-protocol": "soap" } });
  assertEquals([soap.error.code, soap.protocol], ["refused", "soap"]);
});

Deno.test("decideHandshake() accepts the server's own page, those of the list, and no page", () => {
  const settings = { ALLOWED_ORIGINS: "https://a.example" };
  for (const origin of ["http://host", "https://a.example", null]) {
    assertEquals(decide({ headers: { origin }, settings }).handshake.state, "accept", `${origin}`);
  }
  const any = { ALLOWED_ORIGINS: "*" };
  assertEquals(decide({ headers: { origin: "null" }, settings: any }).handshake.state, "accept");
});

Deno.test("decideHandshake() refuses a client without origin where one is required", async () => {
  const settings = { REQUIRE_ORIGIN: "1" };
  assertEquals((await refusal({ settings })).status, 403);
  assertEquals(turnedAway({ settings, headers: V2 }).close, CLOSE.refused);
  const headers = { origin: "http://host" };
  assertEquals(decide({ settings, headers }).handshake.state, "accept");
});

Deno.test("decideHandshake() believes a trusted proxy about the address and the origin", () => {
  const headers = {
    origin: "https://chat.example",
    "x-forwarded-for": "2001:db8:1:2:3::4",
    "x-forwarded-proto": "https",
    "x-forwarded-host": "chat.example",
  };
  const settings = { TRUSTED_PROXIES: "192.0.2.0/24" };
  const { handshake, knocks } = decide({ headers, settings });
  const address = "2001:db8:1:2::/64";
  assertEquals(handshake, { state: "accept", version: 1, room: "x", address });
  assertEquals(knocks, [address]);
  const stranger = decide({ headers, settings, remote: "203.0.113.1" });
  assertEquals([stranger.handshake.state, stranger.knocks], ["refuse", ["203.0.113.1"]]);
});

Deno.test("decideHandshake() says over HTTP that it is not the time, in both versions", async () => {
  const table = [
    { status: 429, code: "rate-limited", message: "Too many", retryAfter: 7 },
    { status: 503, code: "try-later", message: "Full", retryAfter: 5 },
  ] as const;
  for (const notNow of table) {
    for (const headers of [{}, V2, { origin: "https://evil.example" }]) {
      const { status, body, headers: answered } = await refusal({ headers, notNow });
      assertEquals(status, notNow.status);
      assertEquals(answered.get("retry-after"), String(notNow.retryAfter));
      assertEquals(answered.get("content-type"), "application/json");
      const { code, message, retryAfter } = notNow;
      assertEquals(body, { type: "error", code, message, retryAfter });
    }
  }
});
