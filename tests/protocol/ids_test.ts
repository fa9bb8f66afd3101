import { assert, assertEquals, assertMatch } from "@std/assert";
import { reasonOf } from "../fakes/unwrap.ts";
import { isPeerId, parseRoomName, randomId } from "../../lib/protocol/ids.ts";

const GOOD = ["a", "lobby", "A-b_9", "x".repeat(64)];
const BAD = [
  "",
  " ",
  "a b",
  "ü",
  "a/b",
  "../etc",
  "a\n",
  "x".repeat(65),
  "<script>",
  "a\u0000",
  null,
  undefined,
  7,
  ["a"],
];

Deno.test("parseRoomName() takes 1 to 64 letters, digits, - and _", () => {
  for (const name of GOOD) assertEquals(parseRoomName(name), { ok: true, value: name });
});

Deno.test("parseRoomName() refuses anything else with what is allowed", () => {
  for (const name of BAD) {
    const parsed = parseRoomName(name);
    assertMatch(reasonOf(parsed, String(name)), /1 to 64 letters, digits, - or _/);
  }
});

Deno.test("parseRoomName() says that a missing name is missing", () => {
  for (const name of ["", null, undefined]) {
    const parsed = parseRoomName(name);
    assertMatch(reasonOf(parsed, String(name)), /missing/);
  }
});

Deno.test("randomId() draws ids of the length that was asked for, all different", () => {
  const ids = new Set<string>();
  for (let i = 0; i < 1000; i++) {
    const id = randomId(16);
    assertMatch(id, /^[A-Za-z0-9_-]{16}$/);
    assert(isPeerId(id));
    ids.add(id);
  }
  assertEquals(ids.size, 1000);
});
