import { assertEquals } from "@std/assert";
import { identifyClient, parseTrustedProxies } from "../../lib/server/client_address.ts";
import { valueOf } from "../fakes/unwrap.ts";

interface Ask {
  remote: string;
  trusted?: string;
  headers?: Record<string, string>;
  url?: string;
}

function identify({ remote, trusted = "", headers = {}, url = "http://host/ws/signal" }: Ask) {
  const request = new Request(url, { headers });
  return identifyClient(request, remote, valueOf(parseTrustedProxies(trusted)));
}

/** Who is behind the proxy 10.0.0.1, by what it says. */
function behind(forwardedFor: string, trusted = "10.0.0.0/8, 2001:db8::/32"): string {
  const headers = { "x-forwarded-for": forwardedFor };
  return identify({ remote: "10.0.0.1", trusted, headers }).address;
}

Deno.test("identifyClient() counts IPv4 by address and IPv6 by /64", () => {
  const table = [
    ["192.0.2.7", "192.0.2.7"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:DB8:1:2::", "2001:db8:1:2::/64"],
    ["2001:0db8:0001:0002:ffff:ffff:ffff:ffff", "2001:db8:1:2::/64"],
    ["2001:db8:1:3::1", "2001:db8:1:3::/64"],
    ["::1", "0:0:0:0::/64"],
    ["::ffff:192.0.2.7", "192.0.2.7"],
    ["::ffff:c000:207", "192.0.2.7"],
    ["fe80::1%eth0", "fe80:0:0:0::/64"],
    ["fe80::2%wlan0", "fe80:0:0:0::/64"],
    ["192.0.2.7:8080", "192.0.2.7"],
    ["[2001:db8:1:2::3]:8080", "2001:db8:1:2::/64"],
    ["[2001:db8:1:2::3]", "2001:db8:1:2::/64"],
  ] as const;
  for (const [remote, address] of table) {
    assertEquals(identify({ remote }).address, address, remote);
  }
});

Deno.test("identifyClient() counts what is no address as it is written, up to a length", () => {
  assertEquals(identify({ remote: "" }).address, "");
  assertEquals(identify({ remote: "unix" }).address, "unix");
  assertEquals(identify({ remote: "x".repeat(1000) }).address, "x".repeat(64));
});

Deno.test("identifyClient() believes no header of who is not trusted", () => {
  const headers = {
    "x-forwarded-for": "198.51.100.1",
    "x-forwarded-proto": "https",
    "x-forwarded-host": "evil.example",
  };
  const expected = { address: "203.0.113.5", serverOrigin: "http://host" };
  for (const trusted of ["", "10.0.0.0/8", "loopback,private", "203.0.113.6", "::/0"]) {
    assertEquals(identify({ remote: "203.0.113.5", trusted, headers }), expected, trusted);
  }
});

Deno.test("identifyClient() reads X-Forwarded-For from its end up to the first untrusted hop", () => {
  const table = [
    ["198.51.100.1", "198.51.100.1"],
    ["1.1.1.1, 198.51.100.1", "198.51.100.1"],
    // What the client wrote itself stands before what its proxy saw.
    ["127.0.0.1,10.9.9.9, 198.51.100.1", "198.51.100.1"],
    ["198.51.100.1, 10.0.0.2", "198.51.100.1"],
    ["6.6.6.6, 198.51.100.1, 10.0.0.3 ,10.0.0.2", "198.51.100.1"],
    ["198.51.100.1, 2001:db8::9", "198.51.100.1"],
    ["198.51.100.1, ::ffff:10.0.0.2", "198.51.100.1"],
    ["2001:470:1:2:3::4, 10.0.0.2:4711", "2001:470:1:2::/64"],
    ["[2001:470:1:2:3::4]:5, [2001:db8::9]:443", "2001:470:1:2::/64"],
    ["198.51.100.1:1234", "198.51.100.1"],
    // Trusted all the way: the furthest that is known.
    ["10.0.0.9, 10.0.0.8", "10.0.0.9"],
    // Nothing is said: the proxy itself.
    ["", "10.0.0.1"],
    [" , ,", "10.0.0.1"],
    ["198.51.100.1,,", "198.51.100.1"],
    // Junk is never trusted, so nothing before it is believed.
    ["198.51.100.1, unknown", "unknown"],
    ["198.51.100.1, 10.0.0.256", "10.0.0.256"],
    ["198.51.100.1, _hidden, 10.0.0.2", "_hidden"],
  ] as const;
  for (const [header, address] of table) assertEquals(behind(header), address, header);
});

Deno.test("identifyClient() counts nobody by more than 64 characters of a proxy's junk", () => {
  assertEquals(behind("x".repeat(5000)), "x".repeat(64));
});

Deno.test("identifyClient() learns the server's origin from a trusted proxy alone", () => {
  const table: [Record<string, string>, string][] = [
    [{}, "http://host:8000"],
    [{ proto: "https" }, "https://host:8000"],
    [{ proto: "HTTPS" }, "https://host:8000"],
    [{ host: "chat.example" }, "http://chat.example"],
    [{ proto: "https", host: "chat.example" }, "https://chat.example"],
    [{ proto: "https", host: "Chat.Example:443" }, "https://chat.example"],
    [{ proto: "http", host: "chat.example:80" }, "http://chat.example"],
    [{ proto: "https", host: "chat.example:8443" }, "https://chat.example:8443"],
    [{ proto: "https", host: "[2001:db8::1]:8443" }, "https://[2001:db8::1]:8443"],
    // The nearest proxy wrote last.
    [{ proto: "http, https", host: "a.example, b.example" }, "https://b.example"],
    [{ proto: "", host: " , " }, "http://host:8000"],
    [{ proto: "https", host: "a b" }, "http://host:8000"],
    [{ proto: "not a scheme" }, "http://host:8000"],
  ];
  for (const [{ proto, host }, origin] of table) {
    const headers = new Headers();
    if (proto !== undefined) headers.set("x-forwarded-proto", proto);
    if (host !== undefined) headers.set("x-forwarded-host", host);
    const { serverOrigin } = identify({
      remote: "10.0.0.1",
      trusted: "private",
      headers: Object.fromEntries(headers),
      url: "http://host:8000/ws/signal",
    });
    assertEquals(serverOrigin, origin, `${proto} ${host}`);
  }
});

Deno.test("identifyClient() knows that a proxy may call the scheme of a WebSocket ws or wss", () => {
  for (const [proto, scheme] of [["wss", "https"], ["ws", "http"], ["WSS", "https"]] as const) {
    const headers = { "x-forwarded-proto": proto, "x-forwarded-host": "chat.example" };
    const { serverOrigin } = identify({ remote: "10.0.0.1", trusted: "private", headers });
    assertEquals(serverOrigin, `${scheme}://chat.example`, proto);
  }
});

Deno.test("identifyClient() answers with an origin of the web, whatever scheme a proxy names", () => {
  for (const proto of ["foo", "javascript", "data", "file", "blob"]) {
    const headers = { "x-forwarded-proto": proto };
    const { serverOrigin } = identify({ remote: "10.0.0.1", trusted: "private", headers });
    assertEquals(serverOrigin, "http://host", proto);
  }
});

Deno.test("identifyClient() drops the default port of the server's origin, as browsers do", () => {
  assertEquals(identify({ remote: "", url: "http://host:80/x" }).serverOrigin, "http://host");
  assertEquals(identify({ remote: "", url: "https://HOST:443/x" }).serverOrigin, "https://host");
});
