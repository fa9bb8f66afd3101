import { assertEquals } from "@std/assert";
import { closeFrame, frame, join, message, OPCODE } from "./frames.ts";
import { newRoom, RawSocket } from "./raw_socket.ts";
import { exchange, runGroups, type Trial } from "./trials.ts";

const { text, continuation } = OPCODE;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Every length that a character has in UTF-8, and the first and the last of each. */
const OFFER =
  '{"type":"offer","sdp":"\x7f\x80 ü \u07ff \u0800 € \ud7ff \ue000 \uffff 😀 \u{10ffff}"}';

/** Byte strings that are no UTF-8 (Unicode 15 section 3.9, table 3-7). */
const BAD: [string, number[]][] = [
  ["a byte that never occurs", [0xff]],
  ["a continuation byte alone", [0x80]],
  ["an overlong slash of two bytes", [0xc0, 0xaf]],
  ["an overlong slash of three bytes", [0xe0, 0x80, 0xaf]],
  ["an overlong slash of four bytes", [0xf0, 0x80, 0x80, 0xaf]],
  ["an overlong NUL", [0xc0, 0x80]],
  ["a high surrogate", [0xed, 0xa0, 0x80]],
  ["a low surrogate", [0xed, 0xbf, 0xbf]],
  ["a pair of surrogates", [0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80]],
  ["a character above the last", [0xf4, 0x90, 0x80, 0x80]],
  ["five bytes for one character", [0xf8, 0x88, 0x80, 0x80, 0x80]],
];

/** A message of version 1, and what the other peer of the room hears of it, to the byte. */
function relayed(name: string, send: Uint8Array[], heard: string): Trial {
  return {
    name,
    async run({ port }) {
      const options = { room: newRoom(), protocol: null };
      using speaker = await RawSocket.upgrade(port, options);
      using listener = await RawSocket.upgrade(port, options);
      await speaker.write(...send);
      const frame = await listener.readFrame();
      assertEquals([...frame?.payload ?? []], [...encoder.encode(heard)]);
      await speaker.write(closeFrame(1000));
      assertEquals(await listener.read(), "text leave");
    },
  };
}

function whole(): Trial[] {
  const bytes = encoder.encode(OFFER);
  const single = Array.from(bytes, (_, at) => bytes.slice(at, at + 1));
  return [
    relayed("every length of a character in one frame", [frame(text, bytes)], OFFER),
    relayed(
      "every byte in a fragment of its own",
      [
        frame(text, "", { fin: false }),
        ...single.map((byte) => frame(continuation, byte, { fin: false })),
        frame(continuation),
      ],
      OFFER,
    ),
    relayed(
      "a character that a ping divides",
      [
        frame(text, bytes.slice(0, -3), { fin: false }),
        frame(OPCODE.ping, "middle"),
        frame(continuation, bytes.slice(-3)),
      ],
      OFFER,
    ),
    relayed(
      "a character that is cut off at the end of the last fragment",
      // RFC 6455 section 8.1 would fail the connection. The runtime drops what is left of the
      // character: what is relayed is UTF-8 and was a valid message, so nobody is harmed.
      [
        frame(text, '{"type":"offer","sdp":""}', { fin: false }),
        frame(continuation, new Uint8Array([0xe2, 0x82])),
      ],
      '{"type":"offer","sdp":""}',
    ),
    exchange({
      name: "a byte order mark is no JSON",
      send: [message('\ufeff{"type":"ping","t":5}')],
      hears: ["text error bad-message"],
      then: "survives",
    }),
    exchange({
      name: "a NUL is no JSON",
      send: [message('{"type":"ping","t":5}\0')],
      hears: ["text error bad-message"],
      then: "survives",
    }),
  ];
}

function broken(): Trial[] {
  const start = '{"type":"offer","sdp":"';
  const end = '"}';
  return [
    // Section 8.1 asks for 1007 in section 7.1.7's words: "SHOULD". The runtime ends without.
    ...BAD.map(([name, bytes]) =>
      exchange({
        name: `${name}, in one frame`,
        send: [
          frame(text, join(encoder.encode(start), new Uint8Array(bytes), encoder.encode(end))),
        ],
        then: "ends",
      })
    ),
    ...BAD.map(([name, bytes]) =>
      exchange({
        name: `${name}, in fragments`,
        send: [
          frame(text, start, { fin: false }),
          ...bytes.map((byte) => frame(continuation, new Uint8Array([byte]), { fin: false })),
          frame(continuation, end),
        ],
        then: "ends",
      })
    ),
    exchange({
      name: "a character that is cut off at the end of a frame",
      send: [frame(text, new Uint8Array([0xe2, 0x82]))],
      then: "ends",
    }),
    ...BAD.map(([name, bytes]) =>
      exchange({
        name: `${name}, as the reason of a close`,
        send: [closeFrame(1000, new Uint8Array(bytes))],
        then: "ends",
      })
    ),
    {
      name: "the other peer of the room hears that the speaker is gone, and nothing else",
      async run({ port }) {
        const room = newRoom();
        using speaker = await RawSocket.join(port, { room });
        using listener = await RawSocket.join(port, { room });
        await speaker.write(frame(text, new Uint8Array([...encoder.encode(start), 0xff])));
        const heard = await listener.readFrame();
        const { peer } = speaker.welcome;
        assertEquals(decoder.decode(heard?.payload), `{"type":"peer-away","peer":"${peer}"}`);
      },
    },
  ];
}

Deno.test("text is UTF-8 or nothing", async (t) => {
  await runGroups(t, {
    "characters arrive as they were sent, however they were cut": whole(),
    "what is no UTF-8 ends the connection, and nobody hears it": broken(),
  });
});
