import { countTextBytes, MAX_TEXT_BYTES } from "../../../lib/protocol/chat.ts";

/** How full a message may be, as a part of 1, before anybody is told how much is left. */
const NEARLY_FULL = 0.8;

/** How long a text may be that is written, or pasted, into a message, in UTF-16 code units. */
export const MOST_PASTED = 4 * MAX_TEXT_BYTES;

/**
 * Tells how many more characters fit into a message that has `text` in it so far, of the kind that it
 * has; less than none where it is too long. `undefined` as long as there is plenty of room.
 */
export function roomLeft(text: string): number | undefined {
  // No character takes more than six bytes, those that have to be escaped.
  if (text.length * 6 < MAX_TEXT_BYTES * NEARLY_FULL) return undefined;
  const bytes = text.length > MOST_PASTED ? text.length : countTextBytes(text);
  if (bytes < MAX_TEXT_BYTES * NEARLY_FULL) return undefined;
  // Counted as people do, nearly: an emoji is one, not two.
  const characters = [...text].length;
  return Math.floor((MAX_TEXT_BYTES - bytes) * characters / bytes);
}
