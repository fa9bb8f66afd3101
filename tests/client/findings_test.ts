import { assertEquals } from "@std/assert";
import { Findings, kindOf } from "../../lib/client/findings.ts";

const line = (address: string, type: string) => `candidate:1 1 udp 1 ${address} 9 typ ${type}`;

const HOST = line("192.0.2.1", "host");
const HIDDEN = line("5e4c9a3e-1f7d-4b62.local", "host");

const NOTHING = {
  local: new Set(),
  remote: new Set(),
  isRelayRefused: false,
  isServerSilent: false,
  isUnreadable: false,
};

Deno.test("kindOf() tells the kinds of candidates apart, and those that hide their address", () => {
  const table: [string, string | undefined][] = [
    [HOST, "host"],
    [line("2001:db8::1", "host"), "host"],
    [HIDDEN, "hidden"],
    [line("192.0.2.1", "srflx raddr 0.0.0.0 rport 0"), "srflx"],
    [line("192.0.2.1", "prflx"), "prflx"],
    [line("192.0.2.1", "relay raddr 0.0.0.0 rport 0"), "relay"],
    [line("192.0.2.1", "ghost"), undefined],
    ["", undefined],
  ];
  for (const [candidate, kind] of table) {
    assertEquals([candidate, kindOf(candidate)], [candidate, kind]);
  }
});

Deno.test("Findings keep the kinds of both sides apart, each once", () => {
  const findings = new Findings();
  for (const candidate of [HOST, HOST, HIDDEN, "junk"]) findings.local(candidate);
  findings.remote(line("192.0.2.1", "relay"));
  const { local, remote } = findings.read();
  assertEquals([[...local], [...remote]], [["host", "hidden"], ["relay"]]);
});

Deno.test("Findings.description() reads the candidates in it, and shows that it is readable", () => {
  const findings = new Findings();
  findings.unreadable();
  assertEquals(findings.read().isUnreadable, true);
  findings.description(`v=0\r\na=${HOST}\r\na=${HIDDEN}\r\nm=application\r\n`);
  const { remote, isUnreadable } = findings.read();
  assertEquals([[...remote], isUnreadable], [["host", "hidden"], false]);
});

Deno.test("Findings.error() tells a relay that refuses from a server that is silent", () => {
  const table: [number, string, refused: boolean, silent: boolean][] = [
    [401, "turn:turn.example.org", true, false],
    [403, "turns:turn.example.org", true, false],
    [438, "turn:turn.example.org", true, false],
    [441, "turn:turn.example.org", true, false],
    [401, "stun:stun.example.org", false, false],
    [701, "stun:stun.example.org", false, true],
    [701, "turn:turn.example.org", false, true],
    [600, "turn:turn.example.org", false, false],
  ];
  for (const [errorCode, url, refused, silent] of table) {
    const findings = new Findings();
    findings.error({ errorCode, url });
    const { isRelayRefused, isServerSilent } = findings.read();
    assertEquals([errorCode, url, isRelayRefused, isServerSilent], [
      errorCode,
      url,
      refused,
      silent,
    ]);
  }
});

Deno.test("Findings.clear() forgets everything, but not what was read before", () => {
  const findings = new Findings();
  findings.local(HOST);
  findings.remote(HOST);
  findings.unreadable();
  findings.error({ errorCode: 401, url: "turn:x" });
  findings.error({ errorCode: 701, url: "turn:x" });
  const before = findings.read();
  findings.clear();
  assertEquals<unknown>(findings.read(), NOTHING);
  assertEquals([...before.local], ["host"]);
});
