import { useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { Draft } from "../../lib/client/draft.ts";
import type { Message } from "../../lib/client/message.ts";
import { useFrames } from "../parts/use_frames.ts";
import { Composer } from "./Composer.tsx";
import { AttachButton } from "./files/AttachButton.tsx";
import { DropFiles } from "./files/DropFiles.tsx";
import { useFileView } from "./files/use_file_view.tsx";
import { MessageList } from "./MessageList.tsx";
import { useRoomText } from "./text.ts";
import { useNames } from "./use_names.ts";
import type { Here } from "./use_conversation.ts";

/** What is said in a room, and where it is written. */
export interface TalkProps {
  /** The room, once it is there. */
  here: Here | undefined;
  /** The room's name. */
  name: string;
  /** Whether something can be said. */
  mayWrite: boolean;
}

/** What is said, and the field to say more. */
export function Talk({ here, name, mayWrite }: TalkProps) {
  const { files } = useRoomText().words;
  const conversation = here?.conversation;
  const messages = useFrames(conversation?.messages, NONE);
  const names = useNames(conversation);
  const replyTo = useSignal<Message | undefined>(undefined);
  const isRefused = useSignal(false);
  const draft = useMemo(() => here && new Draft(name, here.session), [here, name]);
  // What was forgotten cannot be answered.
  useEffect(() => {
    if (messages.length === 0) replyTo.value = undefined;
  }, [messages]);
  const drawFile = useFileView(conversation, { messages, names });

  function offer(chosen: File[]): void {
    const offered = chosen.map((file) => conversation?.offer(file));
    isRefused.value = offered.some((one) => one?.ok === false);
  }

  return (
    <>
      <MessageList
        messages={messages}
        names={names}
        typing={conversation?.typing.value.map((person) => names.get(person) ?? "") ?? []}
        company={conversation?.peers.value.length ?? 0}
        renderFile={drawFile}
        onReply={(message) => replyTo.value = message}
      />
      <DropFiles onFiles={offer} disabled={!mayWrite || !conversation} />
      {mayWrite && conversation && (
        <>
          {isRefused.value && <p class="problem" role="alert">{files.nobodyTakes}</p>}
          <Composer
            say={(text, options) => conversation.say(text, options)}
            onTyping={(isTyping) => conversation.write(isTyping)}
            replyTo={replyTo.value}
            names={names}
            onDone={() => replyTo.value = undefined}
            draft={draft}
            attach={<AttachButton onFiles={offer} />}
          />
        </>
      )}
    </>
  );
}

const NONE: readonly Message[] = [];
