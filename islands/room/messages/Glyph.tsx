/** The drawings: lines of one width, in a square of 20. */
const PATHS = {
  reply: "M8 5L3.500 9.500L8 14M4 9.500H12C14.800 9.500 16.500 11.500 16.500 15",
  copy: "M7.500 7.500H16V16H7.500ZM4 12.500V4H12.500",
  done: "M4 10.500L8.500 15L16 5.500",
  close: "M5 5L15 15M15 5L5 15",
  down: "M10 4V16M5 11L10 16L15 11",
  sending: "M10 5V10L13 12M10 2.800A7.200 7.200 0 1 1 9.900 2.800",
  sent: "M5 10.500L8.500 14L15 6",
  delivered: "M2 10.500L5.500 14L12 6M9 13L10 14L16.500 6",
  seen:
    "M2 10C4.500 5.800 7 4.500 10 4.500S15.500 5.800 18 10C15.500 14.200 13 15.500 10 15.500S4.500 14.200 2 10ZM10 8A2 2 0 1 1 9.900 8",
} as const;

/** A drawing beside words that say the same. */
export function Glyph({ name }: { name: keyof typeof PATHS }) {
  return (
    <svg class={`glyph glyph-${name}`} viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
