import { type Kind, kindOf } from "./kind.ts";

/** What is drawn on the sheet, as strokes in a box of 24 by 24. */
const STROKES: Record<Kind, string> = {
  image: "M8 18L11 14L13 16.500L14.500 15L16.500 18ZM9.500 11V11.010",
  audio:
    "M10 17.500V12.500L15 11.500V16.500M10 17.500A1 1 0 1 1 9.900 17.400M15 16.500A1 1 0 1 1 14.900 16.400",
  video: "M10 11.500V17.500L15 14.500Z",
  text: "M9 12H15M9 15H15M9 18H13",
  archive: "M12 5V7M12 9V11M12 13V15M10.500 15H13.500V18H10.500Z",
  other: "M12 14V14.010",
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
