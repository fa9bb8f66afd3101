import { effect } from "@preact/signals";
import { Conversation } from "../../lib/client/conversation.ts";
import type { ConversationOptions } from "../../lib/client/conversation_options.ts";
import type { Message } from "../../lib/client/message.ts";
import type { Status } from "../../lib/client/status.ts";
import { systemClock } from "../../lib/clock.ts";
import { randomId } from "../../lib/protocol/ids.ts";
import { until } from "./until.ts";
import { createWeriftRtc } from "./werift.ts";

/** A page that remembers its seat for as long as it lives, and nothing else. */
export function pageOf(name: string, resume?: string): ConversationOptions["tab"] {
  return {
    name,
    resume,
    keep(resume) {
      this.resume = resume;
    },
  };
}

/** Somebody in a room: a conversation over real sockets and real peers, and what its screen shows. */
export class Person implements Disposable {
  readonly conversation: Conversation;
  /** Every state that the status went through. */
  readonly states: Status["state"][] = [];
  /** Whether the page is in front. */
  isLooking = true;
  #stopWatching: () => void;

  /** Prepares a conversation at `url`, and starts it. */
  constructor(url: string, options: Partial<ConversationOptions> = {}) {
    this.conversation = new Conversation({
      url,
      clock: systemClock,
      tab: pageOf(randomId(22)),
      isVisible: () => this.isLooking,
      createConnection: createWeriftRtc,
      ...options,
    });
    this.#stopWatching = effect(() => {
      const { state } = this.conversation.status.value;
      if (state !== this.states.at(-1)) this.states.push(state);
    });
    this.conversation.start();
  }

  /** What is on the screen. */
  get texts(): string[] {
    return this.conversation.messages.value.map(({ text }) => text);
  }

  /** Waits for a state. */
  untilStatus(state: Status["state"]): Promise<Status> {
    return until(() => this.conversation.status.value, (status) => status.state === state);
  }

  /** Waits until a text is on the screen, and for its mark where one is given. */
  async untilMessage(text: string, delivery?: Message["delivery"]): Promise<Message> {
    const find = (messages: readonly Message[]) =>
      messages.find((message) =>
        message.text === text && (delivery === undefined || message.delivery === delivery)
      );
    const messages = await until(
      () => this.conversation.messages.value,
      (messages) => find(messages) !== undefined,
    );
    return find(messages)!;
  }

  [Symbol.dispose](): void {
    this.conversation.close();
    this.#stopWatching();
  }
}
