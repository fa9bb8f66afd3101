import { assertEquals } from "@std/assert";
import { closeFrame, message } from "./frames.ts";
import {
  type Answer,
  get,
  HANDSHAKE,
  http,
  NO_HTTP,
  parseHead,
  request,
  UPGRADED,
  withValue,
} from "./http_trials.ts";
import { handshake, newRoom, RawSocket } from "./raw_socket.ts";
import { runGroups, runTrials, type Trial } from "./trials.ts";

const MIB = 1024 * 1024;
const BAD: Answer = { status: 400 };

/** The path of a room that nobody has been in. */
function path(): string {
  return `/ws/signal?room=${newRoom()}`;
}

/** A request of another first line. */
function first(name: string, line: string, answer: Answer) {
  return http(name, request(HANDSHAKE, line), answer);
}

function urls(): Trial[] {
  return [
    first("absolute form", get(`http://127.0.0.1${path()}`), UPGRADED),
    first("absolute form with a scheme of its own", get(`ws://127.0.0.1${path()}`), UPGRADED),
    first("a slash at the end", get(path().replace("?", "/?")), UPGRADED),
    first("64 characters", get(`/ws/signal?room=${"x".repeat(64)}`), UPGRADED),
    first(
      "more in the query",
      get(`/ws/signal?a=%ff&room=${newRoom()}&room=a%20b&${"y".repeat(60_000)}`),
      UPGRADED,
    ),
    first("65 characters", get(`/ws/signal?room=${"x".repeat(65)}`), BAD),
    first("no room", get("/ws/signal"), BAD),
    first("no query", get("/ws/signal?"), BAD),
    first("no name", get("/ws/signal?room="), BAD),
    first("another case", get("/ws/signal?ROOM=x"), BAD),
    ...["%", "%zz", "%00", "%20", "+", "a%2Bb", "..%2f", "%F0%9F%98%80", "%ff", "a%0d%0ab"].map(
      (name) => first(`the room ${name}`, get(`/ws/signal?room=${name}`), BAD),
    ),
    first("another path", get("/ws/signals?room=x"), { status: 404 }),
    first("1 MiB of it", get(`${path()}&y=${"y".repeat(MIB)}`), NO_HTTP),
    first("a blank in it", get("/ws/signal?room=a b"), NO_HTTP),
    first("an asterisk", get("*"), NO_HTTP),
    {
      name: "%6Cobby is lobby, and LOBBY is not",
      async run({ port }) {
        const open = async (room: string) => {
          const socket = await RawSocket.dial(port);
          await socket.write(request(HANDSHAKE, get(`/ws/signal?room=${room}`)));
          assertEquals(parseHead(await socket.readHead()).status, 101);
          return socket;
        };
        using plain = await open("lobby");
        using encoded = await open("%6Cob%62y");
        using other = await open("LOBBY");
        await plain.write(message({ type: "offer", sdp: "" }));
        assertEquals(await encoded.read(), "text offer");
        await other.write(closeFrame(1000));
        assertEquals(await other.readAll(), ["close 1000", "end"]);
      },
    },
  ];
}

function others(): Trial[] {
  const headers = (count: number) =>
    Array.from({ length: count }, (_, i) => [`X-${i}`, "1"] as const);
  return [
    first("POST", `POST ${path()} HTTP/1.1`, { status: 405, headers: { allow: "GET" } }),
    first("OPTIONS", `OPTIONS ${path()} HTTP/1.1`, { status: 405, headers: { allow: "GET" } }),
    first("HEAD", `HEAD ${path()} HTTP/1.1`, { status: 426, headers: { upgrade: "websocket" } }),
    first("get", `get ${path()} HTTP/1.1`, { status: 405 }),
    first("CONNECT", "CONNECT 127.0.0.1:80 HTTP/1.1", { status: 404 }),
    first("HTTP/1.2", `GET ${path()} HTTP/1.2`, NO_HTTP),
    first("HTTP/2.0", `GET ${path()} HTTP/2.0`, NO_HTTP),
    first("HTTP/0.9", `GET ${path()}`, NO_HTTP),
    http("a body of a length", request([...HANDSHAKE, ["Content-Length", "5"]]) + "hello", NO_HTTP),
    http(
      "a body in chunks",
      request([...HANDSHAKE, ["Transfer-Encoding", "chunked"]]) + "0\r\n\r\n",
      NO_HTTP,
    ),
    http("100 more headers", request([...HANDSHAKE, ...headers(100)]), UPGRADED),
    http("10,000 more headers", request([...HANDSHAKE, ...headers(10_000)]), NO_HTTP),
    http("a header of 1 MiB", request([...HANDSHAKE, ["X", "x".repeat(MIB)]]), NO_HTTP),
    http("a name of 1 MiB", request([...HANDSHAKE, ["X".repeat(MIB), "x"]]), NO_HTTP),
    http("1 MiB without an end", "G".repeat(MIB), NO_HTTP),
    http("a NUL", request([...HANDSHAKE, ["X", "a\0b"]]), NO_HTTP),
    http("a header over two lines", request([...HANDSHAKE, ["X", "a\r\n b"]]), NO_HTTP),
    http("a blank before a colon", request().replace("Upgrade:", "Upgrade :"), NO_HTTP),
    http("TLS", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", NO_HTTP),
    http("SSH", "SSH-2.0-OpenSSH_9.6\r\n", NO_HTTP),
    http("control characters", "\0\x01\x02\x03\r\n\r\n", NO_HTTP),
    {
      name: "the beginning of HTTP/2, and garbage after it",
      async run({ port }) {
        using socket = await RawSocket.dial(port);
        await socket.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "garbage".repeat(1000));
        // Whatever comes, it is not the answer to an upgrade, and then it ends.
        assertEquals((await socket.readHead()).includes("HTTP/1.1"), false);
      },
    },
  ];
}

function together(): Trial[] {
  return [
    {
      name: "frames that do not wait for the answer are heard",
      async run({ port }) {
        using socket = await RawSocket.dial(port);
        const ping = message({ type: "ping", t: 1 });
        await socket.write(handshake(), message({ type: "join" }), ping, closeFrame(1000));
        assertEquals(parseHead(await socket.readHead()).status, 101);
        const heard = await socket.readAll();
        assertEquals(heard, ["text welcome", "text pong 1", "close 1000", "end"]);
      },
    },
    {
      name: "a second handshake is no frame, and ends the connection",
      async run({ port }) {
        using socket = await RawSocket.dial(port);
        await socket.write(handshake(), handshake());
        assertEquals(parseHead(await socket.readHead()).status, 101);
        assertEquals(await socket.readAll(), ["end"]);
      },
    },
    {
      name: "a refused request does not spoil the handshake that follows it",
      async run({ port }) {
        using socket = await RawSocket.dial(port);
        await socket.write("GET /ws/signal HTTP/1.1\r\nHost: x\r\n\r\n", handshake());
        const refusal = parseHead(await socket.readHead());
        assertEquals(refusal.status, 426);
        await socket.skip(Number(refusal.headers.get("content-length")));
        assertEquals(parseHead(await socket.readHead()).status, 101);
      },
    },
    {
      name: "fifty who say nothing and fifty who spell their handshake are in nobody's way",
      async run({ port }, pair) {
        using sockets = new DisposableStack();
        for (let i = 0; i < 50; i++) sockets.use(await RawSocket.dial(port));
        const slow: [RawSocket, string][] = [];
        for (let i = 0; i < 50; i++) {
          slow.push([sockets.use(await RawSocket.dial(port)), handshake()]);
        }
        for (let at = 0; at < 20; at++) {
          for (const [socket, head] of slow) await socket.write(head[at]!);
          await pair.relays();
        }
        for (const [socket, head] of slow) await socket.write(head.slice(20));
        for (const [socket] of slow) {
          assertEquals(parseHead(await socket.readHead()).status, 101);
        }
      },
    },
  ];
}

Deno.test("a request may say anything", async (t) => {
  await runGroups(t, {
    "the room is what the URL says, in whatever form": urls(),
    "what is no handshake is answered as HTTP, or not at all": others(),
    "what comes together with the handshake is what comes after it": together(),
  });
});

Deno.test("a header Host that is no host is answered with 400", async (t) => {
  const names = ["a b", "[::1", "127.0.0.1:99999", "%"];
  await runTrials(
    t,
    names.map((host) => http(host, request(withValue("Host", host)), BAD)),
  );
});
