import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Draft } from "../../../lib/client/draft.ts";
import { type Cancel, systemClock } from "../../../lib/clock.ts";

/** Milliseconds that what is written waits to be kept, lest each key do it. */
const PAUSE = 300;

/** The part of a draft that is used here. */
export type DraftPort = Pick<Draft, "read" | "write">;

/**
 * Puts a draft into `field`, and keeps what is written there. Answers with what is to be called when
 * the text has changed; at once, where it was sent.
 */
export function useDraft(
  field: RefObject<HTMLTextAreaElement>,
  draft: DraftPort | undefined,
): (when: "now" | "soon") => void {
  const cancel = useRef<Cancel>(() => {});

  function keep(when: "now" | "soon"): void {
    cancel.current();
    if (when === "soon") cancel.current = systemClock.after(PAUSE, () => keep("now"));
    else if (field.current !== null) draft?.write(field.current.value);
  }

  useLayoutEffect(() => {
    const element = field.current;
    if (element === null || draft === undefined) return;
    // What was written before this script ran is newer.
    if (element.value === "") element.value = draft.read();
    const end = () => {
      cancel.current();
      draft.write(element.value);
    };
    addEventListener("pagehide", end);
    return () => {
      removeEventListener("pagehide", end);
      end();
    };
  }, [draft]);

  return keep;
}
