import type { Version } from "../../lib/protocol/messages.ts";
import { pick } from "../fakes/random.ts";

const DEEP = "[".repeat(900) + "]".repeat(900);

/** What neither version takes. */
const BAD = [
  "",
  "junk",
  "{}",
  "[]",
  "null",
  "7",
  '"offer"',
  '{"type":"offer"}',
  '{"type":"offer","sdp":7}',
  '{"type":"welcome","peer":"x"}',
  '{"type":"peer-left","peer":"x","reason":"lost"}',
  '{"type":"__proto__","sdp":"x"}',
  '{"__proto__":{"type":"offer","sdp":"x"}}',
  '{"type":"candidate"}',
  '{"type":"candidate","candidate":7}',
  '{"type":"offer","sdp":"x"',
  '{"type":"offer","sdp":"x"}{"type":"offer","sdp":"x"}',
  DEEP,
  "{".repeat(1000),
  '{"type":"offer","sdp":"\ud800',
];

/** What version 1 does not know, and version 2 does not take. */
const BAD_FOR = {
  1: [
    '{"type":"join"}',
    '{"type":"ping","t":7}',
    '{"type":"ice-servers"}',
    '{"type":"candidate","candidate":null}',
  ],
  2: [
    '{"type":"offer","sdp":"x","from":"me"}',
    '{"type":"leave","\\u0066rom":"me"}',
    '{"type":"ping","t":1e999}',
    '{"type":"join","resume":""}',
    '{"type":"offer","sdp":"x","to":""}',
    '{"type":"candidate","candidate":"line"}',
  ],
};

/** Draws a text that is no message of `version`. */
export function badText(random: () => number, version: Version): string {
  return pick(random, random() < 0.6 ? BAD : BAD_FOR[version]);
}

interface Wish {
  kind: "signal" | "leave";
  n: number;
  version: Version;
  /** Whom it may be addressed to. */
  others: string[];
}

/** Draws a valid message that can be told from all others by its `n`. */
export function newSignal(random: () => number, { kind, n, version, others }: Wish) {
  const extra = random() < 0.1 ? { "__proto__ ": 1, x: "\ud800", deep: [[[{}]]] } : {};
  if (kind === "leave") return { type: "leave", n, ...extra };
  const type = pick(random, ["offer", "answer", "candidate"]);
  const candidates = version === 1 ? ["line", { candidate: "c" }] : [null, { candidate: "c" }];
  const body = type === "candidate"
    ? { candidate: pick<unknown>(random, candidates) }
    : { sdp: "s".repeat(Math.floor(random() * 200)) };
  const to = random() < 0.4 ? { to: pick(random, others) } : {};
  // Version 1 may write these as it likes: they mean nothing.
  const from = version === 1 && random() < 0.2 ? { from: pick(random, others) } : {};
  return { type, n, ...body, ...to, ...from, ...extra };
}
