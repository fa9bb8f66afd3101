import { assertEquals } from "@std/assert";
import { CLOSE } from "../../lib/protocol/closes.ts";
import { parseClientMessage, parseVersion1 } from "../../lib/protocol/parse.ts";
import { no } from "../../lib/protocol/result.ts";
import { FRESH, join, receive, type Session, type Step } from "../../lib/server/session.ts";

const { joining: JOINING, joined: JOINED, ended: ENDED } = FRESH;
const WAITING: Session = { state: "waiting", strikes: 0 };

const SIGNALS = [
  { type: "offer", sdp: "" },
  { type: "answer", sdp: "", to: "you" },
  { type: "candidate", candidate: null },
];

function say(session: Session, message: object): Step {
  return receive(session, parseClientMessage(JSON.stringify(message)));
}

Deno.test("receive() lets a version 2 connection ask once for its seat", () => {
  const message = { type: "join", auth: "key", resume: "token" };
  assertEquals(say(JOINING, message), { do: "join", session: WAITING, join: message });
  for (const session of [WAITING, JOINED]) {
    const step = say(session, { type: "join" });
    assertEquals([step.do, step.session], ["complain", { ...session, strikes: 1 }]);
  }
});

Deno.test("join() makes of a peer that waits one that is in its room, with the strikes it has", () => {
  assertEquals(join(WAITING), JOINED);
  assertEquals(join({ state: "waiting", strikes: 7 }), { state: "joined", strikes: 7 });
  assertEquals(join(ENDED), ENDED);
});

Deno.test("receive() keeps the strikes over the join", () => {
  const step = say({ state: "joining", strikes: 9 }, { type: "join" });
  assertEquals(step.session, { state: "waiting", strikes: 9 });
});

Deno.test("receive() relays no signal before the welcome", () => {
  for (const session of [JOINING, WAITING]) {
    for (const message of SIGNALS) {
      const step = say(session, message);
      assertEquals([step.do, step.session], ["complain", { ...session, strikes: 1 }]);
      assertEquals(step.do === "complain" && step.error.code, "bad-message");
    }
  }
});

Deno.test("receive() answers a ping and notes a pong in every state, without a strike", () => {
  for (const session of [JOINING, WAITING, JOINED]) {
    assertEquals(say(session, { type: "ping", t: 7 }), { do: "pong", t: 7 });
    assertEquals(say(session, { type: "pong", t: 7 }), { do: "alive" });
  }
});

Deno.test("receive() tells of ICE servers whoever is in the room, and nobody else", () => {
  assertEquals(say(JOINED, { type: "ice-servers" }), { do: "ice-servers" });
  for (const session of [JOINING, WAITING]) {
    const step = say(session, { type: "ice-servers" });
    assertEquals([step.do, step.session], ["complain", { ...session, strikes: 1 }]);
  }
});

Deno.test("receive() lets go of whoever says leave, in every state", () => {
  for (const session of [JOINING, WAITING, JOINED]) {
    assertEquals(say(session, { type: "leave" }), { do: "leave", session: ENDED });
  }
  assertEquals(receive(JOINED, parseVersion1('{"type":"leave"}')).do, "leave");
});

Deno.test("receive() relays signals of both versions, and changes nothing", () => {
  for (const message of SIGNALS) assertEquals(say(JOINED, message), { do: "relay" });
  const old = receive(JOINED, parseVersion1('{"type":"answer","sdp":"","to":"you"}'));
  assertEquals(old, { do: "relay" });
});

Deno.test("receive() closes with 4500 at the eleventh bad message, in every state", () => {
  for (const first of [JOINING, WAITING, JOINED]) {
    let session: Session = first;
    for (let strikes = 1; strikes <= 10; strikes++) {
      const step = receive(session, no("bad"));
      assertEquals(step, {
        do: "complain",
        session: { state: first.state, strikes },
        error: { type: "error", code: "bad-message", message: "bad" },
      });
      session = step.session!;
      // What is good in between forgives nothing.
      assertEquals(say(session, { type: "ping", t: 0 }).session, undefined);
    }
    const last = receive(session, no("bad"));
    assertEquals(last, {
      do: "close",
      session: ENDED,
      error: { type: "error", code: "bad-message", message: "bad" },
      close: CLOSE.badMessage,
    });
  }
});

Deno.test("receive() hears nothing after the end", () => {
  for (
    const message of [...SIGNALS, ...["join", "leave", "ice-servers"].map((type) => ({ type }))]
  ) {
    assertEquals(say(ENDED, message), { do: "nothing" });
  }
  assertEquals(receive(ENDED, no("bad")), { do: "nothing" });
});

Deno.test("FRESH is never changed by what is received", () => {
  const before = JSON.stringify(FRESH);
  for (const session of [JOINING, JOINED]) {
    receive(session, no("bad"));
    say(session, { type: "join" });
    say(session, { type: "leave" });
  }
  assertEquals(JSON.stringify(FRESH), before);
});
