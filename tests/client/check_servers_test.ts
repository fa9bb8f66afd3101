import { assertEquals, assertMatch } from "@std/assert";
import { checkDirect } from "../../lib/client/check/direct_step.ts";
import { listServers, summarize } from "../../lib/client/check/ice_server_list.ts";
import { checkStun } from "../../lib/client/check/stun_step.ts";
import { checkTurn, judgeNoRelay, judgeRelay } from "../../lib/client/check/turn_step.ts";
import { type Findings, makeGatherer, makeLooper } from "../fakes/check_rtc.ts";
import { SteppedClock } from "../fakes/clock.ts";
import { inEnglish } from "./check_english.ts";

const HOST = "candidate:1 1 udp 2113937151 192.0.2.7 50000 typ host";
const HIDDEN = "candidate:1 1 udp 2113937151 0c7ad2a5.local 50000 typ host";
const PUBLIC = "candidate:2 1 udp 1677729535 198.51.100.7 50000 typ srflx raddr 0.0.0.0 rport 0";
const RELAY = "candidate:3 1 udp 41885439 198.51.100.9 50001 typ relay raddr 0.0.0.0 rport 0";
const TIMED_OUT = { errorCode: 701, errorText: "STUN binding request timed out." };

/** A browser to which each server, by the first of its URLs, gives what is written down. */
function browserWith(findings: Record<string, Findings>) {
  const { createRtc, made } = makeGatherer(({ iceServers }) =>
    findings[iceServers[0]?.urls[0] ?? ""] ?? {}
  );
  return { clock: new SteppedClock(), createRtc, made };
}

Deno.test("checkDirect() asks no server, and names the kinds of what is found", async () => {
  const browser = browserWith({ "": { lines: [HOST, HIDDEN, HOST] } });
  assertEquals(inEnglish(await checkDirect(browser)), {
    state: "ok",
    sentence: "This browser offers host addresses: IPv4, mDNS.",
  });
  assertEquals(browser.made.map(({ ice }) => ice), [{ iceServers: [] }]);
});

Deno.test("checkDirect() tells where names hide the addresses, and where there are none", async () => {
  const hidden = await checkDirect(browserWith({ "": { lines: [HIDDEN] } }));
  assertMatch(inEnglish(hidden).sentence, /mDNS names/);
  assertEquals((await checkDirect(browserWith({}))).state, "warning");
});

Deno.test("listServers() takes each URL for itself, with its credentials", () => {
  const turn = { username: "1:me", credential: "secret" };
  const servers = [
    { urls: ["stun:a.example", "turn:b.example?transport=udp"], ...turn },
    { urls: ["turns:192.0.2.1:443", "STUNS:c.example", "turn:me:secret@d.example"], ...turn },
  ];
  assertEquals(listServers(servers, "stun").map(({ name }) => name), [
    "stun:a.example",
    "STUNS:c.example",
  ]);
  assertEquals(listServers(servers, "turn"), [
    {
      name: "turn:b.example?transport=udp",
      server: { urls: ["turn:b.example?transport=udp"], ...turn },
    },
    { name: "turns:[IPv4]:443", server: { urls: ["turns:192.0.2.1:443"], ...turn } },
    { name: "turn:d.example", server: { urls: ["turn:me:secret@d.example"], ...turn } },
  ]);
});

Deno.test("summarize() is as good as the servers together", () => {
  const words = { all: () => "all", some: () => "some", none: () => "none" };
  const table = [
    [["ok", "ok"], "ok", "all"],
    [["failed", "ok"], "warning", "some"],
    [["warning", "ok"], "warning", "some"],
    [["failed", "warning"], "warning", "none"],
    [["failed", "failed"], "failed", "none"],
  ] as const;
  for (const [states, state, sentence] of table) {
    const findings = states.map((state, i) => ({
      name: `turn:${i}`,
      finding: { state, sentence: () => state, ...(state !== "ok" && { next: () => `mend ${i}` }) },
    }));
    const outcome = inEnglish(summarize(findings, words));
    assertEquals([outcome.state, outcome.sentence], [state, sentence]);
    assertEquals(outcome.details, [`turn:0: ${states[0]}`, `turn:1: ${states[1]}`]);
    const [first] = findings.filter(({ finding }) => finding.state !== "ok");
    assertEquals(outcome.next, first && `mend ${first.name.at(-1)}`);
  }
});

Deno.test("checkStun() is skipped with its words where there is no STUN server", async () => {
  const { state, sentence, next } = inEnglish(
    await checkStun([{ urls: ["turn:a"] }], browserWith({})),
  );
  assertEquals(state, "skipped");
  assertMatch(sentence, /^Not configured/);
  assertMatch(next ?? "", /STUN_URLS/);
});

Deno.test("checkStun() asks each server alone", async () => {
  const browser = browserWith({
    "stun:a": { lines: [HOST, PUBLIC], isEndless: true },
    "stun:b": { lines: [HOST], errors: [TIMED_OUT] },
  });
  const { state, details, next } = inEnglish(
    await checkStun([{ urls: ["stun:a", "stun:b"] }], browser),
  );
  assertEquals(state, "warning");
  assertEquals(details, [
    "stun:a: told a public address (srflx, IPv4)",
    "stun:b: no answer (701 STUN binding request timed out)",
  ]);
  assertMatch(next ?? "", /UDP seems to be blocked/);
  assertEquals(browser.made.map(({ ice }) => ice), [
    { iceServers: [{ urls: ["stun:a"] }] },
    { iceServers: [{ urls: ["stun:b"] }] },
  ]);
});

Deno.test("checkStun() does not blame a network in which nothing went wrong", async () => {
  const browser = browserWith({ "stun:a": { lines: [HOST] } });
  const { state, next } = inEnglish(await checkStun([{ urls: ["stun:a"] }], browser));
  assertEquals(state, "warning");
  assertMatch(next ?? "", /public address itself/);
});

Deno.test("checkStun() and checkTurn() know a name that leads nowhere from a blocked network", async () => {
  const errors = [
    { errorCode: 701, errorText: "STUN server address is incompatible." },
    { errorCode: 701, errorText: "STUN host lookup received error." },
  ];
  const browser = browserWith({ "stun:a": { errors }, "turn:a": { errors } });
  const servers = [{ urls: ["stun:a", "turn:a"] }];
  for (const check of [checkStun, checkTurn]) {
    const { state, details, next } = inEnglish(await check(servers, browser));
    assertEquals(state, "failed");
    assertMatch(details?.[0] ?? "", /no answer \(701 STUN host lookup received error\)$/);
    assertMatch(next ?? "", /name leads nowhere/);
  }
});

Deno.test("an address that the browser does not take keeps it from no other", async () => {
  const browser = browserWith({ "stun:b": { lines: [PUBLIC] } });
  const { state, details } = inEnglish(
    await checkStun([{ urls: ["stun:a", "stun:b"] }], {
      ...browser,
      createRtc(ice) {
        if (ice.iceServers[0]?.urls[0] === "stun:a") {
          throw new DOMException("a port that is blocked", "SyntaxError");
        }
        return browser.createRtc(ice);
      },
    }),
  );
  assertEquals(state, "warning");
  assertEquals(details, [
    "stun:a: the browser does not take it: SyntaxError: a port that is blocked",
    "stun:b: told a public address (srflx, IPv4)",
  ]);
});

Deno.test("checkTurn() is skipped with its words where there is no TURN server", async () => {
  const { state, sentence, next } = inEnglish(
    await checkTurn([{ urls: ["stun:a"] }], browserWith({})),
  );
  assertEquals(state, "skipped");
  assertMatch(sentence, /^Not configured/);
  assertMatch(next ?? "", /TURN_URLS/);
});

Deno.test("checkTurn() asks for a relay, then talks through it, and through nothing else", async () => {
  const server = { urls: ["turn:a"], username: "1:me", credential: "secret" };
  const gatherer = browserWith({ "turn:a": { lines: [RELAY] } });
  const looper = makeLooper();
  let made = 0;
  const { state, details } = inEnglish(
    await checkTurn([server], {
      clock: gatherer.clock,
      createRtc: (ice) => made++ === 0 ? gatherer.createRtc(ice) : looper.createRtc(),
    }),
  );
  assertEquals(state, "ok");
  assertEquals(details, ["turn:a: gave a relay (IPv4), less than 1 ms there and back"]);
  const ice = { iceServers: [server], iceTransportPolicy: "relay" as const };
  assertEquals([gatherer.made.map(({ ice }) => ice), made], [[ice], 3]);
});

Deno.test("checkTurn() does not talk through a relay that it did not get", async () => {
  const errors = [{ errorCode: 401, errorText: "Unauthorized" }, TIMED_OUT];
  const browser = browserWith({ "turn:a": { errors } });
  const { state, details, next } = inEnglish(await checkTurn([{ urls: ["turn:a"] }], browser));
  assertEquals([state, browser.made.length], ["failed", 1]);
  assertEquals(details, ["turn:a: did not accept the credentials (401 Unauthorized)"]);
  assertMatch(next ?? "", /clocks/);
});

Deno.test("judgeNoRelay() tells the causes apart", () => {
  const table = [
    [401, /did not accept the credentials \(401 words\)/],
    [441, /did not accept/],
    [486, /has no room \(486 words\)/],
    [701, /no answer \(701 words\)/],
    [400, /refused \(400 words\)/],
  ] as const;
  for (const [code, words] of table) {
    const finding = inEnglish(judgeNoRelay([{ code, text: "words" }]));
    assertEquals(finding.state, "failed");
    assertMatch(finding.sentence, words);
    assertMatch(finding.next ?? "", /\.$/);
  }
  assertEquals(inEnglish(judgeNoRelay([])).sentence, "no answer");
});

Deno.test("judgeRelay() does not trust a relay that carried nothing", () => {
  const kinds = [{ type: "relay", family: "IPv6" }] as const;
  const relay = judgeRelay({ kinds, errors: [], ended: true }, undefined);
  const { state, sentence } = inEnglish(relay);
  assertEquals([state, sentence], ["failed", "gave a relay (IPv6), which carried nothing"]);
});
