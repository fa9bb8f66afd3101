import { useRoomText } from "../text.ts";

/** Something that can be done about a file. */
export interface FileButtonProps {
  /** What it does. */
  label: string;
  /** Whether it is what most people want. */
  isPrimary?: boolean;
  /** It was pressed; the browser knows that it was, as nothing comes in between. */
  onPress: () => void;
}

/** A button of a card. */
export function FileButton({ label, isPrimary = false, onPress }: FileButtonProps) {
  return (
    <button class={isPrimary ? "button primary" : "button"} type="button" onClick={onPress}>
      {label}
    </button>
  );
}

/** What a {@linkcode PauseButton} needs. */
export interface PauseButtonProps {
  /** Whether this side holds it. */
  isPaused: boolean;
  /** It is to be held, or to go on. */
  onPress: (on: boolean) => void;
}

/** Holds a file, or lets it go on. */
export function PauseButton({ isPaused, onPress }: PauseButtonProps) {
  const { files } = useRoomText().words;
  return (
    <FileButton
      label={isPaused ? files.goOn : files.pause}
      onPress={() => onPress(!isPaused)}
    />
  );
}
