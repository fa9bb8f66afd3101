import { fill, pluralize } from "../../../lib/locales/text.ts";
import type { RoomText } from "../text.ts";

const KILO = 1000;

/** From the smallest to the biggest, each a thousand of the one before (IEC 80000-13). */
const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

/** From this many on, a number of units has no fraction. */
const PLAIN = 10;

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** Says how big a file is, in the unit that keeps the number short. */
export function formatSize(bytes: number, locale: string): string {
  const unit = unitOf(bytes, { from: 0 });
  return measure(bytes / KILO ** unit, { locale, unit: UNITS[unit]!, isLong: unit === 0 });
}

/** Says how fast it moves. */
export function formatRate(bytesPerSecond: number, locale: string): string {
  const unit = unitOf(bytesPerSecond, { from: 1 });
  return measure(bytesPerSecond / KILO ** unit, { locale, unit: `${UNITS[unit]!}-per-second` });
}

/** Says which part of it is through; all of it only where nothing is missing. */
export function formatPercent({ part, whole }: Amount, locale: string): string {
  const share = whole > 0 ? Math.floor(100 * part / whole) / 100 : 1;
  return new Intl.NumberFormat(locale, { style: "percent" }).format(share);
}

/** Says how much of it is through. */
export function formatAmount({ part, whole }: Amount, { locale, words }: RoomText): string {
  return fill(words.files.part, {
    part: formatSize(part, locale),
    whole: formatSize(whole, locale),
  });
}

/** Says how long it will take, no finer than anybody wants to know. */
export function formatTimeLeft(seconds: number, { locale, words: { files } }: RoomText): string {
  const left = coarse(seconds);
  if (left < MINUTE) return pluralize(files.secondsLeft, left, locale);
  if (seconds < HOUR) return pluralize(files.minutesLeft, Math.ceil(seconds / MINUTE), locale);
  return pluralize(files.hoursLeft, Math.ceil(seconds / HOUR), locale);
}

/** A part of something, in bytes. */
export interface Amount {
  /** How much of it. */
  part: number;
  /** All of it. */
  whole: number;
}

/** Ten seconds and more change in steps of five, so that nobody has to watch them. */
function coarse(seconds: number): number {
  return seconds < 10 ? Math.max(1, Math.ceil(seconds)) : Math.ceil(seconds / 5) * 5;
}

/** The biggest unit of which there is one; what would be rounded up to the next one is of that. */
function unitOf(bytes: number, { from }: { from: number }): number {
  let unit = from;
  while (unit < UNITS.length - 1 && Math.round(bytes / KILO ** unit) >= KILO) unit++;
  return unit;
}

function measure(
  value: number,
  { locale, unit, isLong = false }: { locale: string; unit: string; isLong?: boolean },
): string {
  return new Intl.NumberFormat(locale, {
    style: "unit",
    unit,
    unitDisplay: isLong ? "long" : "short",
    maximumFractionDigits: value < PLAIN ? 1 : 0,
  }).format(value);
}
