import { assert, assertEquals } from "@std/assert";
import decodeQR from "qr/decode.js";
import { drawQr, type QrDrawing } from "../../lib/client/invite/qr.ts";

const SCALE = 4;

/** The drawing as a camera would see it. */
function photograph({ size, path }: QrDrawing) {
  const side = size * SCALE;
  const data = new Uint8ClampedArray(side * side * 4).fill(255);
  for (const [x, y, length] of shapes(path)) {
    for (let row = y * SCALE; row < (y + 1) * SCALE; row++) {
      for (let column = x * SCALE; column < (x + length) * SCALE; column++) {
        data.fill(0, (row * side + column) * 4, (row * side + column) * 4 + 3);
      }
    }
  }
  return { width: side, height: side, data };
}

function shapes(path: string): [x: number, y: number, length: number][] {
  return Array.from(
    path.matchAll(/M(\d+) (\d+)h(\d+)v1h-(\d+)z/g),
    ([, x, y, length]) => [Number(x), Number(y), Number(length)],
  );
}

Deno.test("drawQr() draws what a camera reads as the link, to the last character", () => {
  const links = [
    "http://127.0.0.1:8000/r/lobby",
    `https://chat.example.org/r/${"Ab3_-x".repeat(3)}`,
    `https://chat.example.org/r/${"r".repeat(64)}#k=${"K".repeat(43)}`,
  ];
  for (const link of links) assertEquals(decodeQR(photograph(drawQr(link))), link);
});

Deno.test("drawQr() leaves a quiet zone of four modules on each side", () => {
  const { size, path } = drawQr("https://chat.example.org/r/lobby");
  const drawn = shapes(path);
  assert(drawn.length > 50);
  assertEquals(drawn.map(([x, y, length]) => `M${x} ${y}h${length}v1h-${length}z`).join(""), path);
  assertEquals(Math.min(...drawn.map(([x]) => x)), 4);
  assertEquals(Math.min(...drawn.map(([, y]) => y)), 4);
  assertEquals(Math.max(...drawn.map(([x, , length]) => x + length)), size - 4);
  assertEquals(Math.max(...drawn.map(([, y]) => y)), size - 5);
});

Deno.test("drawQr() makes one shape of modules that touch, so that no seam shows", () => {
  const rows = Map.groupBy(shapes(drawQr("https://chat.example.org/r/x").path), ([, y]) => y);
  for (const row of rows.values()) {
    row.reduce(([before, , length], next) => {
      assert(next[0] > before + length);
      return next;
    });
  }
});
