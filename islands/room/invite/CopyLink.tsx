import { useSignal } from "@preact/signals";
import { useRoomText } from "../text.ts";
import { inviteLink } from "./invite_link.ts";
import { Icon } from "../../parts/Icon.tsx";
import { COPY_LINK_CLASS } from "./use_hand_over.ts";

/** Copies the room's link; where the clipboard is out of reach, shows it to be copied by hand. */
export function CopyLink({ prominent }: { prominent: boolean }) {
  const { invite } = useRoomText().words;
  const state = useSignal<"idle" | "copied" | "by-hand">("idle");

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(inviteLink());
      state.value = "copied";
    } catch {
      state.value = "by-hand";
    }
  }

  /** Takes the answer away that lies over the page, once it was read; not when a window is changed. */
  function finish(): void {
    if (!prominent && document.hasFocus()) state.value = "idle";
  }

  return (
    <>
      <button
        class={`button ${COPY_LINK_CLASS} ${prominent ? "primary" : ""}`}
        type="button"
        title={prominent ? undefined : invite.copyLink}
        onClick={copy}
        onBlur={() => state.value === "copied" && finish()}
      >
        <Icon name="copy" />
        <span class="invite-word">{invite.copyLink}</span>
      </button>
      <div class={state.value === "idle" ? "visually-hidden" : "invite-answer"}>
        <p aria-live="polite">
          {state.value === "copied" && invite.copied}
          {state.value === "by-hand" && invite.byHand}
        </p>
        {state.value === "by-hand" && (
          <input
            class="field"
            readOnly
            dir="ltr"
            ref={focus}
            aria-label={invite.link}
            value={inviteLink()}
            onFocus={({ currentTarget }) => currentTarget.select()}
            onBlur={finish}
          />
        )}
      </div>
    </>
  );
}

/** Not made anew at each drawing, lest the field take the focus back whenever the room redraws. */
function focus(field: HTMLInputElement | null): void {
  field?.focus();
}
