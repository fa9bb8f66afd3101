/**
 * Addresses in a text. Only those with a scheme that leads to a page or a letter count, and what stands
 * around one in a sentence is no part of it.
 *
 * @module
 */

import type { Piece } from "./piece.ts";

/**
 * A scheme, and all that an address may have in it (RFC 3987). No brackets that only quote, no
 * punctuation of Chinese or Japanese, no characters that turn the direction of writing.
 */
const ADDRESS =
  /\b(?:https?:\/\/|mailto:)[^\s<>"`|\\^{}\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u3000-\u303f\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f“”„«»‹›…]+/giu;

/** What ends a sentence rather than an address. */
const PUNCTUATION = ".,;:!?'’*_~";

/** Brackets that belong to an address where they were opened in it. */
const OPENING: Record<string, string> = { ")": "(", "]": "[" };

/** Takes a text apart into words and links. */
export function splitLinks(text: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  // Quicker than the pattern, for the many texts that have no address.
  if (text.includes(":")) {
    for (const { 0: found, index } of text.matchAll(ADDRESS)) {
      const address = trim(found);
      if (!leadsSomewhere(address)) continue;
      if (index > end) pieces.push({ kind: "text", text: text.slice(end, index) });
      pieces.push({ kind: "link", text: address, href: address });
      end = index + address.length;
    }
  }
  if (end < text.length) pieces.push({ kind: "text", text: text.slice(end) });
  return pieces;
}

/** Takes off the end what belongs to the sentence. */
function trim(address: string): string {
  const counts = new Map<string, number>();
  for (const character of address) counts.set(character, (counts.get(character) ?? 0) + 1);
  let end = address.length;
  for (; end > 0; end--) {
    const last = address[end - 1]!;
    if (PUNCTUATION.includes(last)) continue;
    const opening = OPENING[last];
    const closed = counts.get(last) ?? 0;
    if (opening === undefined || closed <= (counts.get(opening) ?? 0)) break;
    counts.set(last, closed - 1);
  }
  return address.slice(0, end);
}

function leadsSomewhere(address: string): boolean {
  if (/^mailto:/i.test(address)) return /^mailto:[^@\s]+@[^@\s]+$/i.test(address);
  return /^https?:\/\/[^/?#]/i.test(address) && URL.canParse(address);
}
