/**
 * The bytes of a file as they travel on a channel `files`: who they are of, where they belong, and
 * themselves. `lib/protocol/file_frames.ts` says how that is laid out.
 *
 * @module
 */

import { MAX_FILE_CHUNK_BYTES } from "../../protocol/file_frames.ts";
import { no, type Result, yes } from "../../protocol/result.ts";

const HEADER_BYTES = 12;

/** The most bytes of a file in one chunk. */
export const PAYLOAD_BYTES: number = MAX_FILE_CHUNK_BYTES - HEADER_BYTES;

/** Bytes, as they are in memory here. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** A piece of a file. */
export interface Chunk {
  /** What its receiver calls the file, this time. */
  mark: number;
  /** Where it belongs. */
  offset: number;
  /** At least one byte, and at most {@linkcode PAYLOAD_BYTES}. */
  payload: Bytes;
}

/** Makes the message for a chunk. */
export function formatChunk({ mark, offset, payload }: Chunk): Bytes {
  const message = new Uint8Array(HEADER_BYTES + payload.length);
  const view = new DataView(message.buffer);
  view.setUint32(0, mark);
  view.setBigUint64(4, BigInt(offset));
  message.set(payload, HEADER_BYTES);
  return message;
}

/** Reads what came on the channel; the payload shares its memory. */
export function parseChunk(data: unknown): Result<Chunk> {
  if (!(data instanceof ArrayBuffer)) return no("A chunk must be binary");
  const { byteLength } = data;
  if (byteLength <= HEADER_BYTES || byteLength > MAX_FILE_CHUNK_BYTES) {
    return no(`A chunk must have ${HEADER_BYTES + 1} to ${MAX_FILE_CHUNK_BYTES} bytes`);
  }
  const view = new DataView(data);
  const offset = Number(view.getBigUint64(4));
  if (!Number.isSafeInteger(offset)) return no("No file is that big");
  return yes({ mark: view.getUint32(0), offset, payload: new Uint8Array(data, HEADER_BYTES) });
}
