import { assertEquals } from "@std/assert";
import { listFamilies, parseCandidateKind } from "../../lib/client/candidate_kind.ts";

Deno.test("parseCandidateKind() reads the lines of each browser", () => {
  const lines = {
    "candidate:842163049 1 udp 1677729535 192.0.2.7 46154 typ srflx raddr 0.0.0.0 rport 0 generation 0":
      { type: "srflx", family: "IPv4" },
    "candidate:1 1 UDP 2122252543 2001:db8::7 50000 typ host": { type: "host", family: "IPv6" },
    "candidate:0 1 UDP 2122187007 0c7ad2a5-7bd8-4b3f-8b5e-1f1d4f6f2c5e.local 50000 typ host": {
      type: "host",
      family: "mDNS",
    },
    "candidate:3 1 TCP 2105524479 192.0.2.7 9 typ host tcptype active": {
      type: "host",
      family: "IPv4",
    },
    "a=candidate:4 1 udp 41885439 192.0.2.9 50001 typ relay raddr 192.0.2.7 rport 46154": {
      type: "relay",
      family: "IPv4",
    },
  };
  for (const [line, kind] of Object.entries(lines)) assertEquals(parseCandidateKind(line), kind);
});

Deno.test("parseCandidateKind() knows no kind of what is no candidate", () => {
  for (const line of ["", "candidate:1 1 udp 1", "candidate:1 1 udp 1 192.0.2.7 9 typ odd"]) {
    assertEquals(parseCandidateKind(line), undefined, line);
  }
});

Deno.test("listFamilies() names each once", () => {
  const host = { type: "host" } as const;
  assertEquals(
    listFamilies([{ ...host, family: "IPv6" }, { ...host, family: "mDNS" }, {
      ...host,
      family: "IPv6",
    }]),
    "IPv6, mDNS",
  );
});
