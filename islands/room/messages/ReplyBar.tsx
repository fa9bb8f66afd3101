import type { Message } from "../../../lib/client/message.ts";
import { fill } from "../../../lib/locales/text.ts";
import { summaryOf } from "./blocks.ts";
import { Glyph } from "./Glyph.tsx";
import { writerOf } from "./scene.ts";
import { useRoomText } from "../text.ts";

/** What a {@linkcode ReplyBar} needs. */
export interface ReplyBarProps {
  /** The message that is answered. */
  message: Message;
  /** What people call themselves, by person. */
  names: ReadonlyMap<string, string>;
  /** Answers it no more. */
  onCancel: () => void;
}

/** What is being answered, above where it is written. */
export function ReplyBar({ message, names, onCancel }: ReplyBarProps) {
  const text = useRoomText();
  const { chat } = text.words;
  return (
    <div class="reply-bar">
      <p class="quote" id="reply">
        <bdi class="quote-name">
          {fill(chat.replyingTo, { name: writerOf(message, { text, names }) })}
        </bdi>
        <bdi class="quote-text">{summaryOf(message)}</bdi>
      </p>
      <button class="tool" type="button" title={chat.cancelReply} onClick={onCancel}>
        <Glyph name="close" />
        <span class="visually-hidden">{chat.cancelReply}</span>
      </button>
    </div>
  );
}
