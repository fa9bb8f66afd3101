import { useSignal } from "@preact/signals";
import type { FunctionComponent } from "preact";
import { loadStyles } from "./load_styles.ts";

/** A component that is loaded when it is first wanted. */
export interface Late<Props> {
  /** The component, once it is there and wanted. */
  Part: FunctionComponent<Props> | undefined;
  /** Whether it is wanted, and cannot be loaded: without a network, or since the server has another. */
  isMissing: boolean;
  /** Shows it. */
  open: () => void;
  /** Shows it no more. */
  close: () => void;
}

/** Shows a component on demand, of which the page has nothing before, with its style sheets. */
export function useLate<Props>(
  load: () => Promise<FunctionComponent<Props>>,
  styles: readonly string[] = [],
): Late<Props> {
  const part = useSignal<FunctionComponent<Props> | undefined>(undefined);
  const state = useSignal<"closed" | "open" | "missing">("closed");
  return {
    Part: state.value === "open" ? part.value : undefined,
    isMissing: state.value === "missing",
    open() {
      state.value = "open";
      Promise.all([load(), ...styles.map(loadStyles)]).then(
        ([loaded]) => part.value = loaded,
        () => state.value = "missing",
      );
    },
    close() {
      state.value = "closed";
    },
  };
}
