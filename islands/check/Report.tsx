import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";

/** What to paste into a bug report, and the way to get it there. */
export function Report({ text }: { text: string }) {
  const state = useSignal<"idle" | "copied" | "by-hand">("idle");
  const field = useRef<HTMLTextAreaElement>(null);

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      state.value = "copied";
    } catch {
      state.value = "by-hand";
      field.current?.focus();
      field.current?.select();
    }
  }

  return (
    <section class="report">
      <label class="label" for="report">Report</label>
      <p class="note" id="report-note">
        For a bug report. It holds no IP address and no password.
      </p>
      <textarea
        class="field"
        id="report"
        ref={field}
        aria-describedby="report-note"
        readOnly
        rows={12}
        spellcheck={false}
        value={text}
      />
      <div class="actions">
        <button class="button primary" type="button" onClick={copy}>Copy report</button>
        <p class="note" aria-live="polite">
          {state.value === "copied" && "Copied."}
          {state.value === "by-hand" && "Copying was not allowed: copy what is marked."}
        </p>
      </div>
    </section>
  );
}
