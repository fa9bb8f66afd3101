import type { ComponentChildren } from "preact";
import { Dialog } from "../../parts/Dialog.tsx";
import { useRoomText } from "../text.ts";
import { QrCode } from "./QrCode.tsx";
import { SpelledName } from "./SpelledName.tsx";

/** Which ways to invite somebody are shown. */
export type InvitePart = "all" | "qr" | "aloud";

/** What an {@linkcode InviteDialog} shows. */
export interface InviteDialogProps {
  /** The ways. */
  part: InvitePart;
  /** The room's name. */
  room: string;
  /** Whether that can simply be said. */
  isSpeakable: boolean;
  /** What leads to the room. */
  link: string;
  /** The simpler ways, to be there, too. */
  children?: ComponentChildren;
  /** It was closed. */
  onClose: () => void;
}

/** The ways to bring the link to somebody that take more than a button. */
export function InviteDialog(props: InviteDialogProps) {
  const { part, room, isSpeakable, link, children, onClose } = props;
  const { common, invite } = useRoomText().words;
  const title = { all: invite.title, qr: invite.qr, aloud: invite.aloud }[part];
  return (
    <Dialog title={title} close={common.close} onClose={onClose}>
      {part !== "aloud" && <QrCode link={link} />}
      {part === "aloud" && <SpelledName room={room} isSpeakable={isSpeakable} />}
      {part === "all" && (
        <>
          {children}
          <details class="aloud">
            <summary>{invite.aloud}</summary>
            <SpelledName room={room} isSpeakable={isSpeakable} />
          </details>
        </>
      )}
    </Dialog>
  );
}
