import { assertEquals } from "@std/assert";
import { type Path, readPath } from "../../lib/client/path.ts";

type Stats = Record<string, unknown>[];

function read(stats: Stats): Promise<Path | undefined> {
  const report: unknown = new Map(stats.map((stat) => [stat.id, stat]));
  return readPath({ getStats: () => Promise.resolve(report as RTCStatsReport) });
}

/** One pair in use and one that is not, which goes through a relay. */
function pairs(local: string, remote: string, used: Record<string, unknown>): Stats {
  return [
    { id: "other", type: "candidate-pair", localCandidateId: "turn", state: "succeeded" },
    { id: "turn", type: "local-candidate", candidateType: "relay" },
    { id: "pair", type: "candidate-pair", localCandidateId: "l", remoteCandidateId: "r", ...used },
    { id: "l", type: "local-candidate", candidateType: local },
    { id: "r", type: "remote-candidate", candidateType: remote },
  ];
}

/** Chrome names the pair in the transport. */
function chrome(local: string, remote: string): Stats {
  const used = { state: "succeeded", currentRoundTripTime: 0.0316 };
  const transport = { id: "transport", type: "transport", selectedCandidatePairId: "pair" };
  return [transport, ...pairs(local, remote, used)];
}

Deno.test("readPath() reads the pair that Chrome's transport names", async () => {
  assertEquals(await read(chrome("host", "srflx")), { kind: "direct", roundTrip: 32 });
});

Deno.test("readPath() reads the pair that Firefox marks as selected", async () => {
  const stats = pairs("host", "prflx", { selected: true, currentRoundTripTime: 0 });
  assertEquals(await read(stats), { kind: "direct", roundTrip: 0 });
});

Deno.test("readPath() reads a nominated pair once it has succeeded", async () => {
  const stats = pairs("host", "host", { nominated: true, state: "succeeded" });
  assertEquals(await read(stats), { kind: "direct", roundTrip: undefined });
  assertEquals(await read(pairs("host", "host", { nominated: true, state: "waiting" })), undefined);
});

Deno.test("readPath() calls it relayed wherever one end is relayed", async () => {
  for (
    const [local, remote] of [["relay", "host"], ["srflx", "relay"], ["relay", "relay"]] as const
  ) {
    assertEquals((await read(chrome(local, remote)))?.kind, "relayed");
  }
});

Deno.test("readPath() finds nothing before a pair is chosen", async () => {
  assertEquals(await read([]), undefined);
  assertEquals(await read([{ id: "transport", type: "transport" }]), undefined);
  assertEquals(await read(pairs("host", "host", { state: "in-progress" })), undefined);
});
