import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

/** An address of `content`, for as long as it is drawn; the browser holds on to it that long. */
export function useObjectUrl(content: Blob | undefined): string | undefined {
  const url = useSignal<string | undefined>(undefined);
  useEffect(() => {
    if (content === undefined) return;
    const made = url.value = URL.createObjectURL(content);
    return () => {
      url.value = undefined;
      URL.revokeObjectURL(made);
    };
  }, [content]);
  return url.value;
}
