/** The opcodes of RFC 6455 section 5.2. */
export const OPCODE = {
  continuation: 0x0,
  text: 0x1,
  binary: 0x2,
  close: 0x8,
  ping: 0x9,
  pong: 0xa,
} as const;

/** How a frame differs from one that a well-behaved client sends. */
export interface FrameOptions {
  /** Whether it ends its message; true unless said. */
  fin?: boolean;
  /** The three reserved bits, RSV1 being 4. */
  rsv?: number;
  /** Whether it is masked, as a client's must be; true unless said. */
  masked?: boolean;
  /** Bits of the length field; the fewest that hold the length unless said. */
  lengthBits?: 7 | 16 | 64;
  /** The length that is claimed; the true one unless said. */
  claim?: bigint;
}

/** A frame as it was read. */
export interface Frame {
  fin: boolean;
  rsv: number;
  opcode: number;
  masked: boolean;
  /** Whether its length is written in the fewest bytes, as it must be. */
  minimal: boolean;
  payload: Uint8Array<ArrayBuffer>;
}

const MASK = new Uint8Array([0x37, 0xfa, 0x21, 0x3d]);
const encoder = new TextEncoder();

/** Writes a client's frame (RFC 6455 section 5.2), with whatever mistakes are asked for. */
export function frame(
  opcode: number,
  content: string | Uint8Array = "",
  { fin = true, rsv = 0, masked = true, lengthBits, claim }: FrameOptions = {},
): Uint8Array<ArrayBuffer> {
  const payload = typeof content === "string" ? encoder.encode(content) : content;
  const length = claim ?? BigInt(payload.length);
  const bits = lengthBits ?? (length < 126n ? 7 : length < 65536n ? 16 : 64);
  const extended = bits === 7 ? 0 : bits / 8;
  const bytes = new Uint8Array(2 + extended + (masked ? 4 : 0) + payload.length);
  const view = new DataView(bytes.buffer);
  bytes[0] = (fin ? 0x80 : 0) | rsv << 4 | opcode;
  bytes[1] = (masked ? 0x80 : 0) | (bits === 7 ? Number(length) : bits === 16 ? 126 : 127);
  if (bits === 16) view.setUint16(2, Number(length));
  if (bits === 64) view.setBigUint64(2, length);
  const start = bytes.length - payload.length;
  if (masked) bytes.set(MASK, start - 4);
  for (let i = 0; i < payload.length; i++) {
    bytes[start + i] = payload[i]! ^ (masked ? MASK[i % 4]! : 0);
  }
  return bytes;
}

/** Writes a message as one text frame. */
export function message(content: object | string): Uint8Array<ArrayBuffer> {
  return frame(OPCODE.text, typeof content === "string" ? content : JSON.stringify(content));
}

/** Writes a close frame (RFC 6455 section 5.5.1). */
export function closeFrame(
  code: number,
  reason: string | Uint8Array = "",
): Uint8Array<ArrayBuffer> {
  const words = typeof reason === "string" ? encoder.encode(reason) : reason;
  return frame(OPCODE.close, new Uint8Array([code >> 8, code & 0xff, ...words]));
}

/** Reads the first frame of `bytes`, and how many bytes it took; nothing where it is not complete. */
export function readFrame(bytes: Uint8Array): { frame: Frame; size: number } | undefined {
  if (bytes.length < 2) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const first = bytes[0]!;
  const masked = (bytes[1]! & 0x80) !== 0;
  let length = bytes[1]! & 0x7f;
  let start = 2;
  if (length === 126) {
    if (bytes.length < 4) return undefined;
    length = view.getUint16(2);
    start = 4;
  } else if (length === 127) {
    if (bytes.length < 10) return undefined;
    length = Number(view.getBigUint64(2));
    start = 10;
  }
  const minimal = start === (length < 126 ? 2 : length < 65536 ? 4 : 10);
  if (masked) start += 4;
  if (bytes.length < start + length) return undefined;
  const frame: Frame = {
    fin: (first & 0x80) !== 0,
    rsv: first >> 4 & 7,
    opcode: first & 0xf,
    masked,
    minimal,
    payload: new Uint8Array(bytes.slice(start, start + length)),
  };
  return { frame, size: start + length };
}

/** Several byte strings as one. */
export function join(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
