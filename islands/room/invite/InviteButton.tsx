import type { ComponentChildren } from "preact";
import { isSpeakable } from "../../../lib/client/invite/speakable.ts";
import { useLate } from "../../parts/use_late.ts";
import { useRoomText } from "../text.ts";
import { inviteLink } from "./invite_link.ts";
import type { InviteDialogProps } from "./InviteDialog.tsx";

/** What an {@linkcode InviteButton} leads to. */
export interface InviteButtonProps extends Pick<InviteDialogProps, "part" | "room" | "children"> {
  /** Its name, where there is not always room for its words. */
  title?: string;
  /** Its words. */
  label: ComponentChildren;
}

/** Leads to a way to invite somebody, which is loaded when it is asked for. */
export function InviteButton({ title, label, ...dialogProps }: InviteButtonProps) {
  const { common } = useRoomText().words;
  const dialog = useLate<InviteDialogProps>(
    () => import("./InviteDialog.tsx").then(({ InviteDialog }) => InviteDialog),
    ["/dialog.css"],
  );
  return (
    <>
      <button
        class="button"
        type="button"
        title={title}
        aria-haspopup="dialog"
        onClick={dialog.open}
      >
        {label}
      </button>
      {dialog.isMissing && <p class="invite-answer problem" role="alert">{common.partMissing}</p>}
      {dialog.Part && (
        <dialog.Part
          {...dialogProps}
          isSpeakable={isSpeakable(dialogProps.room)}
          link={inviteLink()}
          onClose={dialog.close}
        />
      )}
    </>
  );
}
