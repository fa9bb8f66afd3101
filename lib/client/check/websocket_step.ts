/**
 * The step of a check that joins a room of its own and asks the server for an answer.
 *
 * @module
 */

import { randomId } from "../../protocol/ids.ts";
import type { ErrorMessage, IceConfiguration, WelcomeMessage } from "../../protocol/messages.ts";
import { atMost } from "../at_most.ts";
import { SignalingChannel } from "../signaling_channel.ts";
import { inMilliseconds } from "./quantity.ts";
import { advise, say, type Saying } from "./saying.ts";
import type { Outcome } from "./step.ts";
import type { ServerSurroundings } from "./surroundings.ts";

/** What came out, and what the server gave to make connections with if it let us in. */
export interface Introduction {
  /** How the step went. */
  outcome: Outcome;
  /** How to make connections in rooms of this server. */
  ice?: IceConfiguration;
}

/** How the server took it that somebody wants in. */
type Answer =
  | { state: "welcome"; welcome: WelcomeMessage }
  | { state: "refused"; detail: string | Saying }
  | { state: "silent" };

/** Milliseconds in which a ping must be answered, or a request over HTTP. */
const PATIENCE = 5_000;

/** No ping of the heartbeat asks with a number below 0. */
const PING = -1;

/** Joins a room that nobody else knows, measures a round trip, and leaves. */
export async function checkWebSocket(around: ServerSurroundings): Promise<Introduction> {
  const { clock } = around;
  const visit = new Visit(around);
  try {
    const answer = await visit.answer;
    if (answer.state === "refused") return { outcome: refused(answer.detail) };
    if (answer.state === "silent") {
      const answersHttp = await atMost(around.answersHttp(), { clock, milliseconds: PATIENCE });
      return { outcome: silent(answersHttp ?? false) };
    }
    const { iceServers, iceTransportPolicy } = answer.welcome;
    const ice = { iceServers, ...(iceTransportPolicy && { iceTransportPolicy }) };
    const roundTrip = await atMost(visit.ping(), { clock, milliseconds: PATIENCE });
    return { outcome: joined(roundTrip), ice };
  } finally {
    visit.leave();
  }
}

/** A stay in a room, as long as a check needs it. */
class Visit {
  /** The first thing that the server makes known. */
  readonly answer: Promise<Answer>;
  #channel: SignalingChannel;
  #clock: ServerSurroundings["clock"];
  #onPong = () => {};
  #onBroken = () => {};

  constructor({ clock, openSocket, signalUrl }: ServerSurroundings) {
    this.#clock = clock;
    let answered: (answer: Answer) => void = () => {};
    this.answer = new Promise((resolve) => answered = resolve);
    let error: ErrorMessage | undefined;
    this.#channel = new SignalingChannel({
      url: signalUrl(randomId(22)),
      clock,
      ...(openSocket && { openSocket }),
      onMessage: (message) => {
        if (message.type === "welcome") answered({ state: "welcome", welcome: message });
        if (message.type === "error") error = message;
        if (message.type === "pong" && message.t === PING) this.#onPong();
      },
      onAway: () => {
        answered(error ? { state: "refused", detail: error.message } : { state: "silent" });
        this.#onBroken();
      },
      onStop: (stop) => {
        const detail = (stop.error ?? error)?.message ??
          say((words) => words.websocket.closed, { code: stop.code });
        answered({ state: "refused", detail });
        this.#onBroken();
      },
    });
    this.#channel.open();
  }

  /** Measures a round trip in milliseconds; `undefined` where the socket breaks meanwhile. */
  ping(): Promise<number | undefined> {
    const asked = this.#clock.now();
    return new Promise((resolve) => {
      this.#onPong = () => resolve(this.#clock.now() - asked);
      this.#onBroken = () => resolve(undefined);
      this.#channel.send({ type: "ping", t: PING });
    });
  }

  /** Leaves, and does not come back. */
  leave(): void {
    this.#channel.leave();
  }
}

function joined(roundTrip: number | undefined): Outcome {
  if (roundTrip === undefined) {
    return { state: "warning", ...advise((words) => words.websocket.noPong) };
  }
  const time = inMilliseconds(roundTrip);
  return { state: "ok", sentence: say((words) => words.websocket.joined, { time }) };
}

function refused(detail: string | Saying): Outcome {
  return { state: "failed", ...advise((words) => words.websocket.refused, { detail }) };
}

function silent(answersHttp: boolean): Outcome {
  return {
    state: "failed",
    ...advise(({ websocket }) => answersHttp ? websocket.blocked : websocket.unreachable),
  };
}
