import { computed, effect, signal, useComputed } from "@preact/signals";
import type { FunctionComponent } from "preact";
import type { Conversation } from "../../../lib/client/conversation.ts";
import type { Message } from "../../../lib/client/message.ts";
import type { followFrames } from "../../parts/frames.ts";
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
export async function createFileView(
  conversation: Conversation,
  follow: typeof followFrames,
): Promise<FileView> {
  const actions = await createActions(conversation);
  warnBeforeLeaving(conversation);
  const parcels = signal(conversation.parcels.value);
  follow(conversation.parcels, (value) => parcels.value = value);
  const waiting = computed(() => waitingIn(parcels.value, actions.places));
  return function View({ message, names }) {
    const { id } = message;
    // Of its own file only, for there may be very many.
    const parcel = useComputed(() => parcels.value.get(id)).value;
    const asked = useComputed(() => waiting.value.at(-1) === id ? waiting.value : NOTHING).value;
    return (
      <FileCard
        message={message}
        parcel={parcel}
        names={names}
        company={conversation.peers.value.length}
        waiting={asked}
        actions={actions}
      />
    );
  };
}

/** While a file is on its way, the browser asks whoever closes the page. */
function warnBeforeLeaving({ parcels }: Conversation): void {
  const warn = (event: BeforeUnloadEvent) => event.preventDefault();
  effect(() => {
    const isBusy = [...parcels.value.values()].some(({ transfers }) =>
      transfers.some(({ state }) => state === "moving" || state === "verifying")
    );
    if (isBusy) addEventListener("beforeunload", warn);
    // Not always there, as it keeps some browsers from coming back to the page fast.
    else removeEventListener("beforeunload", warn);
  });
}

const NOTHING: readonly string[] = [];
