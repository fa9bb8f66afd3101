import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { followFrames } from "./frames.ts";

/** What `source` is, once a frame; `before` as long as there is none. */
export function useFrames<T>(source: { readonly value: T } | undefined, before: T): T {
  const shown = useSignal(before);
  useEffect(() => source && followFrames(source, (value) => shown.value = value), [source]);
  return shown.value;
}
