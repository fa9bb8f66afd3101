import { assert, assertEquals, assertMatch } from "@std/assert";
import {
  checkIceUrls,
  isStunUrl,
  isTurnUrl,
  KINDS,
  parseIceUrls,
} from "../../lib/server/ice_urls.ts";
import { reasonOf, valueOf } from "../fakes/unwrap.ts";

const HOSTS = [
  ...["a", "stun.example", "stun-1.example.org", "my_turn", "192.0.2.1", "[::1]", "[2001:db8::1]"],
  ...["a:1", "stun.example:3478", "192.0.2.1:65535", "[::1]:5349"],
];
const NO_HOSTS = [
  ...["", ":3478", "//a", "a b", "a/b", "u@a", "u:p@a", "::1", "[::1", "[]", "[::g]", "[1:2:3]"],
  ...["a:", "a:0", "a:65536", "a:99999", "a:x", "a:1:2", "a#b", "a\n", "é", "192.0.2.256"],
];
const QUERIES = ["?transport=udp", "?transport=tcp"];
const NO_QUERIES = ["?", "?transport=", "?transport=tls", "?transport=UDP", "?transport=udp&a=b"];

Deno.test("isStunUrl() and isTurnUrl() know the URLs that RFC 7064 and RFC 7065 describe", () => {
  for (const host of HOSTS) {
    for (const end of ["", "s"]) {
      assertEquals([isStunUrl(`stun${end}:${host}`), isTurnUrl(`turn${end}:${host}`)], [
        true,
        true,
      ]);
      assertEquals([isTurnUrl(`stun${end}:${host}`), isStunUrl(`turn${end}:${host}`)], [
        false,
        false,
      ]);
      for (const query of QUERIES) {
        assertEquals(isTurnUrl(`turn${end}:${host}${query}`), true, host + query);
        assertEquals(isStunUrl(`stun${end}:${host}${query}`), false, host + query);
      }
      for (const query of NO_QUERIES) {
        assertEquals(isTurnUrl(`turn${end}:${host}${query}`), false, host + query);
      }
    }
  }
  for (const host of NO_HOSTS) {
    assertEquals([host, isStunUrl(`stun:${host}`), isTurnUrl(`turn:${host}`)], [
      host,
      false,
      false,
    ]);
  }
  for (const url of ["STUN:a", "TURN:a", "http://a", "turnx:a", " turn:a", "turn:a "]) {
    assert(!isStunUrl(url) && !isTurnUrl(url), url);
  }
});

Deno.test("parseIceUrls() reads a list of one kind, and says by an example what it must be", () => {
  const all = "stun:a, turn:b?transport=tcp,, turns:c ";
  assertEquals(valueOf(parseIceUrls(all, "any")), ["stun:a", "turn:b?transport=tcp", "turns:c"]);
  assertEquals(valueOf(parseIceUrls("", "turn")), []);
  assertMatch(
    reasonOf(parseIceUrls(all, "stun")),
    /^must be URLs like stun:.*: current value is "turn:b\?transport=tcp"$/,
  );
  assertMatch(reasonOf(parseIceUrls(all, "turn")), /like turn:.*: current value is "stun:a"$/);
  assertMatch(reasonOf(parseIceUrls("a", "any")), /like stun:.* or turn:.*: current value is "a"$/);
});

Deno.test("checkIceUrls() shows what is wrong without the password in it", () => {
  for (
    const url of ["turn:ann:s3cret@a", "turn:s3cret@a", "turn:a:s3@s3cret@a", "stun:x\ns3cret@a"]
  ) {
    const reason = reasonOf(checkIceUrls([url], "any"));
    assert(!reason.includes("s3"), reason);
    assertMatch(reason, /current value is "(turn|stun):…@a"$/);
  }
});

Deno.test("KINDS has an example of each kind that passes", () => {
  assert(isStunUrl(KINDS.stun) && isTurnUrl(KINDS.turn));
  assertEquals(KINDS.any, `${KINDS.stun} or ${KINDS.turn}`);
});
