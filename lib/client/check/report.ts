/**
 * The outcome of a check as a text for a bug report. It is pasted in public, so it holds no
 * credential, and of an address only its kind.
 *
 * @module
 */

import { concealAddresses } from "./conceal.ts";
import type { Speech } from "./saying.ts";
import type { Step } from "./step.ts";
import { conclude } from "./verdict.ts";

/** What was checked, and when. */
export interface ReportFacts {
  /** Where the page came from. */
  origin: string;
  /** What the browser calls itself. */
  userAgent: string;
  /** The version of the app. */
  version: string;
  /** When the check was done. */
  date: Date;
  /** The language of whoever reads bug reports: English, whatever the page speaks. */
  speech: Speech;
}

/** Writes the report: who and when, and one line for each step. */
export function writeReport(steps: readonly Step[], facts: ReportFacts): string {
  return [
    `Tincan check: ${conclude(steps).sentence(facts.speech)}`,
    `Time: ${facts.date.toISOString()}`,
    `Version: ${facts.version}`,
    `Server: ${concealAddresses(facts.origin)}`,
    // Not concealed: its version numbers look like addresses, and it has none.
    `Browser: ${facts.userAgent}`,
    "",
    ...steps.map((step) => concealAddresses(lineOf(step, facts.speech))),
    "",
  ].join("\n");
}

function lineOf(step: Step, speech: Speech): string {
  const head = `- ${speech.words.steps[step.id]}: ${step.state}`;
  if (!("sentence" in step)) return head;
  const details = step.details?.map((detail) => detail(speech)).join("; ");
  return `${head}. ${step.sentence(speech)}${details ? ` (${details})` : ""}`.replace(/\s+/g, " ");
}
