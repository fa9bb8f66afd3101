import { assert, assertEquals } from "@std/assert";
import { CLOSE } from "../lib/protocol/closes.ts";
import { LIMITS } from "../lib/protocol/limits.ts";
import { parseObject } from "../lib/protocol/parse.ts";
import { SETTINGS } from "../lib/server/config.ts";
import { valueOf } from "./fakes/unwrap.ts";

function readText(path: string): Promise<string> {
  return Deno.readTextFile(new URL(`../${path}`, import.meta.url));
}

Deno.test("docs/SETTINGS.md lists every setting in its order, and the default of every limit", async () => {
  const rows = (await readText("docs/SETTINGS.md")).matchAll(/^\| `(\w+)` +\| `?([^`|]*)`? +\|/gm);
  const listed = new Map(Array.from(rows, ([, name, value]) => [name, value?.trim()]));
  assertEquals([...listed.keys()], Object.keys(SETTINGS));
  for (const [name, limit] of Object.entries(LIMITS)) {
    assertEquals([name, listed.get(name)], [name, String(limit.default)]);
  }
});

Deno.test("docs/PROTOCOL.md names every close code and every error code", async () => {
  const text = await readText("docs/PROTOCOL.md");
  for (const { code } of Object.values(CLOSE)) {
    assert(text.includes(`| ${code} |`), `The close code ${code} is missing`);
  }
  const messages = await readText("lib/protocol/messages.ts");
  const union = messages.match(/export type ErrorCode =([^;]*);/)?.[1] ?? "";
  const codes = Array.from(union.matchAll(/"([a-z-]+)"/g), ([, code]) => code!);
  assert(codes.length > 10);
  for (const code of codes) assert(text.includes(`| \`${code}\``), `${code} is missing`);
});

Deno.test("deno.json lets the server read every setting, and no more than it names", async () => {
  const tasks = valueOf(parseObject(await readText("deno.json"))).tasks as {
    [name: string]: { command: string };
  };
  const deployment = ["DENO_DEPLOYMENT_ID", "GITHUB_SHA", "CI_COMMIT_SHA"];
  for (const name of ["start", "pack", "demo"]) {
    const [, allowed] = tasks[name]!.command.match(/--allow-env=(\S+)/) ?? [];
    assertEquals([name, allowed?.split(",")], [name, [...Object.keys(SETTINGS), ...deployment]]);
  }
});
