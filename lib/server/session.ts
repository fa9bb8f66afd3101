/**
 * What a connection may do now. Pure: a session and a frame go in, one thing to do and, where it
 * changes, the next session come out.
 *
 * @module
 */

import { CLOSE, type Close } from "../protocol/closes.ts";
import { STRIKES } from "../protocol/limits.ts";
import type {
  ClientMessage,
  ErrorMessage,
  JoinMessage,
  Version1Message,
} from "../protocol/messages.ts";
import type { Parsed } from "../protocol/parse.ts";
import type { Result } from "../protocol/result.ts";

/** A connection's state. */
export type Session =
  /** Version 2 before its `join`. */
  | { state: "joining"; strikes: number }
  /** It has said `join`, and a full room is being asked whether all are there. */
  | { state: "waiting"; strikes: number }
  /** In its room. */
  | { state: "joined"; strikes: number }
  /** Left, refused or broken: whatever still arrives is not heard. */
  | { state: "ended" };

/** A session that has not done anything yet, in the state of that name. */
export const FRESH = {
  joining: { state: "joining", strikes: 0 },
  joined: { state: "joined", strikes: 0 },
  ended: { state: "ended" },
} as const satisfies Record<string, Session>;

/** A valid message of either version. */
export type AnyMessage = Version1Message | ClientMessage;

/** What is to be done; `session` is there where it changes. */
export type Step =
  & { session?: Session }
  & (
    | { do: "nothing" | "relay" | "leave" | "alive" | "ice-servers" }
    | { do: "join"; join: JoinMessage }
    | { do: "pong"; t: number }
    | { do: "complain"; error: ErrorMessage }
    | { do: "close"; error: ErrorMessage; close: Close }
  );

// A relayed signal, which is what most frames are, allocates nothing here.
const NOTHING: Step = { do: "nothing" };
const RELAY: Step = { do: "relay" };
const ALIVE: Step = { do: "alive" };
const ICE_SERVERS: Step = { do: "ice-servers" };
const LEAVE: Step = { do: "leave", session: FRESH.ended };

/**
 * Decides what a frame means for a session.
 *
 * @example
 * ```ts
 * import { parseClientMessage } from "../protocol/parse.ts";
 * import { FRESH, receive } from "./session.ts";
 *
 * receive(FRESH.joined, parseClientMessage('{"type":"offer","sdp":"v=0"}')); // { do: "relay" }
 * ```
 */
export function receive(session: Session, frame: Result<Parsed<AnyMessage>>): Step {
  if (session.state === "ended") return NOTHING;
  if (!frame.ok) return strike(session, frame.reason);
  const { message } = frame.value;
  switch (message.type) {
    case "offer":
    case "answer":
    case "candidate":
      if (session.state === "joined") return RELAY;
      return strike(session, UNTIMELY[session.state]);
    case "ice-servers":
      if (session.state === "joined") return ICE_SERVERS;
      return strike(session, UNTIMELY[session.state]);
    case "ping":
      return { do: "pong", t: message.t };
    case "pong":
      return ALIVE;
    case "join":
      if (session.state !== "joining") {
        return strike(session, "This connection has joined already");
      }
      return { do: "join", session: { ...session, state: "waiting" }, join: message };
    case "leave":
      return LEAVE;
    default:
      message satisfies never;
      return NOTHING;
  }
}

/** Answers with the session of a peer that has got its seat. */
export function join(session: Session): Session {
  if (session.state === "ended") return session;
  return session.strikes === 0 ? FRESH.joined : { state: "joined", strikes: session.strikes };
}

const UNTIMELY = {
  joining: 'The first message must be a "join"',
  waiting: 'This is heard after the "welcome"',
};

/** Answers a bad message; the connection survives the first {@linkcode STRIKES}. */
function strike(session: Exclude<Session, { state: "ended" }>, reason: string): Step {
  const error: ErrorMessage = { type: "error", code: "bad-message", message: reason };
  const strikes = session.strikes + 1;
  if (strikes > STRIKES) {
    return { do: "close", session: FRESH.ended, error, close: CLOSE.badMessage };
  }
  return { do: "complain", session: { ...session, strikes }, error };
}
