import { assertEquals } from "@std/assert";
import { type Cause, diagnose } from "../../lib/client/diagnosis.ts";
import type { Finding, SeenKind } from "../../lib/client/findings.ts";

const NONE = { iceServers: [] };
const STUN = { iceServers: [{ urls: ["stun:stun.example.org"] }] };
const TURN = { iceServers: [{ urls: ["stun:x", "turns:turn.example.org?transport=tcp"] }] };

const seen = (...kinds: SeenKind[]) => new Set(kinds);

const ANSWERED: Finding = {
  local: seen("host", "srflx"),
  remote: seen("host", "srflx"),
  isRelayRefused: false,
  isServerSilent: false,
  isUnreadable: false,
  answered: true,
};

Deno.test("diagnose() names the cause that explains most", () => {
  const table: [Cause, Partial<Finding>, typeof STUN][] = [
    ["unreadable", { isUnreadable: true, answered: false }, STUN],
    ["no-answer", { answered: false }, STUN],
    ["no-answer", { answered: false, local: seen() }, TURN],
    ["relay-refused", { isRelayRefused: true }, TURN],
    ["relay-unreachable", {}, TURN],
    ["relay-unreachable", { local: seen() }, TURN],
    ["no-path", { local: seen("host", "relay") }, TURN],
    ["no-path", { local: seen("relay"), isServerSilent: true }, TURN],
    ["no-candidates", { local: seen() }, STUN],
    ["udp-blocked", { local: seen("host"), isServerSilent: true }, STUN],
    ["udp-blocked", { local: seen("hidden"), remote: seen("hidden"), isServerSilent: true }, STUN],
    ["no-relay", { local: seen("host", "srflx"), isServerSilent: true }, STUN],
    ["mdns-only", { local: seen("hidden"), remote: seen("hidden") }, NONE],
    ["no-relay", { local: seen("hidden"), remote: seen("host") }, NONE],
    ["no-relay", { local: seen("hidden"), remote: seen() }, NONE],
    ["no-relay", {}, STUN],
  ];
  for (const [cause, finding, ice] of table) {
    assertEquals([cause, finding, diagnose({ ...ANSWERED, ...finding }, ice)], [
      cause,
      finding,
      cause,
    ]);
  }
});

Deno.test("diagnose() calls UDP blocked only where a server was asked and kept silent", () => {
  const hosts = {
    local: new Set(["host"] as const),
    remote: new Set(["host"] as const),
    isRelayRefused: false,
    isUnreadable: false,
    answered: true,
  };
  const stun = { iceServers: [{ urls: ["stun:stun.example.org"] }] };
  assertEquals(diagnose({ ...hosts, isServerSilent: false }, stun), "no-relay");
  assertEquals(diagnose({ ...hosts, isServerSilent: true }, { iceServers: [] }), "no-relay");
});
