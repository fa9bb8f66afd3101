import { assertEquals } from "@std/assert";
import { offerOnly, refuse } from "../../lib/server/handshake.ts";
import { decide, refusal, requestOf } from "./handshake_request.ts";

Deno.test("decideHandshake() tells a request that is no WebSocket what to be", async () => {
  for (
    const headers of [
      { upgrade: null },
      { upgrade: "h2c" },
      { upgrade: "" },
      { connection: null },
      { connection: "keep-alive" },
    ]
  ) {
    const { status, code, headers: answered, knocks } = await refusal({ headers });
    assertEquals([status, code, answered.get("upgrade")], [426, "upgrade-required", "websocket"]);
    assertEquals(knocks, []);
  }
  assertEquals((await refusal({ method: "HEAD" })).status, 426);
});

Deno.test("decideHandshake() reads Upgrade and Connection whatever their case", () => {
  for (const upgrade of ["WebSocket", "WEBSOCKET"]) {
    for (const connection of ["Upgrade", "upgrade", "keep-alive,UPGRADE", "Upgrade, keep-alive"]) {
      const { handshake } = decide({ headers: { upgrade, connection } });
      assertEquals(handshake.state, "accept", `${upgrade} ${connection}`);
    }
  }
});

Deno.test("decideHandshake() knows one version of WebSocket, and names it", async () => {
  for (const version of [null, "", "8", "14", "13, 8", "1 3"]) {
    const { status, headers, knocks } = await refusal({
      headers: { "sec-websocket-version": version },
    });
    assertEquals([status, headers.get("sec-websocket-version")], [426, "13"], `${version}`);
    assertEquals(knocks, []);
  }
});

Deno.test("decideHandshake() wants a key of 16 bytes in base64", async () => {
  const wrong = [
    null,
    "",
    "x",
    "MDEyMzQ1Njc4OWFiY2RlZg=",
    "MDEyMzQ1Njc4OWFiY2RlZg",
    "MDEyMzQ1Njc4OWFiY2RlZg===",
    "MDEyMzQ1Njc4OWFiY2RlZ!==",
    "MDEyMzQ1Njc4OWFiY2RlZ-==",
    "MDEyMzQ1Njc4OWFiY2RlZmc=",
    "MDEyMzQ1Njc4OWFiY2RlZg==, MDEyMzQ1Njc4OWFiY2RlZg==",
  ];
  for (const key of wrong) {
    const { status, code, knocks } = await refusal({ headers: { "sec-websocket-key": key } });
    assertEquals([status, code, knocks], [400, "bad-handshake", []], `${key}`);
  }
  const headers = { "sec-websocket-key": " +/AAAAAAAAAAAAAAAAAAAA== " };
  assertEquals(decide({ headers }).handshake.state, "accept");
});

Deno.test("decideHandshake() answers another method with the one that it wants", async () => {
  for (const method of ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"]) {
    const { status, code, headers, knocks } = await refusal({ method });
    assertEquals([status, code, headers.get("allow")], [405, "method-not-allowed", "GET"]);
    assertEquals(knocks, []);
  }
});

Deno.test("decideHandshake() counts every upgrade that is well-formed, and nothing else", async () => {
  assertEquals(decide({}).knocks.length, 1);
  assertEquals((await refusal({ query: "" })).knocks.length, 1);
  assertEquals((await refusal({ headers: { origin: "null" } })).knocks.length, 1);
  assertEquals(decide({ headers: { "sec-websocket-protocol": "soap" } }).knocks.length, 1);
});

Deno.test("offerOnly() leaves of the subprotocols the one that is granted, and all else as it was", () => {
  for (const list of ["soap,mcp.v2", "mcp.v2,  soap", ",mcp.v2"]) {
    const request = requestOf({ headers: { "sec-websocket-protocol": list, cookie: "a=b" } });
    assertEquals(offerOnly(request, "mcp.v2"), "mcp.v2");
    assertEquals(request.headers.get("sec-websocket-protocol"), "mcp.v2");
    assertEquals(request.headers.get("sec-websocket-key"), "MDEyMzQ1Njc4OWFiY2RlZg==");
    assertEquals(request.headers.get("cookie"), "a=b");
    assertEquals([request.method, request.url], ["GET", "http://host/ws/signal?room=x"]);
  }
});

Deno.test("refuse() answers with an error in JSON, and the headers that its status asks for", async () => {
  const headers = { allow: "GET" };
  const { response } = refuse({ status: 405, code: "no", message: "Nein", headers });
  assertEquals([response.status, response.headers.get("allow")], [405, "GET"]);
  assertEquals(response.headers.get("retry-after"), null);
  assertEquals(await response.json(), { type: "error", code: "no", message: "Nein" });
});
