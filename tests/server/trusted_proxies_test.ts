import { assertEquals, assertMatch } from "@std/assert";
import { parseTrustedProxies } from "../../lib/server/client_address.ts";
import { reasonOf, valueOf } from "../fakes/unwrap.ts";

const ADDRESSES = [
  "127.0.0.1",
  "::1",
  "10.1.2.3",
  "172.16.0.1",
  "172.32.0.1",
  "192.168.1.1",
  "169.254.1.1",
  "fd00::1",
  "fe80::1",
  "fe80::1%eth0",
  "203.0.113.5",
  "2001:db8::1",
  "2001:db9::1",
  "::ffff:10.1.2.3",
  "",
  "unknown",
];

Deno.test("parseTrustedProxies() trusts whom it names, and nobody else", () => {
  const table: [string, string[]][] = [
    ["", []],
    [" , ", []],
    ["loopback", ["127.0.0.1", "::1"]],
    ["private", [
      "127.0.0.1",
      "::1",
      "10.1.2.3",
      "172.16.0.1",
      "192.168.1.1",
      "169.254.1.1",
      "fd00::1",
      "fe80::1",
      "fe80::1%eth0",
      "::ffff:10.1.2.3",
    ]],
    ["203.0.113.5", ["203.0.113.5"]],
    ["2001:db8::1", ["2001:db8::1"]],
    ["2001:db8:0:0:0:0:0:1", ["2001:db8::1"]],
    ["10.0.0.0/8", ["10.1.2.3", "::ffff:10.1.2.3"]],
    ["10.1.2.3", ["10.1.2.3", "::ffff:10.1.2.3"]],
    ["::ffff:10.1.2.3", ["10.1.2.3", "::ffff:10.1.2.3"]],
    ["10.1.2.3/32", ["10.1.2.3", "::ffff:10.1.2.3"]],
    ["172.16.0.0/12", ["172.16.0.1"]],
    ["2001:db8::/31", ["2001:db8::1", "2001:db9::1"]],
    ["203.0.113.5, loopback ,2001:db8::/32", ["127.0.0.1", "::1", "203.0.113.5", "2001:db8::1"]],
  ];
  for (const [setting, trusted] of table) {
    const trusts = valueOf(parseTrustedProxies(setting));
    assertEquals(ADDRESSES.filter((address) => trusts(address)), trusted, setting);
  }
});

Deno.test("parseTrustedProxies() trusts a whole family by 0 bits of prefix", () => {
  const four = valueOf(parseTrustedProxies("0.0.0.0/0"));
  const six = valueOf(parseTrustedProxies("::/0"));
  assertEquals([four("203.0.113.5"), four("::1")], [true, false]);
  assertEquals([six("203.0.113.5"), six("2001:db8::1")], [false, true]);
});

Deno.test("parseTrustedProxies() says what it cannot read, and what it could", () => {
  const wrong = [
    "proxy.example",
    "10.0.0.0/33",
    "10.0.0.0/-1",
    "10.0.0.0/",
    "::/129",
    "256.0.0.1",
    "*",
    "true",
    "Loopback",
    "__proto__",
    "constructor",
    "10.0.0.1:80",
    "[::1]",
    "http://10.0.0.1",
  ];
  for (const entry of wrong) {
    const reason = reasonOf(parseTrustedProxies(`127.0.0.1, ${entry}`), entry);
    assertMatch(reason, /^must be addresses, networks like 10\.0\.0\.0\/8, loopback or private: /);
    assertEquals(reason.endsWith(`current value is ${JSON.stringify(entry)}`), true, reason);
  }
});

Deno.test("parseTrustedProxies() reads no number as an address that nobody meant", () => {
  // Each is an address in the eyes of inet_aton(3): 0.0.0.1, 8.0.0.1, 10.0.0.1, 0.0.0.0/8.
  for (const entry of ["1", "010.0.0.1", "10.1", "0x0a000001", "10/8"]) {
    const reason = reasonOf(parseTrustedProxies(entry), entry);
    assertMatch(reason, /current value is/);
  }
});

Deno.test("parseTrustedProxies() trusts whom a network of mapped addresses holds", () => {
  const trusts = valueOf(parseTrustedProxies("::ffff:10.0.0.0/104"));
  assertEquals([trusts("10.1.2.3"), trusts("::ffff:10.1.2.3"), trusts("11.1.2.3")], [
    true,
    true,
    false,
  ]);
});
