import { assertEquals } from "@std/assert";
import { CLOSE } from "../../lib/protocol/close_codes.ts";
import { decideHandshake, type Handshake } from "../../lib/server/handshake.ts";

interface Ask {
  query?: string;
  method?: string;
  upgrade?: string;
  connection?: string;
  protocol?: string;
  version?: string;
  key?: string;
  full?: boolean;
}

function decide({ query = "?room=x", method = "GET", ...ask }: Ask): Handshake {
  const headers = new Headers();
  const { upgrade = "websocket", protocol, version = "13", key = "MDEyMzQ1Njc4OWFiY2RlZg==" } = ask;
  headers.set("sec-websocket-version", version);
  if (key) headers.set("sec-websocket-key", key);
  if (upgrade) headers.set("upgrade", upgrade);
  if (ask.connection !== "") headers.set("connection", ask.connection ?? "keep-alive, Upgrade");
  if (protocol !== undefined) headers.set("sec-websocket-protocol", protocol);
  const request = new Request(`http://host/ws/signal${query}`, { method, headers });
  return decideHandshake(request, () => ask.full ?? false);
}

async function refusal(ask: Ask): Promise<[number, unknown, Headers]> {
  const handshake = decide(ask);
  if (handshake.state !== "refuse") throw new Error(`It was not refused: ${handshake.state}`);
  const { response } = handshake;
  return [response.status, (await response.json()).code, response.headers];
}

Deno.test("decideHandshake() accepts version 1 without subprotocol, version 2 with mcp.v2", () => {
  assertEquals(decide({}), { state: "accept", version: 1, room: "x" });
  assertEquals(decide({ protocol: "" }), { state: "accept", version: 1, room: "x" });
  const version2: Handshake = { state: "accept", version: 2, room: "x", protocol: "mcp.v2" };
  assertEquals(decide({ protocol: "mcp.v2" }), version2);
  assertEquals(decide({ protocol: "mcp.v3, mcp.v2" }), version2);
  assertEquals(decide({ upgrade: "WebSocket" }).state, "accept");
});

Deno.test("decideHandshake() answers version 1 over HTTP", async () => {
  assertEquals((await refusal({ full: true })).slice(0, 2), [409, "room-full"]);
  for (const query of ["", "?room=", "?room=a%20b", `?room=${"x".repeat(65)}`, "?Room=x"]) {
    assertEquals((await refusal({ query })).slice(0, 2), [400, "bad-room"], query);
  }
});

Deno.test("decideHandshake() answers version 2 on the socket, where a browser can read it", () => {
  for (const query of ["", "?room=%2e%2e"]) {
    const handshake = decide({ query, protocol: "mcp.v2" });
    assertEquals(handshake.state === "turn-away" && handshake.close, CLOSE.badRoom);
  }
  // A full room is refused at the join, which may yet bring a token for a seat.
  assertEquals(decide({ full: true, protocol: "mcp.v2" }).state, "accept");
});

Deno.test("decideHandshake() turns an unknown subprotocol away under its own name", () => {
  const handshake = decide({ protocol: "soap, wamp" });
  if (handshake.state !== "turn-away") throw new Error(handshake.state);
  assertEquals(handshake.protocol, "soap");
  assertEquals(handshake.close, CLOSE.version);
  assertEquals(handshake.error.code, "version");
});

Deno.test("decideHandshake() refuses a list of subprotocols that the runtime cannot split", async () => {
  for (const protocol of ["a,mcp.v2", "mcp.v2,a", "a,  mcp.v2"]) {
    assertEquals((await refusal({ protocol })).slice(0, 2), [400, "version"], protocol);
  }
});

Deno.test("decideHandshake() tells a request that is no WebSocket what to be", async () => {
  const [status, code, headers] = await refusal({ upgrade: "" });
  assertEquals([status, code, headers.get("upgrade")], [426, "upgrade-required", "websocket"]);
  assertEquals((await refusal({ upgrade: "h2c" }))[0], 426);
  assertEquals((await refusal({ method: "HEAD" }))[0], 426);
  assertEquals((await refusal({ connection: "" }))[0], 426);
  const old = await refusal({ version: "8" });
  assertEquals([old[0], old[2].get("sec-websocket-version")], [426, "13"]);
  assertEquals((await refusal({ key: "" })).slice(0, 2), [400, "bad-handshake"]);
  const post = await refusal({ method: "POST" });
  assertEquals([post[0], post[2].get("allow")], [405, "GET"]);
});
