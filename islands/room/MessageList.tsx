import { Component } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Message } from "../../lib/client/message.ts";
import { type RoomText, useRoomText } from "./text.ts";

/** How far from the end, in pixels, somebody may have scrolled and still follow what is new. */
const NEAR_END = 80;

/** Everything said, oldest first; stays at the end unless somebody reads further up. */
export function MessageList({ messages }: { messages: readonly Message[] }) {
  const text = useRoomText();
  const log = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  useLayoutEffect(() => {
    const element = log.current;
    if (element && follows.current) element.scrollTop = element.scrollHeight;
  }, [messages.length]);
  return (
    <div
      class="log"
      role="log"
      aria-label={text.words.room.messages}
      tabIndex={0}
      ref={log}
      onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
        follows.current = scrollHeight - scrollTop - clientHeight < NEAR_END;
      }}
    >
      <ol class="messages">
        {messages.map((message) => <Slip key={message.id} message={message} text={text} />)}
      </ol>
    </div>
  );
}

interface SlipProps {
  message: Message;
  text: RoomText;
}

/** One message. It is drawn anew only when it is another one, for there may be very many. */
class Slip extends Component<SlipProps> {
  override shouldComponentUpdate({ message }: { message: Message }): boolean {
    return message !== this.props.message;
  }

  override render({ message: { at, text, delivery }, text: { words } }: SlipProps) {
    const { room } = words;
    const time = new Date(at);
    return (
      <li class="slip" data-mine={delivery !== undefined} data-delivery={delivery}>
        <span class="visually-hidden">
          {delivery === undefined ? room.theySaid : room.youSaid}
          {" "}
        </span>
        <p class="slip-text" dir="auto">{text}</p>
        <p class="slip-note">
          <time dateTime={time.toISOString()}>{CLOCK.format(time)}</time>
          {delivery && <span>{room.delivery[delivery]}</span>}
        </p>
      </li>
    );
  }
}

/** Made once: it costs more than all the rest of a message. */
const CLOCK = new Intl.DateTimeFormat([], { hour: "2-digit", minute: "2-digit" });
