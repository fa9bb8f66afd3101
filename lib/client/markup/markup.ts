/**
 * The text of a message as pieces to draw: words, links and code. Nothing in it is ever HTML. The time
 * it takes grows with the length of the text, whatever is in it.
 *
 * @module
 */

import { splitLinks } from "./links.ts";
import type { Piece } from "./piece.ts";

/** A block between three backticks, or code between two on one line. */
const CODE = /```(?<block>[^]+?)```|`(?<code>[^`\n]+)`/g;

/** What may stand behind the three backticks: the name of a language. */
const LANGUAGE = /^[\w+#.-]{0,24}[ \t]*\n/;

/**
 * Takes a text apart.
 *
 * @example
 * ```ts
 * import { parseMarkup } from "./markup.ts";
 *
 * parseMarkup("run `ls`"); // [{ kind: "text", text: "run " }, { kind: "code", text: "ls" }]
 * ```
 */
export function parseMarkup(text: string): Piece[] {
  // Most texts have neither.
  if (!text.includes("`")) return splitLinks(text);
  const pieces: Piece[] = [];
  let end = 0;
  for (const { 0: whole, index, groups } of text.matchAll(CODE)) {
    const piece = codeOf(groups?.block, groups?.code);
    if (piece === undefined) continue;
    const isBlock = piece.kind === "block";
    const before = text.slice(end, index);
    // A block stands on lines of its own: the breaks around it would be empty lines.
    pieces.push(...splitLinks(isBlock ? before.replace(/\n$/, "") : before), piece);
    end = index + whole.length;
    if (isBlock && text[end] === "\n") end++;
  }
  return [...pieces, ...splitLinks(text.slice(end))];
}

function codeOf(block: string | undefined, code: string | undefined): Piece | undefined {
  const text = block?.replace(LANGUAGE, "").replace(/\n$/, "") ?? code;
  // Backticks around nothing are just that.
  if (text === undefined || text.trim() === "") return undefined;
  return { kind: block === undefined ? "code" : "block", text };
}
