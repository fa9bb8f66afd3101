import { isEmojiAlone } from "../../../lib/client/markup/emoji.ts";
import { parseMarkup } from "../../../lib/client/markup/markup.ts";
import type { Piece } from "../../../lib/client/markup/piece.ts";
import { CopyButton } from "./CopyButton.tsx";
import { useRoomText } from "../text.ts";

/** What {@linkcode Words} needs. */
export interface WordsProps {
  /** The text of a message. */
  text: string;
  /** Whether only its beginning is shown. */
  isClamped: boolean;
  /** Whether something can be done with it now. */
  isActive: boolean;
  /** Whether Tab stops at what is in it. */
  isReachable: boolean;
  /** Something in it has the focus, and has to be seen. */
  onReach: () => void;
}

/** The text of a message: words, links, code, and emoji that stand alone. */
export function Words({ text, isClamped, isActive, isReachable, onReach }: WordsProps) {
  return (
    <div
      class="slip-text"
      dir="auto"
      data-clamped={isClamped || undefined}
      data-emoji={isEmojiAlone(text) || undefined}
      onFocusIn={isClamped ? onReach : undefined}
    >
      {parseMarkup(text).map((piece, index) => (
        <Part key={index} piece={piece} isActive={isActive} isReachable={isReachable} />
      ))}
    </div>
  );
}

interface PartProps extends Pick<WordsProps, "isActive" | "isReachable"> {
  piece: Piece;
}

function Part({ piece, isActive, isReachable }: PartProps) {
  const { chat } = useRoomText().words;
  switch (piece.kind) {
    case "text":
      return <>{piece.text}</>;
    case "link":
      return (
        <a
          href={piece.href}
          target="_blank"
          rel="noopener noreferrer nofollow"
          dir="ltr"
          tabIndex={isReachable ? 0 : -1}
        >
          {piece.text}
        </a>
      );
    case "code":
      return <code dir="ltr">{piece.text}</code>;
    case "block":
      return (
        <div class="code" dir="ltr">
          <pre
            tabIndex={0}
            role="group"
            aria-label={chat.code}
          >{piece.text}</pre>
          {isActive && (
            <div class="code-tools" aria-live="off">
              <CopyButton
                text={piece.text}
                label={chat.copyCode}
                find={(button) => button.closest(".code")?.firstElementChild ?? null}
                isReachable={isReachable}
              />
            </div>
          )}
        </div>
      );
    default:
      piece satisfies never;
      return null;
  }
}
