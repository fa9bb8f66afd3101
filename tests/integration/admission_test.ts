import { assertEquals } from "@std/assert";
import { SUBPROTOCOL } from "../../lib/protocol/messages.ts";
import { RawSocket } from "./raw_socket.ts";
import { startSignalingServer } from "./signaling_server.ts";
import { SocketClient } from "./socket_client.ts";

type Settings = Parameters<typeof startSignalingServer>[0];
type Headers = Record<string, string>;

/** Whether both versions are let in; that they are refused alike is checked on the way. */
async function isAdmitted(url: string, headers: Headers): Promise<boolean> {
  using old = await RawSocket.open(url, { headers });
  if (old.status !== 101) {
    const { type, code } = await old.refusal();
    assertEquals([old.status, type, code], [403, "error", "refused"]);
  }
  using socket = await RawSocket.open(url, { protocol: SUBPROTOCOL, headers });
  await socket.send({ type: "join" });
  const { type, code } = await socket.next();
  assertEquals(type === "welcome", old.status === 101, JSON.stringify(headers));
  if (type !== "welcome") assertEquals([code, await socket.closeCode()], ["refused", 4506]);
  return old.status === 101;
}

/** Makes sure of who is admitted; `HOST` stands for the server's host and port. */
async function check(settings: Settings, table: [Headers, boolean][]): Promise<void> {
  await using server = startSignalingServer(settings);
  const { host } = new URL(server.origin);
  for (const [i, [given, expected]] of table.entries()) {
    const headers = Object.fromEntries(
      Object.entries(given).map(([name, value]) => [name, value.replaceAll("HOST", host)]),
    );
    const admitted = await isAdmitted(server.roomUrl(`room-${i}`), headers);
    assertEquals([headers, admitted], [headers, expected]);
  }
}

Deno.test("only pages of the server itself may connect, and whoever names no origin", async () => {
  await check({}, [
    [{}, true],
    [{ origin: "http://HOST" }, true],
    [{ origin: "https://HOST" }, false],
    [{ origin: "http://127.0.0.1" }, false],
    [{ origin: "http://127.0.0.1:1" }, false],
    [{ origin: "http://localhost" }, false],
    [{ origin: "http://evil.example" }, false],
    [{ origin: "http://HOST.evil.example" }, false],
    [{ origin: "http://HOST/" }, false],
    [{ origin: "null" }, false],
    [{ origin: "http://HOST, http://evil.example" }, false],
    [{ origin: "file://" }, false],
  ]);
});

Deno.test("the host under which the server is reached is the one whose pages may connect", async () => {
  await check({}, [
    [{ host: "chat.example", origin: "http://chat.example" }, true],
    [{ host: "chat.example:80", origin: "http://chat.example" }, true],
    [{ host: "chat.example", origin: "http://HOST" }, false],
    [{ host: "Chat.Example", origin: "http://chat.example" }, true],
  ]);
});

Deno.test("pages of ALLOWED_ORIGINS may connect, beside those of the server", async () => {
  await check({ ALLOWED_ORIGINS: "https://chat.example, http://localhost:3000" }, [
    [{}, true],
    [{ origin: "http://HOST" }, true],
    [{ origin: "https://chat.example" }, true],
    [{ origin: "http://localhost:3000" }, true],
    [{ origin: "http://chat.example" }, false],
    [{ origin: "https://chat.example:444" }, false],
    [{ origin: "https://sub.chat.example" }, false],
    [{ origin: "https://chat.example.evil.example" }, false],
    [{ origin: "null" }, false],
  ]);
});

Deno.test("pages from anywhere may connect where ALLOWED_ORIGINS is *", async () => {
  await check({ ALLOWED_ORIGINS: "*" }, [
    [{}, true],
    [{ origin: "http://evil.example" }, true],
    [{ origin: "null" }, true],
  ]);
});

Deno.test("whoever names no origin is refused where REQUIRE_ORIGIN is 1", async () => {
  for (const allowed of ["", "https://chat.example", "*"]) {
    await check({ REQUIRE_ORIGIN: "1", ALLOWED_ORIGINS: allowed }, [
      [{}, false],
      [{ origin: "http://HOST" }, true],
      [{ origin: "https://chat.example" }, allowed !== ""],
      [{ origin: "http://evil.example" }, allowed === "*"],
    ]);
  }
  await check({ REQUIRE_ORIGIN: "0" }, [[{}, true]]);
});

const FORWARDED = {
  "x-forwarded-proto": "https",
  "x-forwarded-host": "chat.example",
  "x-forwarded-for": "192.0.2.1",
};

Deno.test("a proxy that is trusted says under which origin the server is reached", async () => {
  for (const proxies of ["loopback", "private", "127.0.0.1", "10.0.0.0/8, 127.0.0.0/8"]) {
    await check({ TRUSTED_PROXIES: proxies }, [
      [{ ...FORWARDED, origin: "https://chat.example" }, true],
      [{ ...FORWARDED, origin: "http://chat.example" }, false],
      [{ ...FORWARDED, origin: "http://HOST" }, false],
      [{ "x-forwarded-proto": "https", origin: "https://HOST" }, true],
      [{ "x-forwarded-proto": "https", origin: "http://HOST" }, false],
      [{ "x-forwarded-proto": "http, https", origin: "https://HOST" }, true],
      [{ origin: "http://HOST" }, true],
    ]);
  }
});

Deno.test("a proxy that is not trusted is not believed", async () => {
  for (const proxies of ["", "10.0.0.0/8", "::1", "127.0.0.2"]) {
    await check({ TRUSTED_PROXIES: proxies }, [
      [{ ...FORWARDED, origin: "https://chat.example" }, false],
      [{ ...FORWARDED, origin: "http://HOST" }, true],
    ]);
  }
});

/** A server on which one address may have one socket, and the proxies it believes. */
function startStrict(proxies: string) {
  return startSignalingServer({
    MAX_SOCKETS_PER_ADDRESS: "1",
    UPGRADES_PER_MINUTE: "0",
    TRUSTED_PROXIES: proxies,
  });
}

Deno.test("addresses behind a trusted proxy count each for itself, IPv6 by its /64", async () => {
  await using server = startStrict("loopback, 10.0.0.0/8");
  const groups = [
    ["192.0.2.1", "192.0.2.1:5678", "::ffff:192.0.2.1", "203.0.113.9, 192.0.2.1"],
    ["192.0.2.2", "10.1.1.1, 192.0.2.2, 10.1.1.1, 127.0.0.1"],
    ["2001:db8:0:1::1", "2001:db8:0:1:ffff::2", "[2001:db8:0:1::3]:443", "2001:DB8:0:1::4"],
    ["2001:db8:0:2::1", "192.0.2.1, 2001:db8:0:2::2"],
    ["unknown", "192.0.2.1, unknown"],
  ];
  for (const [i, addresses] of groups.entries()) {
    const first = addresses[0]!;
    const headers = { "x-forwarded-for": first };
    await using client = await SocketClient.open(server.roomUrl(`room-${i}`), undefined, {
      headers,
    });
    client.send("bad");
    await client.next();
    for (const address of addresses) {
      for (const protocol of [{}, { protocol: SUBPROTOCOL }]) {
        using other = await RawSocket.open(server.roomUrl("other"), {
          ...protocol,
          headers: { "x-forwarded-for": address },
        });
        assertEquals([address, other.status], [address, 429]);
      }
    }
    using stranger = await RawSocket.open(server.roomUrl("other"), {
      headers: { "x-forwarded-for": `198.51.100.${i}` },
    });
    assertEquals(stranger.status, 101);
  }
});

Deno.test("an address that nobody trusts counts for itself, whatever it says of others", async () => {
  await using server = startStrict("");
  await using client = await SocketClient.open(server.roomUrl("x"));
  client.send("bad");
  await client.next();
  for (const address of ["192.0.2.1", "192.0.2.2"]) {
    using other = await RawSocket.open(server.roomUrl("x"), {
      headers: { "x-forwarded-for": address },
    });
    assertEquals(other.status, 429);
  }
});
