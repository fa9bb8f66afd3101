import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { writeReport } from "../lib/client/check/report.ts";
import { runCheck } from "../lib/client/check/run.ts";
import { planCheck } from "../lib/client/check/step.ts";
import { conclude } from "../lib/client/check/verdict.ts";
import { APP_VERSION } from "../lib/client/check/version.ts";
import { Report } from "./check/Report.tsx";
import { StepList } from "./check/StepList.tsx";
import { lookAround } from "./check/look_around.ts";

/** Checks this browser against this server as soon as it is there, and shows how far it is. */
export function Check() {
  const steps = useSignal(planCheck());
  const report = useSignal<string | undefined>(undefined);

  async function run(): Promise<void> {
    report.value = undefined;
    steps.value = planCheck();
    const done = await runCheck(lookAround(), (next) => steps.value = next);
    report.value = writeReport(done, {
      origin: location.origin,
      userAgent: navigator.userAgent,
      version: APP_VERSION,
      date: new Date(),
    });
  }

  useEffect(() => void run(), []);

  const verdict = conclude(steps.value);
  const isRunning = verdict.state === "running";
  return (
    <main class="page check">
      <p class="brand">
        <a href="/">tincan</a>
      </p>
      <h1>Check this browser</h1>
      <p>
        This page tries, step by step, all that a chat on this server needs. What it finds stays
        here until you copy it.
      </p>
      <noscript>
        <p class="problem">
          This page needs JavaScript: what it tries, it tries in your browser. Switch it on and
          reload.
        </p>
      </noscript>
      <div class="verdict">
        <p class="sentence" role="status" data-state={verdict.state}>{verdict.sentence}</p>
        <button
          class="button"
          type="button"
          aria-disabled={isRunning ? "true" : "false"}
          onClick={() => isRunning || run()}
        >
          Run again
        </button>
      </div>
      <StepList steps={steps.value} />
      {report.value !== undefined && <Report text={report.value} />}
    </main>
  );
}
