import { assert, assertEquals, assertMatch } from "@std/assert";
import { reasonOf, valueOf } from "../fakes/unwrap.ts";
import {
  parseClientMessage,
  parseList,
  parseObject,
  parseVersion1,
} from "../../lib/protocol/parse.ts";

const CANDIDATE = { candidate: "candidate:1 1 udp 1 10.0.0.1 1 typ host", sdpMid: "0" };

Deno.test("parseObject() refuses what is no JSON object", () => {
  for (const text of ["", "{", "[]", "null", "7", '"x"', "true", "{'a':1}", new Uint8Array(2), 7]) {
    assert(!parseObject(text).ok, String(text));
  }
});

Deno.test("parseList() reads JSON lists, and nothing else", () => {
  assertEquals(valueOf(parseList('[1, {"a": []}]')), [1, { a: [] }]);
  for (const text of ["", "[", "{}", "null", "7", '"[]"', "a,b"]) {
    assertMatch(reasonOf(parseList(text), text), /JSON list/);
  }
});

Deno.test("parseVersion1() reads every message of version 1", () => {
  const table = [
    { type: "offer", sdp: "v=0" },
    { type: "answer", sdp: "" },
    { type: "candidate", candidate: "candidate:1" },
    { type: "candidate", candidate: CANDIDATE },
    { type: "leave" },
  ];
  for (const message of table) {
    const parsed = parseVersion1(JSON.stringify(message));
    assertEquals<unknown>(valueOf(parsed).message, message);
  }
});

Deno.test("parseVersion1() allows fields that it does not know", () => {
  const parsed = parseVersion1('{"type":"offer","sdp":"x","from":"me","to":7,"extra":[1]}');
  assertEquals<unknown>(valueOf(parsed).message, { type: "offer", sdp: "x" });
  assertEquals(valueOf(parsed).object.extra, [1]);
});

Deno.test("parseVersion1() says what is wrong and what is allowed", () => {
  const table: [unknown, RegExp][] = [
    ["hello", /must be JSON/],
    ["[]", /JSON object/],
    [new ArrayBuffer(1), /text, not binary/],
    ["{}", /"type" must be one of offer, answer, candidate, leave/],
    ['{"type":"join"}', /"type" must be one of/],
    ['{"type":"__proto__"}', /"type" must be one of/],
    ['{"type":["offer"],"sdp":"x"}', /"type" must be one of/],
    ['{"type":"offer"}', /"sdp" must be a string/],
    ['{"type":"offer","sdp":null}', /"sdp" must be a string/],
    ['{"type":"answer","sdp":{}}', /"sdp" must be a string/],
    ['{"__proto__":{"sdp":"x"},"type":"offer"}', /"sdp" must be a string/],
    ['{"type":"candidate"}', /"candidate" must be a string or an object/],
    ['{"type":"candidate","candidate":null}', /"candidate" must be a string or an object/],
    ['{"type":"candidate","candidate":[]}', /"candidate" must be a string or an object/],
  ];
  for (const [text, reason] of table) {
    const parsed = parseVersion1(text);
    assertMatch(reasonOf(parsed, String(text)), reason);
  }
});

Deno.test("parseClientMessage() reads every message of version 2", () => {
  const table = [
    { type: "join" },
    { type: "join", auth: "a", resume: "b" },
    { type: "offer", sdp: "v=0" },
    { type: "answer", sdp: "v=0", to: "peer-1" },
    { type: "candidate", candidate: null },
    { type: "candidate", candidate: CANDIDATE, to: "peer-1" },
    {
      type: "candidate",
      candidate: { candidate: "", sdpMid: null, sdpMLineIndex: 0, usernameFragment: null },
    },
    { type: "leave" },
    { type: "ice-servers" },
    { type: "ping", t: 1.5 },
    { type: "pong", t: -0.5 },
  ];
  for (const message of table) {
    const parsed = parseClientMessage(JSON.stringify(message));
    assertEquals<unknown>(valueOf(parsed).message, message);
  }
});

Deno.test("parseClientMessage() refuses a from, however it is spelled", () => {
  for (
    const text of [
      '{"type":"offer","sdp":"x","from":"me"}',
      '{"from":null,"type":"leave"}',
      '{"type":"offer","sdp":"x","\\u0066rom":"me"}',
      '{"type":"ping","t":1,"from":1,"from":2}',
      '{"type":"pong","t":1,"from":null}',
      '{"type":"join","from":"me"}',
      '{"type":"ice-servers","from":"me"}',
    ]
  ) {
    const parsed = parseClientMessage(text);
    assertMatch(reasonOf(parsed, String(text)), /"from" is the server's to say/);
  }
});

Deno.test("parseClientMessage() says what is wrong and what is allowed", () => {
  const table: [string, RegExp][] = [
    [
      '{"type":"welcome"}',
      /"type" must be one of join, offer, answer, candidate, leave, ice-servers, ping, pong$/,
    ],
    ['{"type":"offer","sdp":"x","to":""}', /"to" must be the id of a peer/],
    ['{"type":"offer","sdp":"x","to":"a b"}', /"to" must be the id of a peer/],
    ['{"type":"offer","sdp":"x","to":null}', /"to" must be the id of a peer/],
    ['{"type":"candidate"}', /"candidate" must be null or an object/],
    ['{"type":"candidate","candidate":"c"}', /"candidate" must be null or an object/],
    ['{"type":"candidate","candidate":{}}', /"candidate.candidate" must be a string/],
    ['{"type":"candidate","candidate":{"candidate":"c","sdpMid":0}}', /sdpMid/],
    ['{"type":"candidate","candidate":{"candidate":"c","sdpMLineIndex":-1}}', /0 to 65535/],
    ['{"type":"candidate","candidate":{"candidate":"c","sdpMLineIndex":1e9}}', /0 to 65535/],
    ['{"type":"candidate","candidate":{"candidate":"c","usernameFragment":1}}', /usernameFragment/],
    ['{"type":"ping"}', /"t" must be a number/],
    ['{"type":"ping","t":"1"}', /"t" must be a number/],
    ['{"type":"ping","t":1e999}', /"t" must be a number/],
    ['{"type":"pong"}', /"t" must be a number/],
    ['{"type":"pong","t":null}', /"t" must be a number/],
    ['{"type":"pong","t":-1e999}', /"t" must be a number/],
    ['{"type":"join","auth":""}', /"auth" must be a string/],
    ['{"type":"join","resume":""}', /"resume" must be a string/],
    ['{"type":"join","resume":["x"]}', /"resume" must be a string/],
    ['{"type":"join","auth":7}', /"auth" must be a string/],
    [`{"type":"join","resume":"${"x".repeat(129)}"}`, /"resume" must be a string/],
  ];
  for (const [text, reason] of table) {
    const parsed = parseClientMessage(text);
    assertMatch(reasonOf(parsed, String(text)), reason);
  }
});
