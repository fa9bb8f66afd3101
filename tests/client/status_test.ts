import { assertEquals } from "@std/assert";
import { deriveStatus, type LineState, type Status } from "../../lib/client/status.ts";

const PATH = { kind: "direct", roundTrip: 3 } as const;

const JOINED: LineState = {
  signaling: { state: "joined" },
  peers: [],
  path: undefined,
  hadCompany: false,
};

function stop(code: number): LineState {
  const error = { type: "error", code: "wrong-key", message: "No" } as const;
  return { ...JOINED, signaling: { state: "stopped", stop: { code, error } } };
}

Deno.test("deriveStatus() names every state of the line", () => {
  const table: [Partial<LineState>, Status][] = [
    [{ signaling: { state: "opening" } }, { state: "connecting", to: "server" }],
    [{}, { state: "waiting" }],
    [{ peers: ["connecting"] }, { state: "connecting", to: "peer" }],
    [{ peers: ["connected"], path: PATH }, { state: "connected", path: PATH }],
    [{ peers: ["reconnecting"] }, { state: "reconnecting", to: "peer" }],
    [{ peers: ["failed"] }, { state: "failed", cause: "no-path" }],
    [{ hadCompany: true }, { state: "ended", by: "them" }],
    [{ signaling: { state: "away" } }, { state: "reconnecting", to: "server" }],
    [{ signaling: { state: "left" }, peers: ["connected"] }, { state: "ended", by: "us" }],
    [stop(4502), { state: "full" }],
    [stop(4503), { state: "failed", cause: "refused", detail: "No" }],
  ];
  for (const [line, status] of table) assertEquals(deriveStatus({ ...JOINED, ...line }), status);
});

Deno.test("deriveStatus() lets a chat outlive the server", () => {
  const line: LineState = { ...JOINED, signaling: { state: "away" }, peers: ["connected"] };
  assertEquals(deriveStatus(line), { state: "connected", path: undefined });
});

Deno.test("deriveStatus() lets the best connection speak for all", () => {
  const peers = ["failed", "connecting", "connected", "reconnecting"] as const;
  assertEquals(deriveStatus({ ...JOINED, peers }).state, "connected");
  assertEquals(deriveStatus({ ...JOINED, peers: ["failed", "connecting"] }).state, "connecting");
});
