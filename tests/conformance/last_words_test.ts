import { frame, message, OPCODE } from "./frames.ts";
import { exchange, runTrials } from "./trials.ts";

const MORE = message({ type: "candidate", candidate: null });
const BAD = "text error bad-message";

Deno.test("a peer is told the code of its close, though it has said more meanwhile", async (t) => {
  await runTrials(t, [
    exchange({
      name: "a message after a binary frame",
      send: [frame(OPCODE.binary, "x"), MORE],
      hears: [BAD, "close 1003 binary frames are not accepted"],
      then: "closes",
    }),
    exchange({
      name: "a message after one that is too large",
      send: [message("x".repeat(20_000)), MORE],
      hears: [BAD, "close 1009 message too big"],
      then: "closes",
    }),
    exchange({
      name: "a message after the last strike",
      send: [...new Array(11).fill(message("bad")), MORE],
      hears: [...new Array(11).fill(BAD), "close 4500 bad message"],
      then: "closes",
    }),
    exchange({
      name: "twice as much as a peer may say at once",
      send: new Array(120).fill(message({ type: "answer", sdp: "" })),
      hears: [...new Array(3).fill("text error rate-limited"), "close 4403 rate limited"],
      then: "closes",
    }),
  ], { MESSAGES_PER_SECOND: "10" });
});
