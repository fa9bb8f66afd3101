import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import type { Conversation } from "../../lib/client/conversation.ts";
import { useLate } from "../parts/use_late.ts";
import { Cans } from "./Cans.tsx";
import type { CrowdProps } from "./Crowd.tsx";
import { type LineStatus, presence, sentence } from "./sentences.ts";
import { useRoomText } from "./text.ts";
import { useNames } from "./use_names.ts";

/** What is shown of the line. */
export interface LineProps {
  /** What it is doing. */
  status: LineStatus;
  /** Who is there, once that is known. */
  conversation: Conversation | undefined;
  /** Whether a reload loses what was said. */
  keepsNothing: boolean;
  /** What can be done about it. */
  children?: ComponentChildren;
}

/** The line between those who are here: drawn, in a sentence, and with who they are. */
export function Line({ status, conversation, keepsNothing, children }: LineProps) {
  const text = useRoomText();
  const { state } = status;
  const path = status.state === "connected" ? status.path?.kind : undefined;
  const peers = conversation?.peers.value ?? [];
  const missing = conversation?.missing.value ?? [];
  const names = useNames(conversation);
  const crowd = useLate<CrowdProps>(() => import("./Crowd.tsx").then(({ Crowd }) => Crowd));
  const isCrowd = peers.length + missing.length > 1;
  // Once several were here, who is left alone is still told so.
  useEffect(() => isCrowd ? crowd.open() : undefined, [isCrowd]);
  const [only] = peers;
  return (
    <section class="line" data-calm={state === "connected" || state === "reconnecting"}>
      <Cans status={status} />
      <div class="line-words">
        <p class="sentence" role="status" data-state={state} data-path={path}>
          {sentence(status, text)}
        </p>
        <p class="presence">
          {presence(status, { others: peers.length, name: only && names.get(only.person) }, text)}
        </p>
        {crowd.Part && <crowd.Part peers={peers} missing={missing} names={names} />}
        {keepsNothing && <p class="note">{text.words.room.nothingKept}</p>}
      </div>
      {children}
    </section>
  );
}
