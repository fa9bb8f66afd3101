import type { Delivery } from "../../../lib/client/message.ts";
import { Glyph } from "./Glyph.tsx";

/** What a {@linkcode Mark} needs. */
export interface MarkProps {
  /** How far the message has come. */
  delivery: Delivery;
  /** The word for it. */
  word: string;
  /** Whether the word can be seen, too. */
  isShown: boolean;
}

/** How far a message of ours has come: a small drawing, and the word where it matters now. */
export function Mark({ delivery, word, isShown }: MarkProps) {
  return (
    <span class="mark" data-mark={delivery}>
      <Glyph name={delivery} />
      <span class={isShown ? undefined : "visually-hidden"}>{word}</span>
    </span>
  );
}
