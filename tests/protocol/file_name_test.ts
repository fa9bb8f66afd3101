import { assert, assertEquals } from "@std/assert";
import { sanitizeFileName, sanitizeFileType } from "../../lib/protocol/file_name.ts";
import { seededRandom } from "../fakes/random.ts";

const bytes = (text: string) => new TextEncoder().encode(text).length;

Deno.test("sanitizeFileName() leaves an honest name as it is", () => {
  for (
    const name of [
      "holiday.jpg",
      "Straße – 2.tar.gz",
      "年度报告.pdf",
      "تقرير.docx",
      "می‌خواهم.txt",
      "👩‍🚀.png",
      "no extension",
      "a.b.c",
      "console.log",
      "com10.txt",
      "don't & won't (1), #2!.txt",
    ]
  ) assertEquals(sanitizeFileName(name), name);
});

Deno.test("sanitizeFileName() takes out what a disk, or a person, would stumble over", () => {
  for (
    const [name, expected] of [
      ["../../etc/passwd", "passwd"],
      ["C:\\Windows\\system.ini", "system.ini"],
      ["folder/", "folder"],
      ["a/..", "a"],
      ["/", "file"],
      ["", "file"],
      [".", "file"],
      ["..", "file"],
      [" . . ", "file"],
      [".bashrc", "bashrc"],
      ["...hidden", "hidden"],
      ["name. . .", "name"],
      ["tab\there\nand\r\nthere.txt", "tab here and there.txt"],
      ["nul\0l\x07l.txt", "nulll.txt"],
      ["holiday\u202egpj.exe", "holidaygpj.exe"],
      ["\u2066a\u2069\u200f\u061c\ufeffb\u200bc\u00add.txt", "abcd.txt"],
      ["photo.jpg                    .exe", "photo.jpg .exe"],
      ["\u2028\u2029", "file"],
      ['<a>:"b"|?*', "_a___b____"],
      ["con", "_con"],
      ["NUL.txt", "_NUL.txt"],
      ["com1 .tar.gz", "_com1 .tar.gz"],
      ["LPT¹.txt", "_LPT¹.txt"],
      ["half \ud83d of one", "half of one"],
      ["e\u0301.txt", "é.txt"],
    ] as const
  ) assertEquals(sanitizeFileName(name), expected, JSON.stringify(name));
});

Deno.test("sanitizeFileName() cuts the middle, and keeps the end", () => {
  const long = sanitizeFileName(`${"ä".repeat(300)}.jpeg`);
  assertEquals(long, `${"ä".repeat(125)}.jpeg`);
  assertEquals(sanitizeFileName("x".repeat(300)), "x".repeat(255));
  assertEquals(sanitizeFileName(`a.${"x".repeat(300)}`), `a.${"x".repeat(253)}`);
  // No character is cut in half.
  assertEquals(sanitizeFileName(`${"😀".repeat(80)}.txt`), `${"😀".repeat(62)}.txt`);
});

Deno.test("sanitizeFileName() answers with a name that it would leave as it is", () => {
  const random = seededRandom(5);
  const alphabet = [..."ab. /\\:\t\n\u202e\u200dé😀", "con", "nul", "\ud800", "x".repeat(90)];
  for (let run = 0; run < 3_000; run++) {
    const length = Math.floor(random() * 12);
    const draw = () => alphabet[Math.floor(random() * alphabet.length)];
    const name = Array.from({ length }, draw).join("");
    const clean = sanitizeFileName(name);
    assertEquals(sanitizeFileName(clean), clean, JSON.stringify(name));
    assert(clean.length > 0 && bytes(clean) <= 255, JSON.stringify(name));
    assert(!/[/\\\p{Cc}\u202e]|^[. ]|[. ]$/u.test(clean), JSON.stringify([name, clean]));
  }
});

Deno.test("sanitizeFileType() keeps a type and a subtype, and nothing else", () => {
  for (
    const [type, expected] of [
      ["image/png", "image/png"],
      ["Image/SVG+XML", "image/svg+xml"],
      ["text/plain; charset=utf-8", "text/plain"],
      ["application/vnd.ms-excel", "application/vnd.ms-excel"],
      ["", "application/octet-stream"],
      ["image", "application/octet-stream"],
      ["image/", "application/octet-stream"],
      ["image/png/x", "application/octet-stream"],
      ["image/pn g", "application/octet-stream"],
      ["<b>/x", "application/octet-stream"],
      [`a/${"x".repeat(200)}`, "application/octet-stream"],
    ] as const
  ) assertEquals(sanitizeFileType(type), expected, type);
});
