import { assert, assertEquals } from "@std/assert";
import { LOCALES } from "../../lib/locales/locales.ts";
import { readSources, type Source } from "./sources.ts";

const PAGES = await readSources("islands", "routes", "static");
const SOURCES = [...PAGES, ...await readSources("lib/client", "lib/server")];
const CODE = SOURCES.map(({ text }) => text).join("\n");

/** Whether code has `parent.key`, or takes `key` out of `parent`. */
function isNamed(parent: string, key: string): boolean {
  return [
    `\\b${parent}\\??\\.${key}\\b`,
    `\\{[^{}]*\\b${key}\\b[^{}]*\\} = [\\w.]*\\b${parent}\\b`,
    `\\b${parent}: \\{[^{}]*\\b${key}\\b[^{}]*\\}`,
  ].some((pattern) => new RegExp(pattern).test(CODE));
}

/** Whether code looks up what is in `key` by a variable, or hands all of it on. */
function isWhole(parent: string, key: string): boolean {
  return new RegExp(`\\b${key}(\\?\\.)?\\[|\\b${parent}\\.${key}\\b(?![.\\w\\[?])`).test(CODE);
}

/** The keys below `node` that no code asks for. */
function* findUnused(node: object, path: readonly string[]): Generator<string> {
  // Whoever needs one section only calls it the words.
  const parents = path.length === 1 ? [...path, "words"] : [path.at(-1)!];
  for (const [key, value] of Object.entries(node)) {
    const isText = typeof value === "string" || "other" in value;
    if (parents.some((parent) => isText ? isNamed(parent, key) : isWhole(parent, key))) continue;
    if (isText) yield [...path, key].join(".");
    // Those of a status are looked up by its number.
    else if (!/^\d+$/.test(key)) yield* findUnused(value, [...path, key]);
  }
}

Deno.test("every text of the catalogue is used", () => {
  const unused = Object.entries(LOCALES.en.catalogue)
    .flatMap(([section, texts]) => [...findUnused(texts, [section])]);
  assertEquals(unused, []);
});

/** Words in the pages that are no language's. */
const NAMES = ["tincan", "· Tincan", "Tincan"];

/** What stands between tags, or between a tag and a brace; a type has no space before its `<`. */
const BETWEEN = [
  /(?<!=)>([^<>{}]*)<\//g,
  /(?<!=)>([^<>{};=()]*)(?<=\s)<[a-zA-Z]/g,
  /(?<!=)>([^<>{};=()]*)\{/g,
  /\}([^<>{};=()]*)(?<=\s)<[a-zA-Z]/g,
  /\}([^<>{};=()]*)<\//g,
];

/** What is read to people out of attributes, or shown by them. */
const ATTRIBUTE = /\b(?:aria-label|aria-description|alt|title|placeholder)="([^"]*)"/g;

/** A sentence in quotes, which is no error of the program's own. */
const QUOTED = /(?<!Error\(\s*)["`]([A-Z][^"`]*\s[^"`]*)["`]/g;

/** A path of SVG. */
const DRAWING = /^M-?\d/;

function literals({ path, text }: Source): string[] {
  const patterns = path.endsWith(".tsx") ? [...BETWEEN, ATTRIBUTE, QUOTED] : [QUOTED];
  return patterns.flatMap((pattern) => [...text.matchAll(pattern)])
    .map(([, words = ""]) => words.replace(/\$\{[^{}]*\}/g, "").trim())
    .filter((words) => /\p{L}/u.test(words) && !DRAWING.test(words) && !NAMES.includes(words));
}

Deno.test("no page says anything that is not in the catalogue", () => {
  const found = PAGES.flatMap((source) =>
    literals(source).map((words) => `${source.path}: ${words}`)
  );
  assertEquals(found, []);
});

Deno.test("a page that says something of its own is found out", () => {
  const table = [
    "<p>Words</p>",
    "<p>Words {value}</p>",
    "<p>{value} words</p>",
    '<p class="note">\n  Words <a href="/">',
    "<p>{done && 'x'} words <b>",
    '<img alt="Words" />',
    '{done ? "Some words" : ""}',
  ];
  for (const text of table) {
    assert(literals({ path: "a.tsx", text }).length > 0, text);
  }
});
