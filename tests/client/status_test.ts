import { assertEquals } from "@std/assert";
import type { Path } from "../../lib/client/path.ts";
import type { LineState } from "../../lib/client/recovery.ts";
import { deriveStatus, type Line, type PeerStatus, type Status } from "../../lib/client/status.ts";
import type { ErrorMessage } from "../../lib/protocol/messages.ts";

const DIRECT: Path = { kind: "direct", roundTrip: 3 };
const RELAYED: Path = { kind: "relayed", roundTrip: 90 };

const JOINED: Line = {
  signaling: { state: "joined" },
  peers: [],
  hadCompany: false,
  areMissing: false,
};

function peer(state: LineState, rest: Partial<PeerStatus> = {}): PeerStatus {
  return {
    id: "peer",
    person: "peer",
    state,
    path: undefined,
    isDifficult: false,
    cause: undefined,
    ...rest,
  };
}

function stop(code: number, retryAfter?: number): Line {
  const error: ErrorMessage = { type: "error", code: "wrong-key", message: "No" };
  if (retryAfter !== undefined) error.retryAfter = retryAfter;
  return { ...JOINED, signaling: { state: "stopped", stop: { code, error } } };
}

Deno.test("deriveStatus() names every state of the line", () => {
  const connected = peer("connected", { path: DIRECT });
  const table: [Partial<Line>, Status][] = [
    [{ signaling: { state: "opening" } }, { state: "connecting", to: "server" }],
    [{}, { state: "waiting" }],
    [{ peers: [peer("connecting")] }, { state: "connecting", to: "peer" }],
    [
      { peers: [peer("connecting", { isDifficult: true })] },
      { state: "connecting", to: "peer", isDifficult: true },
    ],
    [{ peers: [peer("connected")] }, { state: "connected", path: undefined }],
    [{ peers: [connected] }, { state: "connected", path: DIRECT }],
    [{ peers: [peer("reconnecting")] }, { state: "reconnecting", to: "peer" }],
    [{ peers: [peer("failed")] }, { state: "failed", cause: "no-path" }],
    [{ peers: [peer("failed", { cause: "no-relay" })] }, { state: "failed", cause: "no-relay" }],
    [{ hadCompany: true }, { state: "ended", by: "them" }],
    [{ signaling: { state: "away" } }, { state: "reconnecting", to: "server" }],
    [{ signaling: { state: "left" }, peers: [connected] }, { state: "ended", by: "us" }],
    [stop(4502), { state: "full" }],
    [stop(4502, 7), { state: "full", retryAfter: 7 }],
    [stop(4503), { state: "failed", cause: "refused", detail: "No" }],
    [stop(4504), { state: "failed", cause: "replaced" }],
    [
      { signaling: { state: "stopped", stop: { code: 4503, error: undefined } } },
      { state: "failed", cause: "refused" },
    ],
  ];
  for (const [line, status] of table) assertEquals(deriveStatus({ ...JOINED, ...line }), status);
});

Deno.test("deriveStatus() lets a chat outlive the server, and says that it is away", () => {
  const peers = [peer("connected")];
  for (const signaling of [{ state: "away" } as const, stop(4503).signaling]) {
    assertEquals(deriveStatus({ ...JOINED, signaling, peers }), {
      state: "connected",
      path: undefined,
      isServerAway: true,
    });
  }
});

Deno.test("deriveStatus() lets the best connection speak for all, and counts the others", () => {
  const best = (...states: LineState[]) =>
    deriveStatus({ ...JOINED, peers: states.map((state) => peer(state)) });
  assertEquals(best("failed", "connecting", "connected", "reconnecting"), {
    state: "connected",
    path: undefined,
    reached: { count: 1, of: 4 },
  });
  assertEquals(best("connected", "connected"), { state: "connected", path: undefined });
  assertEquals(best("failed", "reconnecting", "connecting").state, "connecting");
  assertEquals(best("failed", "reconnecting").state, "reconnecting");
});

Deno.test("deriveStatus() calls the line relayed where one of its paths is", () => {
  const path = (...paths: (Path | undefined)[]) => {
    const peers = paths.map((path) => peer("connected", { path }));
    const status = deriveStatus({ ...JOINED, peers });
    return status.state === "connected" ? status.path : undefined;
  };
  assertEquals(path(DIRECT, undefined, RELAYED), RELAYED);
  assertEquals(path(undefined, DIRECT), DIRECT);
});
