import { assertEquals } from "@std/assert";
import { closeFrame, frame, message, OPCODE } from "./frames.ts";
import { newRoom, RawSocket } from "./raw_socket.ts";
import { exchange, runTrials, type Trial } from "./trials.ts";

const PING = '{"type":"ping","t":5}';
const decoder = new TextDecoder();

/** Codes that an endpoint may send (RFC 6455 section 7.4). */
const ALLOWED = [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013];
const OURS = [3000, 3999, 4000, 4502, 4999];

/** Codes that mean nothing, or that no endpoint may send: 1004, 1005, 1006 and 1015 least of all. */
const FORBIDDEN = [0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 1999, 2000, 2999, 5000, 65535];

/** A version 2 peer that closes with `code` may come back to its seat, whatever the code. */
function keepsItsSeat(code: number): Trial {
  return {
    name: `a peer that closed with ${code} is away`,
    async run({ port }) {
      const room = newRoom();
      using stays = await RawSocket.join(port, { room });
      using closes = await RawSocket.join(port, { room });
      await closes.write(closeFrame(code));
      await closes.readAll();
      assertEquals(await stays.read(), "text peer-joined");
      const away = await stays.readFrame();
      const { peer } = closes.welcome;
      assertEquals(decoder.decode(away?.payload), `{"type":"peer-away","peer":"${peer}"}`);
    },
  };
}

Deno.test("a close is answered, and ends the connection", async (t) => {
  await runTrials(t, [
    exchange({
      name: "without a code it is answered without one",
      send: [frame(OPCODE.close)],
      hears: ["close"],
      then: "ends",
    }),
    exchange({
      name: "with half a code it is not answered",
      // RFC 6455 section 7.1.7 wishes for 1002; the runtime ends without a word.
      send: [frame(OPCODE.close, "\x03")],
      then: "ends",
    }),
    ...[...ALLOWED, ...OURS].map((code) =>
      exchange({
        name: `${code} is answered with itself`,
        send: [closeFrame(code, "why")],
        hears: [`close ${code} why`],
        then: "ends",
      })
    ),
    exchange({
      name: "1014 is answered with 1002",
      // It was added to the registry of RFC 6455 section 11.7 later than to the runtime's list.
      send: [closeFrame(1014)],
      hears: ["close 1002"],
      then: "ends",
    }),
    ...FORBIDDEN.map((code) =>
      exchange({
        name: `${code} is answered with 1002`,
        send: [closeFrame(code)],
        hears: ["close 1002"],
        then: "ends",
      })
    ),
    exchange({
      name: "a reason of 123 bytes is the longest",
      send: [closeFrame(1000, "é".repeat(61) + "!")],
      hears: [`close 1000 ${"é".repeat(61)}!`],
      then: "ends",
    }),
    exchange({
      name: "nothing that comes after it is heard",
      send: [closeFrame(1000), message(PING), frame(OPCODE.ping, "late"), message("bad")],
      hears: ["close 1000"],
      then: "ends",
    }),
    exchange({
      name: "a second close is not answered",
      send: [closeFrame(1000), closeFrame(1001)],
      hears: ["close 1000"],
      then: "ends",
    }),
    exchange({
      name: "garbage after it is not looked at",
      send: [closeFrame(1000), new Uint8Array(1000).fill(0xff)],
      hears: ["close 1000"],
      then: "ends",
    }),
    ...[1000, 1001, 1006, 4500, 5000].map(keepsItsSeat),
  ]);
});
