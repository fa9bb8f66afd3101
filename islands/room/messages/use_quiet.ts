import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Message } from "../../../lib/client/message.ts";
import { type Cancel, systemClock } from "../../../lib/clock.ts";

/** How many messages that come at once are read out. */
const AT_ONCE = 3;

/** Milliseconds in which browsers tell screen readers what was added. */
const PAUSE = 1_000;

/**
 * Keeps `log` from being read out where more came than anybody wants to hear at once, as when a page
 * comes back with all that was said, or where something moved that is not new.
 */
export function useQuiet(log: RefObject<HTMLElement>, messages: readonly Message[]): void {
  const before = useRef(messages);
  const cancel = useRef<Cancel>(() => {});
  useLayoutEffect(() => {
    const { length } = before.current;
    const isAdded = messages[length - 1]?.id === before.current.at(-1)?.id;
    const added = messages.length - length;
    before.current = messages;
    if (log.current === null || (isAdded && added <= AT_ONCE)) return;
    log.current.setAttribute("aria-live", "off");
    cancel.current();
    cancel.current = systemClock.after(
      PAUSE,
      () => log.current?.setAttribute("aria-live", "polite"),
    );
  }, [messages]);
  useLayoutEffect(() => () => cancel.current(), []);
}
