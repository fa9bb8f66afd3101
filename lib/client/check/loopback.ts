/**
 * Two connections in one page that talk to each other: what a room does, without another person.
 *
 * @module
 */

import type { Cancel, Clock } from "../../clock.ts";
import { CHAT_CHANNEL } from "../../protocol/chat.ts";
import type { IceConfiguration } from "../../protocol/messages.ts";
import { atMost } from "../at_most.ts";
import { type Path, readPath } from "../path.ts";
import type { CheckRtc, RtcSurroundings } from "./surroundings.ts";

/** A connection that worked. */
export interface Loop {
  /** Milliseconds that a message took there and back. */
  roundTrip: number;
  /** How it travelled, where the browser tells. */
  path: Path["kind"] | undefined;
  /** The most bytes of one message, where the browser tells. */
  maxMessageSize: number | undefined;
}

/** Milliseconds after which no connection is waited for any more. */
const PATIENCE = 15_000;

/** Milliseconds after which it is tried on another channel. */
const INTERVAL = 2_000;

const WORDS = "Can you hear me?";

/** Sends a message there and back on a channel `chat`; `undefined` where it does not return. */
export async function loopBack(
  ice: IceConfiguration,
  { clock, createRtc }: RtcSurroundings,
): Promise<Loop | undefined> {
  const near = createRtc(ice);
  let far: CheckRtc | undefined;
  let stop: Cancel = () => {};
  try {
    far = createRtc(ice);
    echo(far);
    const call = new Call(near, clock);
    stop = () => call.stop();
    const returned = introduce(near, far).then(() => call.roundTrip);
    const roundTrip = await atMost(returned, { clock, milliseconds: PATIENCE });
    if (roundTrip === undefined) return undefined;
    const path = (await readPath(near))?.kind;
    return { roundTrip, path, maxMessageSize: near.sctp?.maxMessageSize };
  } finally {
    stop();
    near.close();
    far?.close();
  }
}

/** Sends back whatever arrives. */
function echo(rtc: CheckRtc): void {
  rtc.ondatachannel = ({ channel }) => {
    channel.onmessage = ({ data }) => {
      if (channel.readyState === "open") channel.send(data);
    };
  };
}

/**
 * Calls until there is an answer, each time on a channel of its own: under load Chromium may take an
 * incoming channel, once open, for one that is still connecting, and never again for an open one.
 */
class Call {
  /** The milliseconds that the first answer took. */
  readonly roundTrip: Promise<number>;
  /** Calls no more. Calling it again does nothing. */
  readonly stop: Cancel;

  constructor(rtc: CheckRtc, clock: Clock) {
    let answer: (roundTrip: number) => void = () => {};
    this.roundTrip = new Promise((resolve) => answer = resolve);
    const ask = () => {
      const channel = rtc.createDataChannel(CHAT_CHANNEL);
      channel.onopen = () => {
        const asked = clock.now();
        channel.onmessage = ({ data }) => {
          if (data === WORDS) answer(clock.now() - asked);
        };
        channel.send(WORDS);
      };
    };
    this.stop = clock.every(INTERVAL, ask);
    ask();
  }
}

/** Does what the server does for two people: passes descriptions and candidates on. */
async function introduce(near: CheckRtc, far: CheckRtc): Promise<void> {
  const toFar = passCandidates(near, far);
  const toNear = passCandidates(far, near);
  await near.setLocalDescription();
  await passDescription(near, far);
  toFar();
  await far.setLocalDescription();
  await passDescription(far, near);
  toNear();
}

async function passDescription(from: CheckRtc, to: CheckRtc): Promise<void> {
  const { type, sdp } = from.localDescription ?? {};
  if (type === undefined || sdp === undefined) throw new Error("The browser made no description");
  await to.setRemoteDescription({ type, sdp });
}

/** Passes candidates on as soon as the function that it answers with was called. */
function passCandidates(from: CheckRtc, to: CheckRtc): () => void {
  let early: RTCIceCandidate[] | undefined = [];
  // One that is not taken is missed only if no other leads to a connection.
  const pass = (candidate: RTCIceCandidate) => void to.addIceCandidate(candidate).catch(() => {});
  from.onicecandidate = ({ candidate }) => {
    if (!candidate) return;
    if (early) early.push(candidate);
    else pass(candidate);
  };
  return () => {
    early?.forEach(pass);
    early = undefined;
  };
}
