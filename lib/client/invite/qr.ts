/**
 * A QR code (ISO/IEC 18004) as a path to draw. Loaded only when somebody asks for one.
 *
 * @module
 */

import encodeQR from "qr";

/** A square of dark and light modules. */
export interface QrDrawing {
  /** Modules along each side, the quiet zone included. */
  size: number;
  /** The dark modules, as the path of an SVG whose unit is one module. */
  path: string;
}

/** Modules that must stay light around the code (ISO/IEC 18004, 6.3.8). */
const QUIET_ZONE = 4;

/** Draws the code of `text`. */
export function drawQr(text: string): QrDrawing {
  const rows = encodeQR(text, "raw", { ecc: "medium", border: QUIET_ZONE });
  const path = rows.flatMap((row, y) =>
    runs(row).map(([x, length]) => `M${x} ${y}h${length}v1h-${length}z`)
  );
  return { size: rows.length, path: path.join("") };
}

/** Where dark modules stand in a row: a shape for each module would show seams between them. */
function runs(row: readonly boolean[]): [start: number, length: number][] {
  const found: [number, number][] = [];
  row.forEach((isDark, x) => {
    const last = found.at(-1);
    if (!isDark) return;
    if (last !== undefined && last[0] + last[1] === x) last[1]++;
    else found.push([x, 1]);
  });
  return found;
}
