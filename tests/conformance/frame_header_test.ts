import { assertEquals } from "@std/assert";
import { frame, type FrameOptions, message, OPCODE } from "./frames.ts";
import { newRoom, RawSocket } from "./raw_socket.ts";
import { exchange, runGroups, type Trial } from "./trials.ts";

const PING = '{"type":"ping","t":5}';
const { text, binary, continuation, ping, pong, close } = OPCODE;
const MIB = 1024 * 1024;

/** The payload of a close with 1000. */
const NORMAL = new Uint8Array([0x03, 0xe8]);

/** The message of that many bytes: JSON may end in spaces. */
function padded(length: number): string {
  return PING.padEnd(length);
}

/** The lengths at which the form of the length changes (RFC 6455 section 5.2), and their next. */
const EDGES = [124, 125, 126, 127, 128, 65534, 65535, 65536];

/** A frame of version 1 arrives at the other peer in a frame of the same length. */
function relayed(length: number): Trial {
  return {
    name:
      `a frame of ${length} bytes is relayed in one whose length is written in the fewest bytes`,
    async run({ port }) {
      const options = { room: newRoom(), protocol: null };
      using speaker = await RawSocket.upgrade(port, options);
      using listener = await RawSocket.upgrade(port, options);
      await speaker.write(message('{"type":"offer","sdp":""}'.padEnd(length)));
      const heard = await listener.readFrame();
      assertEquals([heard?.payload.length, heard?.minimal], [length, true]);
    },
  };
}

function lengths(): Trial[] {
  return [
    exchange({
      name: "0 bytes and 1 byte are messages, though no good ones",
      send: [message(""), message("1")],
      hears: ["text error bad-message", "text error bad-message"],
      then: "survives",
    }),
    ...EDGES.map((length) =>
      exchange({
        name: `${length} bytes`,
        send: [message(padded(length))],
        hears: ["text pong 5"],
        then: "survives",
      })
    ),
    exchange({
      name: "65537 bytes are more than any setting allows",
      send: [message(padded(65537))],
      hears: ["text error bad-message", "close 1009 message too big"],
      then: "closes",
    }),
    ...EDGES.map(relayed),
    // RFC 6455 section 5.2 asks for the fewest bytes. The runtime takes more, too: the length is the
    // same, and nobody is promised to be told.
    ...([16, 64] as const).flatMap((lengthBits) => [
      exchange({
        name: `a short message whose length is written in ${lengthBits} bits is heard`,
        send: [frame(text, PING, { lengthBits })],
        hears: ["text pong 5"],
        then: "survives",
      }),
      exchange({
        name: `a ping whose length is written in ${lengthBits} bits is answered in the fewest`,
        send: [frame(ping, "hello", { lengthBits })],
        hears: ["pong hello"],
        then: "survives",
      }),
      exchange({
        name: `a close whose length is written in ${lengthBits} bits is answered in the fewest`,
        send: [frame(close, NORMAL, { lengthBits })],
        hears: ["close 1000"],
        then: "ends",
      }),
    ]),
    exchange({
      name: "a header that comes byte by byte is one header",
      send: [...frame(text, padded(200))].map((byte) => new Uint8Array([byte])),
      hears: ["text pong 5"],
      then: "survives",
    }),
  ];
}

function claims(): Trial[] {
  const claims: [string, bigint][] = [
    ["the highest bit, which must be 0", 1n << 63n],
    ["every bit", (1n << 64n) - 1n],
    ["2^53 bytes, which no number of JavaScript holds with its next", 1n << 53n],
    ["2^53 + 1 bytes", (1n << 53n) + 1n],
    ["2^32 bytes", 1n << 32n],
    ["64 MiB", BigInt(64 * MIB)],
  ];
  return [
    ...claims.flatMap(([name, claim]) =>
      [text, binary, continuation, ping].map((opcode) =>
        exchange({
          name: `${name}, for opcode ${opcode}`,
          send: [frame(opcode, "x", { lengthBits: 64, claim })],
          then: "ends",
        })
      )
    ),
    {
      name: "twenty claims of just below 64 MiB take no memory until they are made good",
      async run({ port }) {
        using sockets = new DisposableStack();
        const half = frame(text, "x", { lengthBits: 64, claim: BigInt(64 * MIB - 1) });
        for (let i = 0; i < 20; i++) {
          const socket = sockets.use(await RawSocket.join(port));
          await socket.write(half);
        }
      },
    },
  ];
}

function reservedBits(): Trial[] {
  const opcodes = [text, binary, continuation, close, ping, pong];
  return [4, 2, 1, 7].flatMap((rsv) =>
    opcodes.map((opcode) =>
      exchange({
        name: `RSV ${rsv.toString(2).padStart(3, "0")} of opcode ${opcode}`,
        send: [frame(opcode, opcode === close ? NORMAL : PING, { rsv }), message(PING)],
        then: "ends",
      })
    )
  );
}

function masks(): Trial[] {
  // RFC 6455 section 5.1 asks a server to close. The mask keeps what a page may write from looking
  // like HTTP to a proxy, and a page cannot leave it out: only a client that harms itself does.
  const masked: FrameOptions = { masked: false };
  return [
    exchange({
      name: "a text",
      send: [frame(text, PING, masked)],
      hears: ["text pong 5"],
      then: "survives",
    }),
    exchange({
      name: "a ping",
      send: [frame(ping, "hello", masked)],
      hears: ["pong hello"],
      then: "survives",
    }),
    exchange({
      name: "one fragment with, one without",
      send: [
        frame(text, PING.slice(0, 5), { fin: false }),
        frame(continuation, PING.slice(5), masked),
      ],
      hears: ["text pong 5"],
      then: "survives",
    }),
    exchange({
      name: "a close",
      send: [frame(close, NORMAL, masked)],
      hears: ["close 1000"],
      then: "ends",
    }),
  ];
}

Deno.test("the header of a frame is taken at its word, or ends the connection", async (t) => {
  await runGroups(t, {
    "a frame is as long as its header says": lengths(),
    "a claim of more than the server takes ends the connection before it is made good": claims(),
    "a reserved bit ends the connection, for no extension gave it a meaning": reservedBits(),
    "a frame without a mask is heard as if it had one": masks(),
  }, { MAX_MESSAGE_BYTES: "65536" });
});
