import { assert, assertEquals } from "@std/assert";
import { isBlank, parseChatFrame } from "../../lib/protocol/chat.ts";

Deno.test("parseChatFrame() reads every frame", () => {
  const table = [
    { t: "hello", app: "tincan", v: 1 },
    { t: "hello", app: "other", v: 2, name: "Ada" },
    { t: "hello", app: "tincan", v: 1, tab: "t".repeat(64), peer: "p" },
    { t: "say", id: "01J", at: 5, text: "" },
    { t: "ack", id: "01J" },
    { t: "seen", id: "01J" },
    { t: "typing", on: false },
    { t: "ping", at: 5 },
    { t: "pong", at: -0.5 },
    { t: "bye" },
  ];
  for (const frame of table) {
    assertEquals<unknown>(parseChatFrame(JSON.stringify(frame)), { ok: true, value: frame });
  }
});

Deno.test("parseChatFrame() takes a hello without what in it cannot be used", () => {
  for (
    const junk of [{ tab: "", peer: "" }, { tab: 1, peer: null }, { tab: "x".repeat(65) }, {
      tab: "peer:1",
      peer: "a b",
    }]
  ) {
    const hello = { t: "hello", app: "other", v: 1 };
    const frame = JSON.stringify({ ...hello, name: 7, ...junk });
    assertEquals<unknown>(parseChatFrame(frame), { ok: true, value: hello });
  }
});

Deno.test("parseChatFrame() keeps no fields that it does not know", () => {
  for (
    const [frame, value] of [
      ['{"t":"ping","at":5,"x":1}', { t: "ping", at: 5 }],
      ['{"t":"bye","x":1}', { t: "bye" }],
    ] as const
  ) {
    assertEquals<unknown>(parseChatFrame(frame), { ok: true, value });
  }
});

Deno.test("parseChatFrame() refuses what is no frame", () => {
  for (
    const text of [
      "hi there",
      "{}",
      '{"t":"shout"}',
      '{"t":"hello"}',
      '{"t":"say","id":"a","at":1}',
      '{"t":"say","id":"","at":1,"text":"x"}',
      '{"t":"say","id":"a","at":"now","text":"x"}',
      '{"t":"say","id":"a","at":1e300,"text":"x"}',
      '{"t":"say","id":"a","at":1e999,"text":"x"}',
      `{"t":"ack","id":"${"x".repeat(65)}"}`,
      '{"t":"typing"}',
      '{"t":"ping"}',
      '{"t":"pong","at":"now"}',
    ]
  ) assert(!parseChatFrame(text).ok, text);
});

Deno.test("isBlank() is true of what nobody could see", () => {
  for (
    const text of ["", " \n\t", "\u200b\u200d\u2060", "\u3164", "\u2800 \u2800", "\u202e", "\u00ad"]
  ) {
    assert(isBlank(text), JSON.stringify(text));
  }
  for (const text of [".", " x ", "🥫", "\u200bx", "0", "é"]) assert(!isBlank(text), text);
});
