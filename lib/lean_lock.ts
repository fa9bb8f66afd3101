/**
 * Writes `_fresh/deno.lock`: the part of `deno.lock` that the built app itself imports. What is in the
 * lockfile goes into the compiled binary, and neither a bundler nor a browser driver belongs there.
 *
 * @module
 */

import { isObject, type JsonObject, parseObject } from "./protocol/parse.ts";

if (import.meta.main) await writeLeanLock();

async function writeLeanLock(): Promise<void> {
  const needed = neededPackages(await inspect("_fresh/server.js"));
  const lock = parse(await Deno.readTextFile("deno.lock"));
  const npm = filter(lock.npm, (id) => needed.has(id));
  const specifiers = filter(lock.specifiers, (specifier, version) => {
    const name = specifier.replace(/^npm:/, "").replace(/(?<=.)@.*$/, "");
    return needed.has(`${name}@${version}`);
  });
  const { version } = lock;
  await Deno.writeTextFile("_fresh/deno.lock", JSON.stringify({ version, specifiers, npm }));
}

async function inspect(entry: string): Promise<JsonObject> {
  const args = ["info", "--json", entry];
  const { stdout } = await new Deno.Command(Deno.execPath(), { args }).output();
  return parse(new TextDecoder().decode(stdout));
}

/** The npm packages that some module imports, and all that these need in turn. */
function neededPackages({ modules, npmPackages }: JsonObject): Set<string> {
  const needed = new Set<string>();
  function add(id: unknown): void {
    if (typeof id !== "string" || needed.has(id)) return;
    needed.add(id);
    const found = isObject(npmPackages) ? npmPackages[id] : undefined;
    if (isObject(found) && Array.isArray(found.dependencies)) found.dependencies.forEach(add);
  }
  for (const module of Array.isArray(modules) ? modules : []) add(module.npmPackage);
  return needed;
}

function filter(entries: unknown, keep: (key: string, value: unknown) => boolean): JsonObject {
  if (!isObject(entries)) return {};
  return Object.fromEntries(Object.entries(entries).filter(([key, value]) => keep(key, value)));
}

function parse(text: string): JsonObject {
  const parsed = parseObject(text);
  if (!parsed.ok) throw new TypeError(parsed.reason);
  return parsed.value;
}
