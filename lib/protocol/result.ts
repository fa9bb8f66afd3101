/**
 * What a parser answers: the value, or a reason. Nothing is thrown for a mistake of somebody else's.
 *
 * @module
 */

/** A value, or why there is none, in words for the one who sent it. */
export type Result<T> = { ok: true; value: T } | Refusal;

/** Why there is no value. */
export interface Refusal {
  /** Tells the two apart. */
  ok: false;
  /** What was wrong, and what is allowed. */
  reason: string;
}

/** Answers with `value`. */
export function yes<T>(value: T): { ok: true; value: T } {
  return { ok: true, value };
}

/** Answers that there is no value, because of `reason`. */
export function no(reason: string): Refusal {
  return { ok: false, reason };
}
