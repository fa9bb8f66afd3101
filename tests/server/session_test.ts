import { assertEquals } from "@std/assert";
import { CLOSE } from "../../lib/protocol/close_codes.ts";
import { parseClientMessage, parseVersion1 } from "../../lib/protocol/parse.ts";
import { no } from "../../lib/protocol/result.ts";
import { receive, type Session, type Step } from "../../lib/server/session.ts";

const JOINING: Session = { state: "joining", strikes: 0 };
const JOINED: Session = { state: "joined", strikes: 0 };

function say(session: Session, message: object): Step {
  return receive(session, parseClientMessage(JSON.stringify(message)));
}

Deno.test("receive() lets a version 2 connection join once", () => {
  const step = say(JOINING, { type: "join", auth: "key" });
  assertEquals(step, {
    do: "join",
    session: JOINED,
    join: { type: "join", auth: "key" },
  });
  assertEquals(say(JOINED, { type: "join" }).do, "complain");
});

Deno.test("receive() hears nothing but join and ping before the join", () => {
  for (
    const message of [{ type: "offer", sdp: "" }, { type: "candidate", candidate: null }]
  ) {
    const step = say(JOINING, message);
    assertEquals(step.do, "complain");
    assertEquals(step.session, { state: "joining", strikes: 1 });
  }
  assertEquals(say(JOINING, { type: "ping", t: 7 }), { do: "pong", session: JOINING, t: 7 });
  assertEquals(say(JOINING, { type: "leave" }).do, "leave");
});

Deno.test("receive() relays signals with their target", () => {
  const targeted = say(JOINED, { type: "answer", sdp: "", to: "you" });
  assertEquals(targeted.do === "relay" && targeted.to, "you");
  const untargeted = receive(JOINED, parseVersion1('{"type":"answer","sdp":"","to":"you"}'));
  assertEquals(untargeted.do === "relay" && untargeted.to, undefined);
});

Deno.test("receive() closes with 4500 at the eleventh bad message", () => {
  let session = JOINED as Session;
  for (let strikes = 1; strikes <= 10; strikes++) {
    const step = receive(session, no("bad"));
    assertEquals(step, {
      do: "complain",
      session: { state: "joined", strikes },
      error: { type: "error", code: "bad-message", message: "bad" },
    });
    session = step.session;
  }
  const last = receive(session, no("bad"));
  assertEquals(last.do === "close" && last.close, CLOSE.badMessage);
  assertEquals(last.session, { state: "ended" });
});

Deno.test("receive() hears nothing after the end", () => {
  const { session } = say(JOINED, { type: "leave" });
  assertEquals(session, { state: "ended" });
  assertEquals(say(session, { type: "offer", sdp: "" }), { do: "nothing", session });
  assertEquals(receive(session, no("bad")), { do: "nothing", session });
});
