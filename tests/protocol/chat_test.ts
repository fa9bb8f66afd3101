import { assert, assertEquals } from "@std/assert";
import { parseChatFrame } from "../../lib/protocol/chat.ts";

Deno.test("parseChatFrame() reads every frame", () => {
  const table = [
    { t: "hello", app: "tincan", v: 1 },
    { t: "hello", app: "other", v: 2, name: "Ada" },
    { t: "say", id: "01J", at: 5, text: "" },
    { t: "ack", id: "01J" },
    { t: "seen", id: "01J" },
    { t: "typing", on: false },
    { t: "bye" },
  ];
  for (const frame of table) {
    assertEquals<unknown>(parseChatFrame(JSON.stringify(frame)), { ok: true, value: frame });
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
    ]
  ) assert(!parseChatFrame(text).ok, text);
});
