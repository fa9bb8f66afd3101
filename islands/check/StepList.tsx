import type { Step } from "../../lib/client/check/step.ts";
import { Mark } from "./Mark.tsx";

/** The word for each state, beside the mark. */
const WORD: Record<Step["state"], string> = {
  waiting: "Waiting",
  running: "Running…",
  ok: "OK",
  warning: "Look here",
  failed: "Failed",
  skipped: "Skipped",
};

/** The steps of a check, in their order. */
export function StepList({ steps }: { steps: readonly Step[] }) {
  return (
    <ol class="steps">
      {steps.map((step) => <Row key={step.id} step={step} />)}
    </ol>
  );
}

function Row({ step }: { step: Step }) {
  const { id, title, state } = step;
  return (
    <li class="step" data-step={id} data-state={state}>
      <Mark state={state} />
      <p class="step-head">
        <strong>{title}</strong> <span class="step-state">{WORD[state]}</span>
      </p>
      {"sentence" in step && (
        <div class="step-body">
          <p>{step.sentence}</p>
          {step.details && (
            <ul class="step-details">
              {step.details.map((detail) => <li key={detail}>{detail}</li>)}
            </ul>
          )}
          {step.next && <p class="step-next">{step.next}</p>}
        </div>
      )}
    </li>
  );
}
