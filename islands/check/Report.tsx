import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { PageText } from "../../lib/locales/locales.ts";

/** A report, and the words around it. */
export interface ReportProps {
  /** The report, in English. */
  report: string;
  /** The words around it. */
  text: PageText<"common" | "check">;
}

/** What to paste into a bug report, and the way to get it there. */
export function Report({ report, text: { words: { common, check } } }: ReportProps) {
  const state = useSignal<"idle" | "copied" | "by-hand">("idle");
  const field = useRef<HTMLTextAreaElement>(null);

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(report);
      state.value = "copied";
    } catch {
      state.value = "by-hand";
      field.current?.focus();
      field.current?.select();
    }
  }

  return (
    <section class="report">
      <label class="label" for="report">{check.report}</label>
      <p class="note" id="report-note">{check.reportNote}</p>
      <textarea
        class="field"
        id="report"
        lang="en"
        dir="ltr"
        ref={field}
        aria-describedby="report-note"
        readOnly
        rows={12}
        spellcheck={false}
        value={report}
      />
      <div class="actions">
        <button class="button primary" type="button" onClick={copy}>{check.copyReport}</button>
        <p class="note" aria-live="polite">
          {state.value === "copied" && common.copied}
          {state.value === "by-hand" && check.copyByHand}
        </p>
      </div>
    </section>
  );
}
