/** The drawings: lines of one width, in a square of 20. */
const PATHS = {
  reply: "M8 5L3.5 9.5L8 14M4 9.5H12C14.8 9.5 16.5 11.5 16.5 15",
  copy: "M7.5 7.5H16V16H7.5ZM4 12.5V4H12.5",
  done: "M4 10.5L8.5 15L16 5.5",
  close: "M5 5L15 15M15 5L5 15",
  down: "M10 4V16M5 11L10 16L15 11",
  sending: "M10 5V10L13 12M10 2.8A7.2 7.2 0 1 1 9.9 2.8",
  sent: "M5 10.5L8.5 14L15 6",
  delivered: "M2 10.5L5.5 14L12 6M9 13L10 14L16.5 6",
  seen:
    "M2 10C4.5 5.8 7 4.5 10 4.5S15.5 5.8 18 10C15.5 14.2 13 15.5 10 15.5S4.5 14.2 2 10ZM10 8A2 2 0 1 1 9.9 8",
} as const;

/** A drawing beside words that say the same. */
export function Glyph({ name }: { name: keyof typeof PATHS }) {
  return (
    <svg class={`glyph glyph-${name}`} viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
