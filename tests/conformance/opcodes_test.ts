import { closeFrame, frame, message, OPCODE } from "./frames.ts";
import { exchange, runTrials } from "./trials.ts";

const PING = '{"type":"ping","t":5}';

/** RFC 6455 section 5.2 keeps these for later: whoever receives one fails the connection. */
const RESERVED = [0x3, 0x4, 0x5, 0x6, 0x7, 0xb, 0xc, 0xd, 0xe, 0xf];

Deno.test("every opcode is answered as RFC 6455 asks, or ends the connection", async (t) => {
  await runTrials(t, [
    exchange({
      name: "a text frame is a message",
      send: [frame(OPCODE.text, PING)],
      hears: ["text pong 5"],
      then: "survives",
    }),
    exchange({
      name: "a binary frame is refused with 1003",
      send: [frame(OPCODE.binary, PING)],
      hears: ["text error bad-message", "close 1003 binary frames are not accepted"],
      then: "closes",
    }),
    exchange({
      name: "a close frame is answered with its code",
      send: [closeFrame(1000, "done")],
      hears: ["close 1000 done"],
      then: "ends",
    }),
    exchange({
      name: "a ping is answered with its payload",
      send: [frame(OPCODE.ping, "hello")],
      hears: ["pong hello"],
      then: "survives",
    }),
    exchange({
      name: "an empty ping is answered with an empty pong",
      send: [frame(OPCODE.ping)],
      hears: ["pong"],
      then: "survives",
    }),
    exchange({
      name: "a pong that nobody asked for is ignored",
      send: [frame(OPCODE.pong, "hello"), frame(OPCODE.pong)],
      then: "survives",
    }),
    ...RESERVED.map((opcode) =>
      exchange({
        name: `the reserved opcode ${opcode} ends the connection`,
        // Section 7.1.7 wishes for a close frame with 1002, and lets it be: the runtime sends none.
        send: [frame(opcode, PING), message(PING)],
        then: "ends",
      })
    ),
  ]);
});
