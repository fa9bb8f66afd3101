/**
 * What the text of a message is made of.
 *
 * @module
 */

/** A part of a message. */
export type Piece =
  /** Words, with their line breaks. */
  | { kind: "text"; text: string }
  /** An address, as it was written and as it is followed. */
  | { kind: "link"; text: string; href: string }
  /** Code within a line. */
  | { kind: "code"; text: string }
  /** Lines of code. */
  | { kind: "block"; text: string };
