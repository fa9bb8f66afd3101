/** The icons, as strokes in a box of 24 by 24. */
const STROKES = {
  settings: "M4 7H14M18 7H20M4 17H6M10 17H20M16 5V9M8 15V19",
  close: "M6 6L18 18M18 6L6 18",
  copy: "M9 9H20V20H9ZM15 9V4H4V15H9",
  invite:
    "M9 11A3.5 3.5 0 1 0 9 4A3.5 3.5 0 1 0 9 11M3 20C3 16 5.5 14 9 14S15 16 15 20M18 8V14M15 11H21",
  attach:
    "M20 11L12 19C7 24 0 17 5 12L13 4C16.5 .5 21.5 5.5 18 9L10.5 16.5C8.5 18.5 5.5 15.5 7.5 13.5L14.5 6.5",
} as const;

/** The name of an icon. */
export type IconName = keyof typeof STROKES;

/** A small drawing beside, or in the place of, words that say the same. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={STROKES[name]} />
    </svg>
  );
}
