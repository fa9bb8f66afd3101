/**
 * Numbers for people.
 *
 * @module
 */

/**
 * Writes a time that was measured.
 *
 * @example
 * ```ts
 * import { inMilliseconds } from "./quantity.ts";
 *
 * inMilliseconds(12.3); // "12 ms"
 * inMilliseconds(0.2); // "less than 1 ms"
 * ```
 */
export function inMilliseconds(milliseconds: number): string {
  return milliseconds < 1 ? "less than 1 ms" : `${Math.round(milliseconds)} ms`;
}

/**
 * Writes a number of bytes.
 *
 * @example
 * ```ts
 * import { inBytes } from "./quantity.ts";
 *
 * inBytes(262_144); // "256 KiB"
 * inBytes(1_073_741_823); // "1024 MiB"
 * ```
 */
export function inBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  const kib = bytes / 1024;
  return kib < 1024 ? `${Math.round(kib)} KiB` : `${Math.round(kib / 1024)} MiB`;
}
