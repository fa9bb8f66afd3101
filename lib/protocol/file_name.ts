/**
 * The names and types of files as somebody else calls them, made harmless: they are shown to a person,
 * and proposed to a disk.
 *
 * @module
 */

/** The most bytes of a name, in UTF-8: more than that no common file system takes. */
const MAX_NAME_BYTES = 255;

/** The most bytes of a name's end that are kept when the name is cut. */
const MAX_EXTENSION_BYTES = 32;

/** What any type is a kind of (RFC 2046 section 4.5.1). */
const PLAIN_BYTES = "application/octet-stream";

/**
 * Controls, halves of characters, line ends, and what is not drawn but moves what is: with it,
 * `gpj.exe` can look like `exe.jpg`. Only the joiners stay, for some scripts cannot be written without.
 */
const UNSEEN = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** What Windows takes for a device, whatever comes after the first dot. */
const DEVICE = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³]) *(\.|$)/i;

/** A type and a subtype (RFC 6838 section 4.2). */
const MEDIA_TYPE = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,126}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}$/;

const encoder = new TextEncoder();

/**
 * Makes a name that any disk takes, in one folder, and that looks like what it is. What is left of
 * nothing is `file`.
 *
 * @example
 * ```ts
 * import { sanitizeFileName } from "./file_name.ts";
 *
 * sanitizeFileName("../../etc/passwd"); // "passwd"
 * sanitizeFileName("holiday\u202egpj.exe"); // "holidaygpj.exe"
 * sanitizeFileName(".."); // "file"
 * ```
 */
export function sanitizeFileName(name: string): string {
  // A tab or a line end parts words, so it becomes a space before controls are taken out.
  const seen = name.replace(/[^\S\ufeff]+/g, " ").replace(UNSEEN, "").normalize("NFC");
  const segments = seen.split(/[\\/]/).map(trim).filter((segment) => segment !== "");
  const clean = trim((segments.at(-1) ?? "").replace(/[<>:"|?*]/g, "_").replace(/ +/g, " "));
  return shorten(DEVICE.test(clean) ? `_${clean}` : clean) || "file";
}

/** Makes a type of the form `type/subtype`, in small letters; what is none is plain bytes. */
export function sanitizeFileType(type: string): string {
  const plain = type.split(";", 1)[0]!.trim().toLowerCase();
  return MEDIA_TYPE.test(plain) ? plain : PLAIN_BYTES;
}

/** Leading dots hide a file, trailing dots and spaces are dropped by Windows. */
function trim(name: string): string {
  return name.replace(/^[. ]+|[. ]+$/g, "");
}

/** Cuts the middle out, so that the end of the name still says what it is. */
function shorten(name: string): string {
  if (count(name) <= MAX_NAME_BYTES) return name;
  const dot = name.lastIndexOf(".");
  const end = dot > 0 && count(name.slice(dot)) <= MAX_EXTENSION_BYTES ? name.slice(dot) : "";
  let room = MAX_NAME_BYTES - count(end);
  let stem = "";
  for (const character of name.slice(0, name.length - end.length)) {
    room -= count(character);
    if (room < 0) break;
    stem += character;
  }
  return trim(stem) + end;
}

function count(text: string): number {
  return encoder.encode(text).length;
}
