import { signal } from "@preact/signals";
import { render } from "preact";
import { Composer } from "../../islands/room/Composer.tsx";
import { MessageList, type MessageListProps } from "../../islands/room/MessageList.tsx";
import { type RoomText, RoomTextContext } from "../../islands/room/text.ts";
import { Draft } from "../../lib/client/draft.ts";
import type { Message } from "../../lib/client/message.ts";
import { isLocaleTag, textOf } from "../../lib/locales/locales.ts";
import { yes } from "../../lib/protocol/result.ts";

/** What a test moves by hand, and what it is told. */
export interface Talk {
  /** Shows something else. */
  show: (props: Partial<Omit<MessageListProps, "names">> & { names?: [string, string][] }) => void;
  /** Adds messages at the end. */
  add: (...messages: Message[]) => void;
  /** Puts another message in the place of the one with its id. */
  replace: (message: Message) => void;
  /** What was said, with what it answers. */
  said: { text: string; re?: string }[];
  /** Each time that writing began or ended. */
  typed: boolean[];
}

const locale = document.documentElement.lang;
const tag = isLocaleTag(locale) ? locale : "en";
const text: RoomText = textOf(tag, "common", "room", "invite", "chat", "files");
const draft = new Draft("harness", sessionStorage);
const state = signal<MessageListProps>({ messages: [] });
const replyTo = signal<Message | undefined>(undefined);

const talk: Talk = {
  show: ({ names, ...props }) => {
    state.value = { ...state.value, ...props, ...(names && { names: new Map(names) }) };
  },
  add: (...messages) => talk.show({ messages: [...state.value.messages, ...messages] }),
  replace: (message) => {
    const { messages } = state.value;
    talk.show({ messages: messages.map((other) => other.id === message.id ? message : other) });
  },
  said: [],
  typed: [],
};
Object.assign(globalThis, { talk });

/** The list and the composer, in what is left of a room. */
function Harness() {
  return (
    <RoomTextContext.Provider value={text}>
      <main class="room">
        <header class="room-head">
          <h1>harness</h1>
        </header>
        <div />
        <MessageList {...state.value} onReply={(message) => replyTo.value = message} />
        <Composer
          say={(text, options) => {
            talk.said.push({ text, ...options });
            talk.add({ id: `said-${talk.said.length}`, at: Date.now(), text, delivery: "sending" });
            return yes(undefined);
          }}
          onTyping={(isTyping) => talk.typed.push(isTyping)}
          replyTo={replyTo.value}
          {...(state.value.names && { names: state.value.names })}
          onDone={() => replyTo.value = undefined}
          draft={draft}
        />
      </main>
    </RoomTextContext.Provider>
  );
}

render(<Harness />, document.body);
