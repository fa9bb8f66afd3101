import { assertEquals } from "@std/assert";
import { filesOf, isText } from "../../islands/room/files/drop_files.ts";

/** What is dropped: files, folders, and text. */
function transferOf(dropped: (File | "folder" | "text")[]): Pick<DataTransfer, "items" | "files"> {
  const items = dropped.map((one) => ({
    kind: one === "text" ? "string" : "file",
    type: "",
    getAsFile: () => one === "text" ? null : one === "folder" ? new File([], "folder") : one,
    getAsString() {},
    webkitGetAsEntry: () => one === "text" ? null : { isDirectory: one === "folder" },
  }));
  const files = dropped.filter((one) => one instanceof File);
  return { items: items as never, files: files as never };
}

const PHOTO = new File(["a"], "photo.jpg");
const NOTES = new File(["b"], "notes.txt");

Deno.test("filesOf() finds every file, and leaves text alone", () => {
  const found = filesOf(transferOf([PHOTO, "text", NOTES]));
  assertEquals(found, { files: [PHOTO, NOTES], hasFolder: false });
  assertEquals(filesOf(transferOf(["text"])), { files: [], hasFolder: false });
});

Deno.test("filesOf() tells of a folder, and keeps the files beside it", () => {
  assertEquals(filesOf(transferOf([PHOTO, "folder"])), { files: [PHOTO], hasFolder: true });
});

Deno.test("filesOf() takes two hundred files", () => {
  const many = Array.from({ length: 200 }, (_, index) => new File(["x"], `${index}.txt`));
  assertEquals(filesOf(transferOf(many)).files.length, 200);
});

Deno.test("filesOf() does without entries, and without items", () => {
  const { items, files } = transferOf([PHOTO]);
  for (const item of items) Object.assign(item, { webkitGetAsEntry: undefined });
  assertEquals(filesOf({ items, files }), { files: [PHOTO], hasFolder: false });
  assertEquals(filesOf({ items: [] as never, files }), { files: [PHOTO], hasFolder: false });
});

Deno.test("isText() knows what was copied as text, whatever picture is beside it", () => {
  assertEquals(isText(["text/plain"]), true);
  assertEquals(isText([]), true);
  // A spreadsheet puts a picture of the cells beside them.
  assertEquals(isText(["text/plain", "text/html", "text/rtf", "Files"]), true);
  // A picture of a page, a screenshot, and a file whose name comes as text.
  assertEquals(isText(["text/html", "Files"]), false);
  assertEquals(isText(["Files"]), false);
  assertEquals(isText(["text/plain", "Files"]), false);
});
