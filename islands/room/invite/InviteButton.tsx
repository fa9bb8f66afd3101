import type { ComponentChildren } from "preact";
import { useLate } from "../../parts/use_late.ts";
import type { InviteDialogProps } from "./InviteDialog.tsx";

/** What an {@linkcode InviteButton} leads to. */
export interface InviteButtonProps extends Omit<InviteDialogProps, "onClose"> {
  /** Its name, where there is not always room for its words. */
  title?: string;
  /** Its words. */
  label: ComponentChildren;
}

/** Leads to a way to invite somebody, which is loaded when it is asked for. */
export function InviteButton({ title, label, ...dialogProps }: InviteButtonProps) {
  const dialog = useLate<InviteDialogProps>(() =>
    import("./InviteDialog.tsx").then(({ InviteDialog }) => InviteDialog)
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
      {dialog.Part && <dialog.Part {...dialogProps} onClose={dialog.close} />}
    </>
  );
}
