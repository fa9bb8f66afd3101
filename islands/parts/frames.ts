import { effect } from "@preact/signals";
import { type Cancel, systemClock } from "../../lib/clock.ts";

/** Milliseconds after which a page that draws no frames, as it is hidden, is brought up to date. */
const HIDDEN = 100;

/**
 * Follows a value that may change very often, once a frame, so that a thousand changes at once are
 * drawn as one. Calls `show` at once, too; returns what ends it.
 */
export function followFrames<T>(
  source: { readonly value: T },
  show: (value: T) => void,
): () => void {
  let cancel: Cancel | undefined;
  const rest = () => {
    cancel?.();
    cancel = undefined;
  };
  const update = () => {
    rest();
    show(source.value);
  };
  let isFirst = true;
  const stop = effect(() => {
    const { value } = source;
    if (isFirst) show(value);
    else if (cancel === undefined) {
      const frame = requestAnimationFrame(update);
      const cancelTimer = systemClock.after(HIDDEN, update);
      cancel = () => {
        cancelAnimationFrame(frame);
        cancelTimer();
      };
    }
    isFirst = false;
  });
  return () => {
    stop();
    rest();
  };
}
