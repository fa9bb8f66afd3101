import { type Kind, kindOf } from "./kind.ts";

/** What is drawn on the sheet, as strokes in a box of 24 by 24. */
const STROKES: Record<Kind, string> = {
  image: "M8 18L11 14L13 16.5L14.5 15L16.5 18ZM9.5 11V11.01",
  audio: "M10 17.5V12.5L15 11.5V16.5M10 17.5A1 1 0 1 1 9.9 17.4M15 16.5A1 1 0 1 1 14.9 16.4",
  video: "M10 11.5V17.5L15 14.5Z",
  text: "M9 12H15M9 15H15M9 18H13",
  archive: "M12 5V7M12 9V11M12 13V15M10.5 15H13.5V18H10.5Z",
  other: "M12 14V14.01",
};

/** A sheet of paper that shows what a file is. */
export function KindIcon({ type }: { type: string }) {
  return (
    <svg class="icon file-icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d="M6 3H14L19 8V21H6ZM14 3V8H19" />
      <path d={STROKES[kindOf(type)]} />
    </svg>
  );
}
