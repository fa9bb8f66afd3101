import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { Conversation } from "../../../lib/client/conversation.ts";
import type { Message } from "../../../lib/client/message.ts";
import { followFrames } from "../../parts/frames.ts";
import { loadStyles } from "../../parts/load_styles.ts";
import { useRoomText } from "../text.ts";
import type { FileView } from "./create_file_view.tsx";

/** What a file is drawn from. */
export interface FileViewOptions {
  /** What was said. */
  messages: readonly Message[];
  /** What people are called. */
  names: ReadonlyMap<string, string>;
}

/** Draws the messages that offer files; what it takes is loaded with the first of them. */
export function useFileView(
  conversation: Conversation | undefined,
  { messages, names }: FileViewOptions,
): (message: Message) => JSX.Element {
  const { common } = useRoomText().words;
  const view = useSignal<{ View: FileView } | "missing" | undefined>(undefined);
  const isNeeded = view.value === undefined && messages.some(({ file }) => file);
  useEffect(() => {
    if (conversation === undefined || !isNeeded) return;
    void Promise.all([
      import("./create_file_view.tsx").then(({ createFileView }) =>
        createFileView(conversation, followFrames)
      ),
      // Drawn once the files are known: before, one of ours would look like one that is lost.
      conversation.files.open(),
      loadStyles("/files.css"),
      loadStyles("/dialog.css"),
    ]).then(
      ([View, isOpen]) => view.value = isOpen ? { View } : "missing",
      () => view.value = "missing",
    );
  }, [conversation, isNeeded]);
  return (message) => {
    if (view.value === "missing") return <NameOnly message={message} words={common.partMissing} />;
    const { View } = view.value ?? {};
    return View ? <View message={message} names={names} /> : <NameOnly message={message} />;
  };
}

/** A file of which there is nothing to draw but its name. */
function NameOnly({ message: { file }, words }: { message: Message; words?: string }) {
  return (
    <>
      <bdi>{file?.name}</bdi>
      {words && <p class="problem">{words}</p>}
    </>
  );
}
