import { assert, assertEquals } from "@std/assert";
import { fromFileUrl, join, relative } from "@std/path";
import { isObject, parseObject } from "../lib/protocol/parse.ts";
import { valueOf } from "./fakes/unwrap.ts";

const ROOT = fromFileUrl(new URL("..", import.meta.url));

/** Who may import whom: the folder (or file) of a module, and what its imports may begin with. */
const MAY_IMPORT: Record<string, string[]> = {
  "lib/protocol/": ["lib/protocol/"],
  "lib/clock.ts": [],
  "lib/locales/": ["lib/locales/"],
  "lib/server/": ["lib/server/", "lib/protocol/", "lib/clock.ts", "fresh", "std"],
  "lib/server/preferences.ts": ["lib/locales/"],
  "lib/server/client_address.ts": ["npm:ipaddr.js"],
  "lib/server/compress.ts": ["node:util", "node:zlib"],
  "lib/server/turn_credentials.ts": ["node:crypto"],
  "lib/client/": ["lib/client/", "lib/protocol/", "lib/clock.ts", "std"],
  "lib/client/conversation.ts": ["npm:@preact/signals"],
  "lib/client/check/": ["lib/locales/"],
  "lib/client/files/digest.ts": ["npm:@noble/hashes"],
  "lib/client/invite/qr.ts": ["npm:qr"],
  "lib/fresh/": ["lib/fresh/", "npm:", "std", "node:"],
  "lib/demo.ts": ["lib/protocol/", "lib/clock.ts"],
  "lib/lean_lock.ts": ["lib/protocol/"],
  "lib/dev.ts": ["fresh/dev", "npm:esbuild", "lib/server/listen.ts", "main.ts", "std"],
  "islands/": [
    "islands/",
    "lib/client/",
    "lib/protocol/",
    "lib/locales/",
    "lib/clock.ts",
    "fresh/runtime",
    "npm:preact",
    "npm:@preact/signals",
  ],
  "routes/": ["islands/", "lib/locales/", "lib/server/", "lib/protocol/", "fresh", "npm:preact"],
  "main.ts": ["_fresh/server.js", "lib/server/", "lib/clock.ts", "lib/demo.ts", "fresh", "std"],
};

/** Every import of our own modules: from a path of the tree to a path or an npm package. */
async function readImports(): Promise<Map<string, string[]>> {
  const roots = ["main.ts"];
  for (const folder of ["lib", "routes", "islands"]) roots.push(...await sources(folder));
  const imports = new Map<string, string[]>();
  for (const root of roots) {
    // One root a call: a module that only the type checker sees is in no other's graph.
    if (imports.has(root)) continue;
    for (const module of await graph(root)) {
      const path = nameOf(String(module.specifier), {});
      if (isOurs(path) && !imports.has(path)) {
        imports.set(path, dependencies(module));
      }
    }
  }
  return imports;
}

/** Whether a path is of a module that somebody wrote, here. */
function isOurs(path: string): boolean {
  return !/:|^(std$|\.\.|_fresh\/)/.test(path);
}

async function sources(folder: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(join(ROOT, folder))) {
    if (isDirectory) found.push(...await sources(`${folder}/${name}`));
    else if (/\.tsx?$/.test(name)) found.push(`${folder}/${name}`);
  }
  return found;
}

let redirects: Record<string, unknown> = {};

async function graph(root: string): Promise<Record<string, unknown>[]> {
  const { stdout, stderr, success } = await new Deno.Command(Deno.execPath(), {
    args: ["info", "--json", root],
    cwd: ROOT,
  }).output();
  const text = new TextDecoder();
  assert(success, text.decode(stderr));
  const info = valueOf(parseObject(text.decode(stdout)));
  redirects = isObject(info.redirects) ? info.redirects : {};
  return (info.modules as unknown[]).filter(isObject);
}

function dependencies(module: Record<string, unknown>): string[] {
  const list = Array.isArray(module.dependencies) ? module.dependencies : [];
  return list.flatMap(({ specifier, code, type }) => {
    // Whatever stands in Fresh's place, it is called Fresh.
    if (/^fresh(\/|$)/.test(specifier)) return [specifier];
    const resolved = code?.specifier ?? type?.specifier;
    return typeof resolved === "string" ? [nameOf(resolved, redirects)] : [];
  });
}

/** A path of the tree, `std`, or `npm:` and a package. */
function nameOf(specifier: string, aliases: Record<string, unknown>): string {
  const target = String(aliases[specifier] ?? specifier);
  if (target.startsWith("file:")) return relative(ROOT, fromFileUrl(target)).replaceAll("\\", "/");
  if (/^npm:\/?deno-std@/.test(target)) return "std";
  return target.replace("npm:/", "npm:");
}

const imports = await readImports();

Deno.test("every import is one that the house allows", () => {
  const wrong: string[] = [];
  for (const [from, targets] of imports) {
    const rules = Object.entries(MAY_IMPORT).filter(([place]) => from.startsWith(place));
    assert(rules.length > 0, `${from} has no place in the house`);
    const allowed = rules.flatMap(([, list]) => list);
    for (const target of targets) {
      if (!allowed.some((prefix) => target.startsWith(prefix))) wrong.push(`${from} -> ${target}`);
    }
  }
  assertEquals(wrong, []);
  assert(imports.size > 40, `only ${imports.size} modules were seen`);
});

Deno.test("no module imports itself by a detour", () => {
  const done = new Set<string>();
  const cycles: string[] = [];
  function visit(module: string, path: string[]): void {
    if (path.includes(module)) {
      cycles.push([...path.slice(path.indexOf(module)), module].join(" -> "));
      return;
    }
    if (done.has(module)) return;
    for (const target of imports.get(module) ?? []) visit(target, [...path, module]);
    done.add(module);
  }
  for (const module of imports.keys()) visit(module, []);
  assertEquals(cycles, []);
});

Deno.test("each outside thing is touched by one file", async () => {
  const owners: [RegExp, string[]][] = [
    [/\bJSON\.parse\(/, ["lib/protocol/parse.ts"]],
    [/\bnew RTCPeerConnection\(/, ["lib/client/rtc.ts"]],
    [/\bnew WebSocket\(/, ["lib/client/signaling_channel.ts", "lib/demo.ts"]],
    [/\bDeno\.env\b/, ["lib/dev.ts", "main.ts"]],
    [/\bDeno\.serve\(/, ["lib/server/listen.ts"]],
  ];
  const ours = [...imports.keys()].filter((path) => !path.startsWith("lib/fresh/"));
  for (const [thing, expected] of owners) {
    const found: string[] = [];
    for (const path of ours) {
      if (thing.test(await Deno.readTextFile(join(ROOT, path)))) found.push(path);
    }
    assertEquals(found.sort(), expected, String(thing));
  }
});

Deno.test("no file of ours has more than 250 lines", async () => {
  const long: string[] = [];
  // A catalogue is as long as there are words; nobody reads it from end to end.
  for (const path of [...imports.keys()].filter((path) => !path.endsWith(".json"))) {
    const lines = (await Deno.readTextFile(join(ROOT, path))).split("\n").length - 1;
    if (lines > 250) long.push(`${path}: ${lines}`);
  }
  assertEquals(long, []);
});
