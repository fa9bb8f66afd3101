import { type ReadonlySignal, useSignal } from "@preact/signals";
import type { JSX, RefObject } from "preact";
import { systemClock } from "../../../lib/clock.ts";

/** Milliseconds that a message is lit up to which somebody was led. */
const FLASH = 1_600;

/** How somebody goes from message to message. */
export interface Walk {
  /** The message that has the focus, or something in it has. */
  focused: ReadonlySignal<string | undefined>;
  /** The message that the pointer is over. */
  hovered: ReadonlySignal<string | undefined>;
  /** Goes to a message, and lights it up. */
  goTo: (id: string) => void;
  /** What the list listens to. */
  handlers: JSX.HTMLAttributes<HTMLDivElement>;
}

/** Leads through the messages of `log`: with one stop for Tab, and the arrow keys from there. */
export function useWalk(log: RefObject<HTMLElement>): Walk {
  const focused = useSignal<string | undefined>(undefined);
  const hovered = useSignal<string | undefined>(undefined);

  function goTo(id: string): void {
    const slip = log.current?.querySelector<HTMLElement>(`[data-id="${CSS.escape(id)}"]`);
    if (!slip) return;
    slip.scrollIntoView({ block: "center" });
    slip.focus({ preventScroll: true });
    slip.dataset.flash = "";
    systemClock.after(FLASH, () => delete slip.dataset.flash);
  }

  return {
    focused,
    hovered,
    goTo,
    handlers: {
      onFocusIn: ({ target }) => focused.value = slipOf(target)?.dataset.id,
      onFocusOut: ({ relatedTarget }) => {
        if (!isInside(log.current, relatedTarget)) focused.value = undefined;
      },
      // A finger focuses nothing in some browsers. What a button does is its own affair.
      onClick: ({ target }) => {
        if (target instanceof Element && target.closest("button, a")) return;
        focused.value = slipOf(target)?.dataset.id;
      },
      onPointerOver: ({ target, pointerType }) => {
        hovered.value = pointerType === "mouse" ? slipOf(target)?.dataset.id : undefined;
      },
      onPointerLeave: () => hovered.value = undefined,
      onKeyDown: (event) => {
        const { target, currentTarget, key } = event;
        if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
        const slip = slipOf(target);
        if (key === "Escape" && slip !== null) return currentTarget.focus();
        // Inside of a message the arrows belong to what has the focus there.
        if (target !== currentTarget && target !== slip) return;
        const next = nextSlip(currentTarget, { slip, key });
        if (next === undefined) return;
        event.preventDefault();
        next.focus();
        next.scrollIntoView({ block: "nearest" });
      },
    },
  };
}

function nextSlip(
  log: HTMLElement,
  { slip, key }: { slip: HTMLElement | null; key: string },
): HTMLElement | undefined {
  if (!["ArrowUp", "ArrowDown", "Home", "End"].includes(key)) return undefined;
  const slips = [...log.querySelectorAll<HTMLElement>(".slip")];
  if (key === "Home") return slips[0];
  if (key === "End") return slips.at(-1);
  if (slip === null) return lowestInSight(log) ?? slips.at(-1);
  return slips[slips.indexOf(slip) + (key === "ArrowUp" ? -1 : 1)];
}

/** The message at the lower edge of what can be seen of the list. */
function lowestInSight(log: HTMLElement): HTMLElement | undefined {
  const { left, width, bottom } = log.getBoundingClientRect();
  for (let up = 8; up < 64; up += 8) {
    const slip = slipOf(document.elementFromPoint(left + width / 2, bottom - up));
    if (slip !== null) return slip;
  }
  return undefined;
}

function slipOf(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>(".slip") : null;
}

function isInside(log: HTMLElement | null, target: EventTarget | null): boolean {
  return target instanceof Node && log !== null && log.contains(target);
}
