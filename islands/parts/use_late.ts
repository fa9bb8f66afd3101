import { useSignal } from "@preact/signals";
import type { FunctionComponent } from "preact";

/** A component that is loaded when it is first wanted. */
export interface Late<Props> {
  /** The component, once it is there and wanted. */
  Part: FunctionComponent<Props> | undefined;
  /** Shows it. */
  open: () => void;
  /** Shows it no more. */
  close: () => void;
}

/** Shows a component on demand, of which the page has nothing before. */
export function useLate<Props>(load: () => Promise<FunctionComponent<Props>>): Late<Props> {
  const part = useSignal<FunctionComponent<Props> | undefined>(undefined);
  const isOpen = useSignal(false);
  return {
    Part: isOpen.value ? part.value : undefined,
    open() {
      isOpen.value = true;
      // Where it cannot be loaded the next attempt may go better; the browser reports this one.
      void load().then((loaded) => part.value = loaded);
    },
    close() {
      isOpen.value = false;
    },
  };
}
