import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import type { Message } from "../../lib/client/message.ts";
import { pluralize } from "../../lib/locales/text.ts";
import { BlockList } from "./messages/BlockList.tsx";
import { divide, isMine } from "./messages/blocks.ts";
import { Glyph } from "./messages/Glyph.tsx";
import { useRoomText } from "./text.ts";
import { TypingLine } from "./messages/TypingLine.tsx";
import { useFollow } from "./messages/use_follow.ts";
import { useKeyboardInset } from "./messages/use_keyboard_inset.ts";
import { useQuiet } from "./messages/use_quiet.ts";
import { useScene } from "./messages/use_scene.ts";
import { useWalk } from "./messages/use_walk.ts";

/** What a {@linkcode MessageList} needs. */
export interface MessageListProps {
  /** Everything said, oldest first; a message that changes is another object. */
  messages: readonly Message[];
  /** What people call themselves, by person. */
  names?: ReadonlyMap<string, string>;
  /** The names of those who are writing; empty for who has none. */
  typing?: readonly string[];
  /** How many others are here. */
  company?: number;
  /** Draws a message that offers a file; it is drawn again when a signal that it read changes. */
  renderFile?: (message: Message) => JSX.Element | undefined;
  /** Somebody begins to answer a message. */
  onReply?: (message: Message) => void;
}

const NO_NAMES: ReadonlyMap<string, string> = new Map();

/** Everything said, oldest first; stays at the end unless somebody reads further up. */
export function MessageList(props: MessageListProps) {
  const { messages, names = NO_NAMES, typing = [], company = 1 } = props;
  const { locale, words: { room, chat } } = useRoomText();
  const log = useRef<HTMLDivElement>(null);
  const walk = useWalk(log);
  const follow = useFollow(log, messages);
  useQuiet(log, messages);
  useKeyboardInset(log);
  const scene = useScene({
    names,
    isCrowd: company > 1,
    renderFile: (message) => props.renderFile?.(message),
    onReply: (message) => props.onReply?.(message),
    onOpen: follow.rest,
    goTo: walk.goTo,
  });
  const today = new Date().toDateString();
  const lastOwn = messages.findLast(isMine)?.id;
  const missed = follow.missed.value;
  return (
    <div class="talk">
      <div
        class="log"
        role="log"
        aria-label={room.messages}
        aria-live="polite"
        aria-relevant="additions"
        aria-describedby="walk"
        tabIndex={0}
        ref={log}
        onScroll={follow.onScroll}
        {...walk.handlers}
      >
        <div class="messages">
          {divide(messages).map((block) => (
            <BlockList
              key={block.messages[0]!.id}
              block={block}
              today={today}
              focused={walk.focused.value}
              hovered={walk.hovered.value}
              lastOwn={lastOwn}
              scene={scene}
            />
          ))}
        </div>
      </div>
      <p id="walk" hidden>{chat.walk}</p>
      {missed > 0 && (
        <button
          class="button missed"
          type="button"
          onClick={() => {
            follow.toEnd();
            log.current?.focus();
          }}
        >
          <Glyph name="down" />
          {pluralize(chat.newMessages, missed, locale)}
        </button>
      )}
      <TypingLine typing={typing} />
    </div>
  );
}
