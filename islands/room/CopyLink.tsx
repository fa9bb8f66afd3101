import { useSignal } from "@preact/signals";
import { useRoomText } from "./text.ts";

/** Copies the room's link; where the clipboard is out of reach, shows it to be copied by hand. */
export function CopyLink({ prominent }: { prominent: boolean }) {
  const { room } = useRoomText().words;
  const state = useSignal<"idle" | "copied" | "by-hand">("idle");

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(location.href);
      state.value = "copied";
    } catch {
      state.value = "by-hand";
    }
  }

  return (
    <>
      <button
        class={prominent ? "button primary" : "button"}
        type="button"
        onClick={copy}
        onBlur={() => state.value === "copied" && (state.value = "idle")}
      >
        {room.copyLink}
      </button>
      <div class={state.value === "idle" ? "visually-hidden" : "copy-answer"}>
        <p aria-live="polite">
          {state.value === "copied" && room.linkCopied}
          {state.value === "by-hand" && room.copyByHand}
        </p>
        {state.value === "by-hand" && (
          <input
            class="field"
            readOnly
            ref={focus}
            aria-label={room.inviteLink}
            value={location.href}
            onFocus={({ currentTarget }) => currentTarget.select()}
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
