import type { Speech } from "../../lib/client/check/saying.ts";
import type { Step } from "../../lib/client/check/step.ts";
import { Mark } from "./Mark.tsx";

/** The steps of a check, in their order. */
export function StepList({ steps, speech }: { steps: readonly Step[]; speech: Speech }) {
  return (
    <ol class="steps">
      {steps.map((step) => <Row key={step.id} step={step} speech={speech} />)}
    </ol>
  );
}

function Row({ step, speech }: { step: Step; speech: Speech }) {
  const { id, state } = step;
  const { steps, states } = speech.words;
  return (
    <li class="step" data-step={id} data-state={state}>
      <Mark state={state} />
      <p class="step-head">
        <strong>{steps[id]}</strong> <span class="step-state">{states[state]}</span>
      </p>
      {"sentence" in step && (
        <div class="step-body">
          <p>{step.sentence(speech)}</p>
          {step.details && (
            <ul class="step-details">
              {step.details.map((detail, i) => <li key={i}>{detail(speech)}</li>)}
            </ul>
          )}
          {step.next && <p class="step-next">{step.next(speech)}</p>}
        </div>
      )}
    </li>
  );
}
