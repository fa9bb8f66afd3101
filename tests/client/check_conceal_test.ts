import { assertEquals } from "@std/assert";
import { concealAddresses } from "../../lib/client/check/conceal.ts";

Deno.test("concealAddresses() leaves of an address only its kind", () => {
  const table = {
    "http://192.0.2.1:8000": "http://[IPv4]:8000",
    "from 192.0.2.1.": "from [IPv4].",
    "http://[::1]:8000": "http://[IPv6]:8000",
    "2001:db8::8:800:200c:417a, then": "[IPv6], then",
    "2001:db8:0:0:8:800:200c:417a": "[IPv6]",
    "2001:DB8::": "[IPv6]",
    "fe80::1%eth0 and fe80::2": "[IPv6] and [IPv6]",
    "::ffff:192.0.2.1": "[IPv6]",
    "2001:db8::192.0.2.1": "[IPv6]",
    "0:0:0:0:0:ffff:192.0.2.1": "[IPv6]",
    "turns:[2001:db8::7]:5349?transport=tcp": "turns:[IPv6]:5349?transport=tcp",
  };
  for (const [words, concealed] of Object.entries(table)) {
    assertEquals(concealAddresses(words), concealed);
  }
});

Deno.test("concealAddresses() leaves names, ports and times alone", () => {
  const lines = [
    "stun:stun.cloudflare.com:3478",
    "stun:cafe:3478, turn:abc.example:443",
    "https://tincan.example:8443",
    "12:34:56, in 12 ms",
    "701 STUN binding request timed out.",
  ];
  for (const line of lines) assertEquals(concealAddresses(line), line);
});
