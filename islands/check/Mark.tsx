import type { Step } from "../../lib/client/check/step.ts";

/** What stands in the circle of each state: a stroke, for eyes that do not tell the colours apart. */
const STROKE: Record<Step["state"], string> = {
  waiting: "",
  running: "M12 3A9 9 0 0 1 21 12",
  ok: "M7.5 12.500L10.500 15.500L16.500 9",
  warning: "M12 7V13M12 16.500V16.600",
  failed: "M8.500 8.500L15.500 15.500M15.500 8.500L8.500 15.500",
  skipped: "M8.500 12H15.500",
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
