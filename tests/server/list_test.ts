import { assertEquals } from "@std/assert";
import { splitList } from "../../lib/server/list.ts";

Deno.test("splitList() drops what is empty, and the white space around the rest", () => {
  for (
    const [text, entries] of [
      ["", []],
      [" , ,", []],
      ["a", ["a"]],
      [" a,b\t,, c d ", ["a", "b", "c d"]],
    ] as const
  ) assertEquals(splitList(text), [...entries]);
});
