import { Fragment } from "preact";
import type { Transfer } from "../../../lib/client/files/transfer.ts";
import { fill } from "../../../lib/locales/text.ts";
import { useRoomText } from "../text.ts";
import { formatAmount, formatPercent, formatRate, formatTimeLeft } from "./words.ts";

/** What a {@linkcode Progress} shows. */
export interface ProgressProps {
  /** How far it is. */
  transfer: Transfer;
  /** All of its bytes. */
  size: number;
  /** What it is, or whom it goes to. */
  name: string;
}

/** How far a file is, as a bar and in numbers. */
export function Progress({ transfer: { bytes, rate, secondsLeft }, size, name }: ProgressProps) {
  const text = useRoomText();
  const amount = { part: bytes, whole: size };
  const far = [formatPercent(amount, text.locale), formatAmount(amount, text)];
  const pace = [
    rate > 0 ? formatRate(rate, text.locale) : "",
    secondsLeft !== undefined ? formatTimeLeft(secondsLeft, text) : "",
  ].filter((words) => words !== "");
  return (
    <div class="file-progress">
      <progress
        max={Math.max(size, 1)}
        value={size > 0 ? bytes : 1}
        aria-label={fill(text.words.files.progress, { name })}
        aria-valuetext={far.join(", ")}
      />
      <p class="file-numbers">
        <Numbers list={far} />
        <Numbers list={pace} />
      </p>
    </div>
  );
}

/** Numbers that stay together, each in the direction that it is written in. */
function Numbers({ list }: { list: string[] }) {
  return (
    <span>
      {list.map((words, index) => (
        <Fragment key={index}>
          {index > 0 && " · "}
          <bdi>{words}</bdi>
        </Fragment>
      ))}
    </span>
  );
}

/** Whether it makes sense to show how far a file is. */
export function isHalfway({ state, bytes }: Transfer): boolean {
  if (state === "stalled") return bytes > 0;
  return state === "moving" || state === "paused" || state === "verifying";
}

/** Whether this side can hold it, or let it go on. */
export function isPausable({ state, isPausedByUs }: Transfer): boolean {
  return state === "waiting" || state === "moving" || state === "paused" && isPausedByUs;
}
