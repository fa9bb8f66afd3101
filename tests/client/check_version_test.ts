import { assertEquals } from "@std/assert";
import { APP_VERSION } from "../../lib/client/check/version.ts";
import { parseObject } from "../../lib/protocol/parse.ts";
import { valueOf } from "../fakes/unwrap.ts";

Deno.test("APP_VERSION is the version in deno.json", async () => {
  const text = await Deno.readTextFile(new URL("../../deno.json", import.meta.url));
  assertEquals(APP_VERSION, valueOf(parseObject(text)).version);
});
