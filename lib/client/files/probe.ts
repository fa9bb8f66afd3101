/**
 * Whether something that was dropped or picked can be read at all: a folder looks like a file, until
 * somebody reads it.
 *
 * @module
 */

/** What it is: a file, a folder, or a file that is gone or locked. */
export type Probed = "file" | "folder" | "unreadable";

/** Finds out what `file` is, by its first byte. */
export async function probeFile(file: File): Promise<Probed> {
  try {
    // Of nothing, a part would always be there; so where it is empty it is read as a whole.
    await (file.size === 0 ? file : file.slice(0, 1)).arrayBuffer();
    return "file";
  } catch {
    // No browser says so; but a folder has neither type nor extension, mostly, and cannot be read.
    return file.type === "" && !/.\.\w+$/.test(file.name) ? "folder" : "unreadable";
  }
}
