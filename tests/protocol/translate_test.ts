import { assertEquals } from "@std/assert";
import { valueOf } from "../fakes/unwrap.ts";
import { parseClientMessage, parseObject, parseVersion1 } from "../../lib/protocol/parse.ts";
import { type Outgoing, translate } from "../../lib/protocol/translate.ts";

function fromVersion1(text: string): Outgoing {
  const parsed = parseVersion1(text);
  return { ...valueOf(parsed), text, from: "me" };
}

function fromVersion2(text: string): Outgoing {
  const parsed = parseClientMessage(text);
  return { ...valueOf(parsed), text, from: "me" };
}

function object(text: string | undefined): unknown {
  const parsed = parseObject(text);
  return valueOf(parsed);
}

Deno.test("translate() forwards version 1 to version 1 byte for byte", () => {
  for (
    const text of [
      ' { "type" : "offer",\n"sdp":"\\u00fc ü" , "x":1.0} \n',
      '{"type":"candidate","candidate":"c","from":"me","to":"x"}',
    ]
  ) assertEquals(translate(fromVersion1(text), 1), text);
});

Deno.test("translate() adds from for version 2", () => {
  const text = ' {"type": "offer", "sdp": "}", "extra": {"a": []}} ';
  const expected = { type: "offer", sdp: "}", extra: { a: [] }, from: "me" };
  assertEquals(object(translate(fromVersion1(text), 2)), expected);
  assertEquals(object(translate(fromVersion2(text), 2)), expected);
});

Deno.test("translate() never lets a version 1 client say who it is", () => {
  for (
    const text of [
      '{"type":"offer","sdp":"x","from":"you"}',
      '{"type":"offer","sdp":"x","from":"you","from":"him"}',
      '{"type":"offer","sdp":"x","\\u0066rom":"you"}',
    ]
  ) {
    const translated = translate(fromVersion1(text), 2);
    assertEquals(object(translated), { type: "offer", sdp: "x", from: "me" });
    assertEquals(translated?.match(/from/g)?.length, 1);
  }
});

Deno.test("translate() hides from and to from version 1", () => {
  const untargeted = '{ "type":"offer", "sdp":"x" }';
  assertEquals(translate(fromVersion2(untargeted), 1), untargeted);
  const targeted = '{"type":"offer","sdp":"x","to":"you","extra":1}';
  assertEquals(translate(fromVersion2(targeted), 1), '{"type":"offer","sdp":"x","extra":1}');
});

Deno.test("translate() keeps the end of candidates from version 1, which has no word for it", () => {
  assertEquals(translate(fromVersion2('{"type":"candidate","candidate":null}'), 1), undefined);
  assertEquals(
    object(translate(fromVersion2('{"type":"candidate","candidate":null}'), 2)),
    { type: "candidate", candidate: null, from: "me" },
  );
});
