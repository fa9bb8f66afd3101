import { assertEquals } from "@std/assert";
import { closeFrame, frame, type FrameOptions, message, OPCODE } from "./frames.ts";
import { RawSocket } from "./raw_socket.ts";
import { exchange, runGroups, type Trial } from "./trials.ts";

const PING = '{"type":"ping","t":5}';
const OPEN: FrameOptions = { fin: false };
const { text, binary, continuation, ping, pong, close } = OPCODE;

function whole(): Trial[] {
  return [
    exchange({
      name: "one character a fragment",
      send: [
        frame(text, "", OPEN),
        ...[...PING].map((character) => frame(continuation, character, OPEN)),
        frame(continuation),
      ],
      hears: ["text pong 5"],
      then: "survives",
    }),
    exchange({
      name: "a thousand empty fragments before, and as many after",
      send: [
        frame(text, "", OPEN),
        ...new Array(1000).fill(frame(continuation, "", OPEN)),
        frame(continuation, PING, OPEN),
        ...new Array(1000).fill(frame(continuation, "", OPEN)),
        frame(continuation),
      ],
      hears: ["text pong 5"],
      then: "survives",
    }),
    exchange({
      name: "nothing but empty fragments is an empty message",
      send: [frame(text, "", OPEN), frame(continuation, "", OPEN), frame(continuation)],
      hears: ["text error bad-message"],
      then: "survives",
    }),
    exchange({
      name: "fragments of a binary message are refused as one",
      send: [frame(binary, "a", OPEN), frame(continuation, "b")],
      hears: ["text error bad-message", "close 1003 binary frames are not accepted"],
      then: "closes",
    }),
    exchange({
      name: "a ping and a pong between fragments",
      send: [
        frame(text, PING.slice(0, 5), OPEN),
        frame(ping, "middle"),
        frame(pong, "unasked"),
        frame(continuation, PING.slice(5)),
      ],
      hears: ["pong middle", "text pong 5"],
      then: "survives",
    }),
    {
      name: "a ping between fragments is answered before the message ends",
      async run({ port }) {
        using socket = await RawSocket.join(port);
        await socket.write(frame(text, PING.slice(0, 5), OPEN), frame(ping, "middle"));
        assertEquals(await socket.read(), "pong middle");
        await socket.write(frame(continuation, PING.slice(5)));
        assertEquals(await socket.read(), "text pong 5");
      },
    },
    exchange({
      name: "a close between fragments ends the connection, and the message is not heard",
      send: [
        frame(text, PING.slice(0, 5), OPEN),
        closeFrame(1000),
        frame(continuation, PING.slice(5)),
      ],
      hears: ["close 1000"],
      then: "ends",
    }),
    exchange({
      name: "a thousand pings between two fragments are answered in order",
      send: [
        frame(text, PING.slice(0, 5), OPEN),
        ...Array.from({ length: 1000 }, (_, i) => frame(ping, String(i))),
        frame(continuation, PING.slice(5)),
      ],
      hears: [...Array.from({ length: 1000 }, (_, i) => `pong ${i}`), "text pong 5"],
      then: "survives",
    }),
  ];
}

function misfits(): Trial[] {
  // What follows each of them must not be heard: the end is the end.
  const after = message(PING);
  return [
    exchange({
      name: "a continuation of nothing",
      send: [frame(continuation, PING), after],
      then: "ends",
    }),
    exchange({
      name: "a continuation of nothing, to be continued",
      send: [frame(continuation, PING, OPEN), after],
      then: "ends",
    }),
    exchange({
      name: "a continuation of a message that is complete",
      send: [frame(text, PING), frame(continuation, PING), after],
      hears: ["text pong 5"],
      then: "ends",
    }),
    exchange({
      name: "a text frame inside a fragmented message",
      send: [frame(text, "{", OPEN), frame(text, PING), after],
      then: "ends",
    }),
    exchange({
      name: "a binary frame inside a fragmented message",
      send: [frame(text, "{", OPEN), frame(binary, PING), after],
      then: "ends",
    }),
    exchange({
      name: "a new fragmented message inside a fragmented message takes the place of the first",
      // RFC 6455 section 5.4 has none of this. The runtime forgets what it had of the first message:
      // nobody hears half of anything, and no memory is kept.
      send: [frame(text, "{", OPEN), frame(text, PING, OPEN), frame(continuation)],
      hears: ["text pong 5"],
      then: "survives",
    }),
  ];
}

function controls(): Trial[] {
  const after = message(PING);
  const long = "x".repeat(126);
  return [
    exchange({
      name: "a ping in fragments",
      send: [frame(ping, "a", OPEN), frame(continuation, "b"), after],
      then: "ends",
    }),
    exchange({
      name: "a pong in fragments",
      send: [frame(pong, "a", OPEN), frame(continuation, "b"), after],
      then: "ends",
    }),
    exchange({
      name: "a close in fragments",
      send: [frame(close, new Uint8Array([0x03, 0xe8]), OPEN), frame(continuation, "b"), after],
      then: "ends",
    }),
    exchange({
      name: "a ping of 125 bytes is answered",
      send: [frame(ping, long.slice(1))],
      hears: [`pong ${long.slice(1)}`],
      then: "survives",
    }),
    exchange({ name: "a ping of 126 bytes", send: [frame(ping, long), after], then: "ends" }),
    exchange({
      name: "a pong of 126 bytes is ignored",
      // RFC 6455 section 5.5 has none of this; but nobody ever sees what a pong says.
      send: [frame(pong, long)],
      then: "survives",
    }),
    exchange({
      name: "a close of 126 bytes ends the connection",
      // RFC 6455 section 5.5 has none of this, nor of the answer, which repeats the long reason to
      // the one who wrote it. The connection ends all the same.
      send: [closeFrame(1000, long.slice(2)), after],
      hears: [`close 1000 ${long.slice(2)}`],
      then: "ends",
    }),
  ];
}

Deno.test("fragments make up messages", async (t) => {
  await runGroups(t, {
    "a message in fragments is one message, whatever comes in between": whole(),
    "a fragment that fits nowhere ends the connection, or what it does not fit to": misfits(),
    "a control frame is never in fragments, and never longer than 125 bytes": controls(),
  });
});
