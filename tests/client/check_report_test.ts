import { assert, assertEquals, assertMatch } from "@std/assert";
import { writeReport } from "../../lib/client/check/report.ts";
import {
  advance,
  type Outcome,
  planCheck,
  type Step,
  type StepId,
} from "../../lib/client/check/step.ts";
import { conclude } from "../../lib/client/check/verdict.ts";
import { ENGLISH } from "./check_english.ts";

const OK: Outcome = { state: "ok", sentence: () => "Fine." };
const SKIPPED: Outcome = { state: "skipped", sentence: () => "Not configured." };

/** A check in which all went well, but for what is given. */
function stepsWith(outcomes: Partial<Record<StepId, Outcome>>): readonly Step[] {
  return planCheck().reduce(
    (steps, { id }) => advance(steps, id, outcomes[id] ?? OK),
    planCheck(),
  );
}

const FACTS = {
  origin: "https://tincan.example",
  userAgent: "Browser/141.0.0.0",
  version: "1.2.3",
  date: new Date(Date.UTC(2026, 0, 2, 3, 4, 5)),
  speech: ENGLISH,
};

Deno.test("writeReport() says who and when, and has one line for each step", () => {
  const steps = stepsWith({
    turn: {
      state: "failed",
      sentence: () => "No message gets through a relay.",
      details: [() => "turn:a.example: no answer", () => "turn:b.example: refused"],
      next: () => "Ask.",
    },
  });
  assertEquals(
    writeReport(steps, FACTS),
    `Tincan check: A chat works from here, but not with everybody: “Relay (TURN)” failed.
Time: 2026-01-02T03:04:05.000Z
Version: 1.2.3
Server: https://tincan.example
Browser: Browser/141.0.0.0

- Browser: ok. Fine.
- WebSocket: ok. Fine.
- Direct addresses: ok. Fine.
- STUN: ok. Fine.
- Relay (TURN): failed. No message gets through a relay. (turn:a.example: no answer; turn:b.example: refused)
- Data channel: ok. Fine.
`,
  );
});

Deno.test("writeReport() holds no address, whoever said it", () => {
  const steps = stepsWith({
    websocket: { state: "failed", sentence: () => "The server refused: not from 192.0.2.7." },
    stun: {
      state: "ok",
      sentence: () => "Fine.",
      details: [() => "stun:[2001:db8::1]:3478: told"],
    },
  });
  const report = writeReport(steps, { ...FACTS, origin: "http://192.0.2.1:8000" });
  assertMatch(report, /^Server: http:\/\/\[IPv4\]:8000$/m);
  assertMatch(report, /not from \[IPv4\]\.$/m);
  assertMatch(report, /\(stun:\[IPv6\]:3478: told\)$/m);
  assert(!/192\.0|2001/.test(report));
});

Deno.test("writeReport() keeps a step on its line, whatever somebody else put into it", () => {
  const report = writeReport(
    stepsWith({ turn: { state: "failed", sentence: () => "a\n- b" } }),
    FACTS,
  );
  assertMatch(report, /^- Relay \(TURN\): failed\. a - b$/m);
});

Deno.test("conclude() does not conclude before every step has an outcome", () => {
  assertEquals(conclude(planCheck()).state, "running");
  assertEquals(conclude(advance(stepsWith({}), "stun", { state: "running" })).state, "running");
});

Deno.test("conclude() tells what a chat needs from what it could do without", () => {
  const failed: Outcome = { state: "failed", sentence: () => "No." };
  const warning: Outcome = { state: "warning", sentence: () => "Hm." };
  const table = [
    [{}, "ok", /^A chat works from here\.$/],
    [{ stun: SKIPPED, turn: SKIPPED }, "ok", /in one network at least/],
    [{ turn: SKIPPED }, "ok", /^A chat works from here\.$/],
    [{ direct: warning }, "warning", /see “Direct addresses”\.$/],
    [
      { stun: failed, turn: failed },
      "warning",
      /not with everybody: “STUN”, “Relay \(TURN\)” failed/,
    ],
    [{ browser: failed }, "failed", /does not work from here: “Browser” failed/],
    [{ websocket: failed, stun: SKIPPED }, "failed", /“WebSocket” failed/],
    [{ loopback: failed, turn: failed }, "failed", /“Relay \(TURN\)”, “Data channel” failed/],
  ] as const;
  for (const [outcomes, state, sentence] of table) {
    const verdict = conclude(stepsWith(outcomes));
    assertEquals(verdict.state, state);
    assertMatch(verdict.sentence(ENGLISH), sentence);
  }
});
