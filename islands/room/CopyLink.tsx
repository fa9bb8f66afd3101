import { useSignal } from "@preact/signals";

/** Copies the room's link; where the clipboard is out of reach, shows it to be copied by hand. */
export function CopyLink({ prominent }: { prominent: boolean }) {
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
    <div class="copy-link">
      <button class={prominent ? "button primary" : "button"} type="button" onClick={copy}>
        Copy invite link
      </button>
      <span class="note" aria-live="polite">
        {state.value === "copied" && "Copied. Send it to one person."}
        {state.value === "by-hand" && "Copy it from here:"}
      </span>
      {state.value === "by-hand" && (
        <input
          class="field"
          readOnly
          aria-label="Invite link"
          value={location.href}
          onFocus={({ currentTarget }) => currentTarget.select()}
        />
      )}
    </div>
  );
}
