import { createSocket } from "node:dgram";
import { once } from "node:events";
import type { Buffer } from "node:buffer";

const BINDING_REQUEST = 0x0001;
const BINDING_SUCCESS = 0x0101;
const ALLOCATE_REQUEST = 0x0003;
const ALLOCATE_ERROR = 0x0113;
const ERROR_CODE = 0x0009;
const REALM = 0x0014;
const NONCE = 0x0015;
const XOR_MAPPED_ADDRESS = 0x0020;

/** A server on this machine that answers a little STUN; `await using` stops it. */
export interface StunResponder extends AsyncDisposable {
  /** `127.0.0.1:PORT` */
  host: string;
}

/**
 * Tells whoever asks that it is seen as 198.51.100.7 (RFC 8489), an address that nobody has, and
 * whoever wants a relay that its credentials are wrong (RFC 8656).
 */
export async function startStunResponder(): Promise<StunResponder> {
  const socket = createSocket("udp4");
  socket.on("message", (request, { address, port }) => {
    const answer = answerTo(request);
    if (answer !== undefined) socket.send(answer, port, address);
  });
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  return {
    host: `127.0.0.1:${socket.address().port}`,
    async [Symbol.asyncDispose]() {
      const closed = once(socket, "close");
      socket.close();
      await closed;
    },
  };
}

function answerTo(request: Buffer): Uint8Array | undefined {
  const transaction = request.subarray(4, 20);
  switch (request.readUInt16BE(0)) {
    case BINDING_REQUEST: {
      // Family IPv4, port and address, each mixed with the magic cookie 0x2112a442.
      const mapped = [0, 1, 0x30 ^ 0x21, 0x39 ^ 0x12, 198 ^ 0x21, 51 ^ 0x12, 100 ^ 0xa4, 7 ^ 0x42];
      return message(BINDING_SUCCESS, transaction, [[XOR_MAPPED_ADDRESS, mapped]]);
    }
    case ALLOCATE_REQUEST: {
      const text = (value: string) => [...new TextEncoder().encode(value)];
      return message(ALLOCATE_ERROR, transaction, [
        [ERROR_CODE, [0, 0, 4, 1, ...text("Unauthorized")]],
        [REALM, text("tincan")],
        [NONCE, text("nonce")],
      ]);
    }
  }
}

/** Writes a STUN message: its header, and attributes that end at multiples of four bytes. */
function message(type: number, transaction: Uint8Array, attributes: [number, number[]][]) {
  const body = attributes.flatMap(([type, value]) => [
    ...[type >> 8, type & 255, value.length >> 8, value.length & 255],
    ...value,
    ...Array(-value.length & 3).fill(0),
  ]);
  const head = [type >> 8, type & 255, body.length >> 8, body.length & 255];
  return Uint8Array.from([...head, ...transaction, ...body]);
}
