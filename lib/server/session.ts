/**
 * What a connection may do now. Pure: a session and a frame go in, the next session and one thing
 * to do come out.
 *
 * @module
 */

import { CLOSE, type Close } from "../protocol/close_codes.ts";
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
  /** In its room. */
  | { state: "joined"; strikes: number }
  /** Left, refused or broken: whatever still arrives is not heard. */
  | { state: "ended" };

/** A valid message of either version. */
export type AnyMessage = Version1Message | ClientMessage;

/** What is to be done. */
export type Step =
  | { do: "nothing"; session: Session }
  | { do: "join"; session: Session; join: JoinMessage }
  | { do: "relay"; session: Session; parsed: Parsed<AnyMessage>; to: string | undefined }
  | { do: "leave"; session: Session; parsed: Parsed<AnyMessage> }
  | { do: "pong"; session: Session; t: number }
  | { do: "complain"; session: Session; error: ErrorMessage }
  | { do: "close"; session: Session; error: ErrorMessage; close: Close };

/** Decides what a frame means for a session. */
export function receive(session: Session, frame: Result<Parsed<AnyMessage>>): Step {
  if (session.state === "ended") return { do: "nothing", session };
  if (!frame.ok) return strike(session, frame.reason);
  const { message } = frame.value;
  switch (message.type) {
    case "ping":
      return { do: "pong", session, t: message.t };
    case "join":
      if (session.state === "joined") return strike(session, "This connection has joined already");
      return { do: "join", session: { ...session, state: "joined" }, join: message };
    case "offer":
    case "answer":
    case "candidate": {
      if (session.state === "joining") return strike(session, 'The first message must be a "join"');
      const to = "to" in message ? message.to : undefined;
      return { do: "relay", session, parsed: frame.value, to };
    }
    case "leave":
      return { do: "leave", session: { state: "ended" }, parsed: frame.value };
    default:
      message satisfies never;
      return { do: "nothing", session };
  }
}

/** Answers a bad message; the connection survives the first {@linkcode STRIKES}. */
function strike(session: Exclude<Session, { state: "ended" }>, reason: string): Step {
  const error: ErrorMessage = { type: "error", code: "bad-message", message: reason };
  const strikes = session.strikes + 1;
  if (strikes > STRIKES) {
    return { do: "close", session: { state: "ended" }, error, close: CLOSE.badMessage };
  }
  return { do: "complain", session: { ...session, strikes }, error };
}
