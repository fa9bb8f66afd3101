import { assert, assertEquals } from "@std/assert";
import { parseChatFrame } from "../../lib/protocol/chat.ts";
import { parseClientMessage, parseObject, parseVersion1 } from "../../lib/protocol/parse.ts";
import { parseServerMessage } from "../../lib/protocol/parse_server.ts";
import { Outgoing } from "../../lib/protocol/translate.ts";
import { pick, seededRandom } from "../fakes/random.ts";
import { valueOf } from "../fakes/unwrap.ts";

const SEEDS = 20;
const ROUNDS = 500;

const KEYS = ["type", "sdp", "candidate", "to", "from", "t", "peer", "__proto__", "constructor"];
const TYPES = [
  ...["join", "offer", "answer", "candidate", "leave", "ice-servers", "ping"],
  ...["welcome", "error", "say"],
];
const LEAVES = ["", "x", "\ud800", "a".repeat(70), 0, -0, 1e308, null, true, "null", "</script>"];

/** Makes a value of JSON that looks a little like a message. */
function value(random: () => number, depth: number): unknown {
  const roll = random();
  if (depth <= 0 || roll < 0.5) return pick(random, LEAVES);
  if (roll < 0.6) {
    return Array.from({ length: Math.floor(random() * 4) }, () => value(random, depth - 1));
  }
  const entries = Array.from({ length: Math.floor(random() * 5) }, () => [
    pick(random, KEYS),
    value(random, depth - 1),
  ]);
  return Object.fromEntries([["type", pick(random, TYPES)], ...entries]);
}

/** Makes a text: JSON, or JSON with a few characters changed. */
function text(random: () => number): string {
  const json = JSON.stringify(value(random, 4));
  if (random() < 0.7) return json;
  const at = Math.floor(random() * json.length);
  return json.slice(0, at) + pick(random, ["", "{", "}", "\\", '"', "\u0000", "😀", ","]) +
    json.slice(at + 1);
}

Deno.test("the parsers never throw, and what passes holds its types", () => {
  let passed = 0;
  for (let seed = 1; seed <= SEEDS; seed++) {
    const random = seededRandom(seed);
    for (let round = 0; round < ROUNDS; round++) {
      const input = text(random);
      for (const parse of [parseVersion1, parseClientMessage]) {
        const parsed = parse(input);
        if (!parsed.ok) {
          assert(parsed.reason.length > 0);
          continue;
        }
        passed++;
        const { message } = parsed.value;
        if (message.type === "offer" || message.type === "answer") {
          assertEquals(typeof message.sdp, "string", `seed ${seed}: ${input}`);
        }
      }
      parseServerMessage(input);
      parseChatFrame(input);
    }
  }
  assert(passed > 100, `only ${passed} inputs were valid: the fuzzer lost its aim`);
});

Deno.test("Outgoing.textFor() gives version 2 the server's from, whatever the sender wrote", () => {
  let translated = 0;
  for (let seed = 1; seed <= SEEDS; seed++) {
    const random = seededRandom(seed);
    for (let round = 0; round < ROUNDS; round++) {
      const input = text(random);
      for (const parse of [parseVersion1, parseClientMessage]) {
        const parsed = parse(input);
        if (!parsed.ok) continue;
        const outgoing = new Outgoing(input, parsed.value, "server-says");
        const output = parseObject(outgoing.textFor(2));
        assertEquals(valueOf(output).from, "server-says", `seed ${seed}: ${input}`);
        translated++;
      }
    }
  }
  assert(translated > 100);
});
