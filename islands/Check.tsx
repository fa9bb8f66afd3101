import { useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { writeReport } from "../lib/client/check/report.ts";
import { runCheck } from "../lib/client/check/run.ts";
import { speechOf } from "../lib/client/check/saying.ts";
import { planCheck } from "../lib/client/check/step.ts";
import { conclude } from "../lib/client/check/verdict.ts";
import { APP_VERSION } from "../lib/client/check/version.ts";
import type { PageText } from "../lib/locales/locales.ts";
import { Report } from "./check/Report.tsx";
import { StepList } from "./check/StepList.tsx";
import { lookAround } from "./check/look_around.ts";

/** In which words a check is shown, and reported. */
export interface CheckProps {
  /** The words of the page. */
  text: PageText<"common" | "check">;
  /** The words of the report, where they are others: it is written in English for everybody. */
  reportText?: PageText<"check"> | undefined;
}

/** Checks this browser against this server as soon as it is there, and shows how far it is. */
export function Check({ text, reportText }: CheckProps) {
  const steps = useSignal(planCheck());
  const report = useSignal<string | undefined>(undefined);
  const speech = useMemo(() => speechOf(text), [text]);
  const { check } = text.words;

  async function run(): Promise<void> {
    report.value = undefined;
    steps.value = planCheck();
    const done = await runCheck(lookAround(), (next) => steps.value = next);
    report.value = writeReport(done, {
      origin: location.origin,
      userAgent: navigator.userAgent,
      version: APP_VERSION,
      date: new Date(),
      speech: reportText ? speechOf(reportText) : speech,
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
      <h1>{check.title}</h1>
      <p>{check.lead}</p>
      <noscript>
        <p class="problem">{check.needsJavaScript}</p>
      </noscript>
      <div class="verdict">
        <p class="sentence" role="status" data-state={verdict.state}>{verdict.sentence(speech)}</p>
        <button
          class="button"
          type="button"
          aria-disabled={isRunning ? "true" : "false"}
          onClick={() => isRunning || run()}
        >
          {check.runAgain}
        </button>
      </div>
      <StepList steps={steps.value} speech={speech} />
      {report.value !== undefined && <Report report={report.value} text={text} />}
    </main>
  );
}
