import { useSignal } from "@preact/signals";
import { useRoomText } from "../text.ts";

/** Forgets what was said, when it was asked for twice. */
export function ClearMessages({ clear }: { clear: () => void }) {
  const { common, room } = useRoomText().words;
  const step = useSignal<"idle" | "asked" | "cancelled" | "done">("idle");
  return (
    <>
      <p class="note" id="clear-note">{room.clearNote}</p>
      {step.value === "asked"
        ? (
          <div key="sure" class="actions">
            <button
              class="button primary"
              type="button"
              ref={focus}
              onClick={() => {
                clear();
                step.value = "done";
              }}
            >
              {room.clearConfirm}
            </button>
            <button class="button" type="button" onClick={() => step.value = "cancelled"}>
              {common.cancel}
            </button>
          </div>
        )
        : (
          <div key="first" class="actions">
            <button
              class="button"
              type="button"
              {...(step.value !== "idle" && { ref: focus })}
              aria-describedby="clear-note"
              onClick={() => step.value = "asked"}
            >
              {room.clear}
            </button>
            <p class="note" aria-live="polite">{step.value === "done" && room.cleared}</p>
          </div>
        )}
    </>
  );
}

/** Not made anew at each drawing, lest it take the focus back. */
function focus(element: HTMLElement | null): void {
  element?.focus();
}
