import type { Step } from "../../lib/client/check/step.ts";

/** What stands in the circle of each state: a stroke, for eyes that do not tell the colours apart. */
const STROKE: Record<Step["state"], string> = {
  waiting: "",
  running: "M12 3A9 9 0 0 1 21 12",
  ok: "M7.5 12.5L10.5 15.5L16.5 9",
  warning: "M12 7V13M12 16.5V16.6",
  failed: "M8.5 8.5L15.5 15.5M15.5 8.5L8.5 15.5",
  skipped: "M8.5 12H15.5",
};

/** The state of a step as a small drawing; the word beside it says the same. */
export function Mark({ state }: { state: Step["state"] }) {
  return (
    <svg class="mark" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <circle cx="12" cy="12" r="9" />
      <path d={STROKE[state]} />
    </svg>
  );
}
