import { assertEquals } from "@std/assert";
import { valueOf } from "../fakes/unwrap.ts";
import { parseClientMessage, parseObject, parseVersion1 } from "../../lib/protocol/parse.ts";
import { Outgoing } from "../../lib/protocol/translate.ts";

function fromVersion1(text: string): Outgoing {
  return new Outgoing(text, valueOf(parseVersion1(text)), "me");
}

function fromVersion2(text: string): Outgoing {
  return new Outgoing(text, valueOf(parseClientMessage(text)), "me");
}

function object(text: string | undefined): unknown {
  const parsed = parseObject(text);
  return valueOf(parsed);
}

Deno.test("Outgoing.textFor() forwards version 1 to version 1 byte for byte", () => {
  for (
    const text of [
      ' { "type" : "offer",\n"sdp":"\\u00fc ü" , "x":1.0} \n',
      '{"type":"candidate","candidate":"c","from":"me","to":"x"}',
    ]
  ) assertEquals(fromVersion1(text).textFor(1), text);
});

Deno.test("Outgoing.textFor() adds from for version 2", () => {
  const text = ' {"type": "offer", "sdp": "}", "extra": {"a": []}} ';
  const expected = { type: "offer", sdp: "}", extra: { a: [] }, from: "me" };
  assertEquals(object(fromVersion1(text).textFor(2)), expected);
  assertEquals(object(fromVersion2(text).textFor(2)), expected);
});

Deno.test("Outgoing.textFor() never lets a version 1 client say who it is", () => {
  for (
    const text of [
      '{"type":"offer","sdp":"x","from":"you"}',
      '{"type":"offer","sdp":"x","from":"you","from":"him"}',
      '{"type":"offer","sdp":"x","\\u0066rom":"you"}',
    ]
  ) {
    const translated = fromVersion1(text).textFor(2);
    assertEquals(object(translated), { type: "offer", sdp: "x", from: "me" });
    assertEquals(translated?.match(/from/g)?.length, 1);
  }
});

Deno.test("Outgoing.textFor() hides from and to from version 1", () => {
  const untargeted = '{ "type":"offer", "sdp":"x" }';
  assertEquals(fromVersion2(untargeted).textFor(1), untargeted);
  const targeted = '{"type":"offer","sdp":"x","to":"you","extra":1}';
  assertEquals(fromVersion2(targeted).textFor(1), '{"type":"offer","sdp":"x","extra":1}');
});

Deno.test("Outgoing.textFor() keeps the end of candidates from version 1, which has no word for it", () => {
  assertEquals(fromVersion2('{"type":"candidate","candidate":null}').textFor(1), undefined);
  assertEquals(
    object(fromVersion2('{"type":"candidate","candidate":null}').textFor(2)),
    { type: "candidate", candidate: null, from: "me" },
  );
});

Deno.test("Outgoing.textFor() leaves alone what is called from or to further inside", () => {
  const text = '{"type":"offer","sdp":"x","extra":{"from":"a","to":"b"}}';
  const extra = { from: "a", to: "b" };
  assertEquals(object(fromVersion1(text).textFor(2)), {
    type: "offer",
    sdp: "x",
    extra,
    from: "me",
  });
  const targeted = text.replace("{", '{"to":"you",');
  assertEquals(object(fromVersion2(targeted).textFor(1)), { type: "offer", sdp: "x", extra });
});

Deno.test("Outgoing.textFor() carries keys of the prototype as what they are, plain fields", () => {
  const proto = '"__proto__":{"admin":true},"constructor":7';
  const own = fromVersion1(`{"type":"offer","sdp":"x","from":"you",${proto}}`).textFor(2);
  assertEquals(own, `{"type":"offer","sdp":"x","from":"me",${proto}}`);
  const targeted = fromVersion2(`{"type":"offer","to":"you","sdp":"x",${proto}}`).textFor(1);
  assertEquals(targeted, `{"type":"offer","sdp":"x",${proto}}`);
});

Deno.test("Outgoing.textFor() writes what is nested as deeply as a frame allows", () => {
  const deep = "[".repeat(32_000) + "]".repeat(32_000);
  const own = `{"type":"offer","sdp":"x","from":"me","deep":${deep}}`;
  assertEquals(fromVersion1(own.replace('"me"', '"you"')).textFor(2), own);
  const targeted = `{"type":"offer","to":"you","sdp":"x","deep":${deep}}`;
  assertEquals(
    fromVersion2(targeted).textFor(1),
    `{"type":"offer","sdp":"x","deep":${deep}}`,
  );
});

Deno.test("Outgoing.textFor() sends half a character on as an escape where it writes anew", () => {
  const targeted = '{"type":"offer","to":"you","sdp":"\\ud800"}';
  assertEquals(fromVersion2(targeted).textFor(1), '{"type":"offer","sdp":"\\ud800"}');
});

Deno.test("Outgoing.textFor() keeps a stray to of a version 2 leave from version 1", () => {
  const text = fromVersion2('{"type":"leave","to":"you","why":"tea"}').textFor(1);
  assertEquals(object(text), { type: "leave", why: "tea" });
});

Deno.test("Outgoing.bytes are those of the frame as its sender wrote it", () => {
  const outgoing = fromVersion1(' {"type":"leave","to":"€"}');
  assertEquals(outgoing.bytes, 28);
  outgoing.textFor(2);
  assertEquals(outgoing.bytes, 28);
});
