import { effect, useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { Conversation } from "../../../lib/client/conversation.ts";
import type { Message } from "../../../lib/client/message.ts";
import { loadStyles } from "../../parts/load_styles.ts";
import type { FileView } from "./create_file_view.tsx";

/** Draws the messages that offer files; what it takes is loaded with the first of them. */
export function useFileView(
  conversation: Conversation | undefined,
  names: ReadonlyMap<string, string>,
): (message: Message) => JSX.Element {
  const view = useSignal<{ View: FileView } | undefined>(undefined);
  useEffect(() => {
    if (conversation === undefined) return;
    let isAsked = false;
    return effect(() => {
      if (isAsked || !conversation.messages.value.some(({ file }) => file)) return;
      isAsked = true;
      loadStyles("/files.css");
      import("./create_file_view.tsx").then(
        // Drawn once the files are known: before, one of ours would look like one that is lost.
        ({ createFileView }) =>
          conversation.files.use(() => view.value = { View: createFileView(conversation) }),
        // Out of reach for now: the next message tries again.
        () => isAsked = false,
      );
    });
  }, [conversation]);
  return (message) => {
    const { View } = view.value ?? {};
    return View ? <View message={message} names={names} /> : <bdi>{message.file?.name}</bdi>;
  };
}
