import { computed } from "@preact/signals";
import type { FunctionComponent } from "preact";
import type { Conversation } from "../../../lib/client/conversation.ts";
import type { Message } from "../../../lib/client/message.ts";
import { createActions } from "./create_actions.ts";
import { FileCard } from "./FileCard.tsx";
import { waitingIn } from "./waiting.ts";

/** What draws a file in the place of the words of a message. */
export type FileView = FunctionComponent<{
  message: Message;
  /** What people are called. */
  names: ReadonlyMap<string, string>;
}>;

/** Makes what draws the files of a conversation; all of it is loaded when there is one. */
export function createFileView(conversation: Conversation): FileView {
  const actions = createActions(conversation);
  const waiting = computed(() => waitingIn(conversation.parcels.value, actions.places));
  return function View({ message, names }) {
    return (
      <FileCard
        message={message}
        parcel={conversation.parcels.value.get(message.id)}
        names={names}
        company={conversation.peers.value.length}
        waiting={waiting.value.at(-1) === message.id ? waiting.value : NOTHING}
        actions={actions}
      />
    );
  };
}

const NOTHING: readonly string[] = [];
