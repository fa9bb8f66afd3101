import type { Message } from "../../../lib/client/message.ts";
import { summaryOf } from "./blocks.ts";
import { type Scene, writerOf } from "./scene.ts";

/** What a {@linkcode Quote} needs. */
export interface QuoteProps {
  /** The message that is answered, if it is here. */
  message: Message | undefined;
  /** What all messages have in common. */
  scene: Scene;
  /** Whether Tab stops here. */
  isReachable: boolean;
}

/** A line of the message that another one answers; leads to it. */
export function Quote({ message, scene, isReachable }: QuoteProps) {
  const { chat } = scene.text.words;
  if (message === undefined) return <p class="quote quote-gone">{chat.quoteGone}</p>;
  return (
    <button
      class="quote"
      type="button"
      tabIndex={isReachable ? 0 : -1}
      onClick={() => scene.goTo(message.id)}
    >
      <span class="visually-hidden">{chat.inAnswerTo}</span>
      <bdi class="quote-name">{writerOf(message, scene)}</bdi>
      <bdi class="quote-text">{summaryOf(message)}</bdi>
    </button>
  );
}
