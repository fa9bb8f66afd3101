import { useSignal } from "@preact/signals";
import { copyText } from "./copy_text.ts";
import { Glyph } from "./Glyph.tsx";
import { useRoomText } from "../text.ts";

/** What a {@linkcode CopyButton} needs. */
export interface CopyButtonProps {
  /** What is copied. */
  text: string;
  /** What the button is called. */
  label: string;
  /** Finds, from the button, the element to be marked where it has to be copied by hand. */
  find: (button: Element) => Element | null;
  /** Whether Tab stops here. */
  isReachable: boolean;
}

/** Copies something, and says what came of it. */
export function CopyButton({ text, label, find, isReachable }: CopyButtonProps) {
  const { common, chat } = useRoomText().words;
  const state = useSignal<"idle" | "copied" | "by-hand">("idle");
  return (
    <>
      <button
        class="tool"
        type="button"
        title={label}
        tabIndex={isReachable ? 0 : -1}
        onClick={async ({ currentTarget }) => {
          const isCopied = await copyText(text, find(currentTarget));
          state.value = isCopied ? "copied" : "by-hand";
        }}
        onBlur={() => state.value = "idle"}
      >
        <Glyph name={state.value === "copied" ? "done" : "copy"} />
        <span class="visually-hidden">{label}</span>
      </button>
      <span
        class={state.value === "by-hand" ? "tool-answer" : "visually-hidden"}
        aria-live="polite"
      >
        {state.value === "copied" && common.copied}
        {state.value === "by-hand" && chat.copyByHand}
      </span>
    </>
  );
}
