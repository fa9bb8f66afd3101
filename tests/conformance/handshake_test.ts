import {
  type Answer,
  HANDSHAKE,
  http,
  request,
  UPGRADED,
  UPGRADED_TO_VERSION_2,
  without,
  withValue,
} from "./http_trials.ts";
import { KEY } from "./raw_socket.ts";
import { runGroups, type Trial } from "./trials.ts";

/** No upgrade was asked for, or none that is known here (RFC 9110 section 15.5.22). */
const UPGRADE_REQUIRED: Answer = { status: 426, headers: { upgrade: "websocket" } };
const OTHER_VERSION: Answer = { status: 426, headers: { "sec-websocket-version": "13" } };
const BAD: Answer = { status: 400 };

function written(): Trial[] {
  const lower = HANDSHAKE.map(([name, value]) => [name.toLowerCase(), value] as const);
  const upper = HANDSHAKE.map(([name, value]) =>
    [name.toUpperCase(), value === KEY ? value : value.toUpperCase()] as const
  );
  return [
    http("as in RFC 6455", request(), UPGRADED),
    http("in reverse order", request(HANDSHAKE.toReversed()), UPGRADED),
    http("in lower case", request(lower), UPGRADED),
    http("in upper case", request(upper), UPGRADED),
    http("without blanks", request().replaceAll(": ", ":"), UPGRADED),
    http("with many blanks", request().replaceAll(": ", ": \t  "), UPGRADED),
    http("after empty lines", `\r\n\r\n${request()}`, UPGRADED),
    // RFC 9112 section 2.2 lets a recipient take a bare LF for the end of a line.
    http("with bare line feeds", request().replaceAll("\r\n", "\n"), UPGRADED),
    http(
      "with Connection: keep-alive, Upgrade, as Firefox writes it",
      request(withValue("Connection", "keep-alive, Upgrade")),
      UPGRADED,
    ),
    http(
      "with three headers Connection",
      request([["Connection", "keep-alive"], ...HANDSHAKE, ["Connection", "x"]]),
      UPGRADED,
    ),
    http(
      "with Expect: 100-continue, of which nothing comes",
      request([...HANDSHAKE, ["Expect", "100-continue"]]),
      UPGRADED,
    ),
    // RFC 6455 section 4.2.1 requires a Host. The runtime lets it be missing; nothing depends on it
    // but the comparison with Origin, which then fails.
    http("without Host", request(without("Host")), UPGRADED),
    // RFC 6455 section 4.2.1 requires HTTP/1.1. The runtime does not, and does not tell.
    http(
      "in HTTP/1.0",
      request().replace("HTTP/1.1", "HTTP/1.0"),
      UPGRADED,
    ),
  ];
}

function extensions(): Trial[] {
  const offers = [
    "permessage-deflate",
    "permessage-deflate; client_max_window_bits; server_no_context_takeover",
    'x-none; a="b", permessage-deflate, x-webkit-deflate-frame',
    ";;,=",
    "permessage-deflate, ".repeat(500),
  ];
  const name = "Sec-WebSocket-Extensions";
  return [
    ...offers.map((offer) =>
      http(offer.slice(0, 80), request([...HANDSHAKE, [name, offer]]), UPGRADED)
    ),
    http(
      "in two headers",
      request([...HANDSHAKE, [name, "permessage-deflate"], [name, "x-none"]]),
      UPGRADED,
    ),
  ];
}

function subprotocols(): Trial[] {
  const name = "Sec-WebSocket-Protocol";
  const found = ["mcp.v2", "a,mcp.v2", "mcp.v2,a", "a, mcp.v2", "a ,\tmcp.v2 \t, b", ",,mcp.v2,,"];
  const broken = ["a b", "mcp.v2;q=1", '"mcp.v2"', "mcp/v2", "mcp.v2, (a)", "mcp.v2, é"];
  return [
    ...found.map((list) =>
      http(
        JSON.stringify(list),
        request([...HANDSHAKE, [name, list]]),
        UPGRADED_TO_VERSION_2,
      )
    ),
    http(
      "in the second of two headers",
      request([...HANDSHAKE, [name, "a"], [name, "mcp.v2"]]),
      UPGRADED_TO_VERSION_2,
    ),
    http(
      "in the last of 100 headers",
      request([...HANDSHAKE, ...Array.from({ length: 99 }, () => [name, "a"] as const), [
        name,
        "mcp.v2",
      ]]),
      UPGRADED_TO_VERSION_2,
    ),
    http(
      "twice, which RFC 6455 section 4.1 forbids and nobody suffers from",
      request([...HANDSHAKE, [name, "mcp.v2, mcp.v2"]]),
      UPGRADED_TO_VERSION_2,
    ),
    http("an empty list is none", request([...HANDSHAKE, [name, ""]]), UPGRADED),
    // An unknown one is granted, so that a browser gets to hear the refusal on the socket.
    ...["soap", "MCP.V2", "mcp.v1, soap"].map((list) =>
      http(`${list} is answered on the socket`, request([...HANDSHAKE, [name, list]]), {
        status: 101,
        headers: { [name]: list.split(",")[0]! },
        hears: ["text error version", "close 4505 unknown subprotocol"],
      })
    ),
    ...broken.map((list) =>
      http(`${list} is no list of tokens`, request([...HANDSHAKE, [name, list]]), BAD)
    ),
  ];
}

function refused(): Trial[] {
  const keys = [
    "",
    "abc",
    KEY.slice(0, -1),
    KEY.slice(0, -2),
    `${KEY}=`,
    `A${KEY}`,
    KEY.replace("G", "!"),
    "x".repeat(1000),
    btoa("fifteen bytes !"),
    btoa("seventeen bytes !"),
  ];
  const versions = ["", "0", "8", "12", "14", "013", "13.0", "13, 8", "8, 13", "255", "1e1", "-13"];
  const no = ["", "web socket", "websocket/13", "h2c", "websockets", "xwebsocket"];
  const unconnected = ["", "close", "keep-alive", "Upgrade-Insecure", "x-upgrade", "up, grade"];
  return [
    http("no Upgrade", request(without("Upgrade")), UPGRADE_REQUIRED),
    http("no Connection", request(without("Connection")), UPGRADE_REQUIRED),
    http("no key", request(without("Sec-WebSocket-Key")), BAD),
    http("no version", request(without("Sec-WebSocket-Version")), OTHER_VERSION),
    http("two keys", request([...HANDSHAKE, ["Sec-WebSocket-Key", KEY]]), BAD),
    http(
      "two versions",
      request([...HANDSHAKE, ["Sec-WebSocket-Version", "13"]]),
      OTHER_VERSION,
    ),
    http("two hosts", request([...HANDSHAKE, ["Host", "127.0.0.1"]]), BAD),
    // RFC 9110 section 7.8 knows lists. The runtime looks at the first alone when it upgrades, and
    // ends the whole process with an uncaught error where that is another.
    http(
      "two upgrades in a list",
      request(withValue("Upgrade", "h2c, websocket")),
      UPGRADE_REQUIRED,
    ),
    http(
      "two upgrades, another first",
      request([["Upgrade", "h2c"], ...HANDSHAKE]),
      UPGRADE_REQUIRED,
    ),
    http(
      "two upgrades, the same",
      request([["Upgrade", "websocket"], ...HANDSHAKE]),
      UPGRADE_REQUIRED,
    ),
    ...no.map((value) =>
      http(`Upgrade: ${value}`, request(withValue("Upgrade", value)), UPGRADE_REQUIRED)
    ),
    ...unconnected.map((value) =>
      http(`Connection: ${value}`, request(withValue("Connection", value)), UPGRADE_REQUIRED)
    ),
    ...keys.map((value) =>
      http(
        `Sec-WebSocket-Key: ${value.slice(0, 40)}`,
        request(withValue("Sec-WebSocket-Key", value)),
        BAD,
      )
    ),
    ...versions.map((value) =>
      http(
        `Sec-WebSocket-Version: ${value}`,
        request(withValue("Sec-WebSocket-Version", value)),
        OTHER_VERSION,
      )
    ),
  ];
}

Deno.test("a handshake is what RFC 6455 section 4 makes of it", async (t) => {
  await runGroups(t, {
    "a handshake is upgraded however its headers are written": written(),
    "an extension that is offered is not taken": extensions(),
    "the subprotocol is found however it is listed": subprotocols(),
    "a handshake that lacks something, or has it twice, is refused": refused(),
  });
});
