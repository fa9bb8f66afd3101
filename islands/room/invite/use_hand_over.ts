import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

/** The class of the button that is there in every form of the invitation. */
export const COPY_LINK_CLASS = "copy-link";

/** Where a form of the invitation goes while it has the focus, the form in its place takes it over. */
export function useHandOver<Part extends HTMLElement>(): RefObject<Part> {
  const element = useRef<Part>(null);
  useLayoutEffect(() => () => {
    if (!element.current?.contains(document.activeElement)) return;
    queueMicrotask(() => document.querySelector<HTMLElement>(`.${COPY_LINK_CLASS}`)?.focus());
  }, []);
  return element;
}
