import { useRef } from "preact/hooks";
import { Icon } from "../../parts/Icon.tsx";
import { useRoomText } from "../text.ts";

/** What is done with the files that somebody wants to send. */
export interface TakeFilesProps {
  /** Takes them; there is at least one. */
  onFiles: (files: File[]) => void;
  /** Whether none can be sent now. */
  disabled?: boolean;
}

/** Asks the browser for files to send. */
export function AttachButton({ onFiles, disabled = false }: TakeFilesProps) {
  const { files } = useRoomText().words;
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button
        class="button quiet"
        type="button"
        aria-label={files.attach}
        title={files.attach}
        disabled={disabled}
        onClick={() => input.current?.click()}
      >
        <Icon name="attach" />
      </button>
      <input
        type="file"
        multiple
        hidden
        ref={input}
        onChange={({ currentTarget }) => {
          const chosen = [...currentTarget.files ?? []];
          // The same file may be chosen again.
          currentTarget.value = "";
          if (chosen.length > 0) onFiles(chosen);
        }}
      />
    </>
  );
}
