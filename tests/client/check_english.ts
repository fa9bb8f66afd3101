import { type Speech, speechOf } from "../../lib/client/check/saying.ts";
import type { Outcome } from "../../lib/client/check/step.ts";
import { textOf } from "../../lib/locales/locales.ts";

/** English, as a report speaks it. */
export const ENGLISH: Speech = speechOf(textOf("en", "check"));

/** A step, an outcome or a finding. */
type Progress = { state: string } & Partial<Omit<Outcome, "state">>;

/** Says all that there is to say of it. */
export function inEnglish({ state, sentence, next, details }: Progress) {
  return {
    state,
    sentence: sentence?.(ENGLISH) ?? "",
    ...(next && { next: next(ENGLISH) }),
    ...(details && { details: details.map((detail) => detail(ENGLISH)) }),
  };
}
