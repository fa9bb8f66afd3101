import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { loadStyles } from "../../parts/load_styles.ts";
import { useRoomText } from "../text.ts";
import type { TakeFilesProps } from "./AttachButton.tsx";
import { watchDrops } from "./drop_files.ts";

/** Takes files that are dropped on the page, or pasted, and says where they may be let go of. */
export function DropFiles({ onFiles, disabled = false }: TakeFilesProps) {
  const { files: words } = useRoomText().words;
  const isOver = useSignal(false);
  const hasFolder = useSignal(false);
  const props = useRef({ onFiles, disabled });
  props.current = { onFiles, disabled };
  const leave = () => isOver.value = false;
  useEffect(() => {
    // Whoever writes, or chooses files, has read it.
    const read = () => hasFolder.value = false;
    addEventListener("input", read);
    return () => removeEventListener("input", read);
  }, []);
  useEffect(() =>
    watchDrops({
      isWelcome: () => !props.current.disabled,
      onOver() {
        loadStyles("/files.css");
        isOver.value = true;
      },
      onFound(found) {
        isOver.value = false;
        hasFolder.value = found.hasFolder;
        if (found.files.length > 0) props.current.onFiles(found.files);
      },
    }), []);
  return (
    <>
      {hasFolder.value && <p class="problem drop-problem" role="alert">{words.folder}</p>}
      {isOver.value && (
        // It covers everything: what leaves it leaves the page. While files are dragged no mouse moves.
        <div class="drop" style={OVER} onDragLeave={leave} onMouseMove={leave}>
          <p>{words.drop}</p>
        </div>
      )}
    </>
  );
}

/** Before its styles are here it must not move anything. */
const OVER = { position: "fixed", inset: 0 };
