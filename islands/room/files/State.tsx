import type { Saying } from "./sentences.ts";

/** How a file is doing, in words: what changed is told to whoever cannot see it, and nothing else. */
export function State({ news, now }: { [Key in keyof Saying]: Saying[Key] | undefined }) {
  return (
    <div class="file-state">
      <p aria-live="polite">{news}</p>
      {now && <p class="note">{now}</p>}
    </div>
  );
}
