/**
 * Asking the browser for ICE candidates, without anybody to send them to.
 *
 * @module
 */

import type { IceConfiguration } from "../../protocol/messages.ts";
import { atMost } from "../at_most.ts";
import { type CandidateKind, parseCandidateKind } from "../candidate_kind.ts";
import type { IceError } from "../ice_error.ts";
import type { RtcSurroundings } from "./surroundings.ts";

/** What gathering brought. */
export interface Gathered {
  /** The kind of each candidate. */
  kinds: readonly CandidateKind[];
  /** What went wrong, each once. */
  errors: readonly IceError[];
  /** Whether the browser was done, or had what was wanted; otherwise time ran out. */
  ended: boolean;
}

/** Milliseconds after which nobody waits for more; browsers give a STUN server about ten seconds. */
const PATIENCE = 12_000;

/** Gathers until a candidate of the type `wanted` is found or there are no more. */
export async function gather(
  ice: IceConfiguration,
  { clock, createRtc, wanted }: RtcSurroundings & { wanted?: CandidateKind["type"] },
): Promise<Gathered> {
  const kinds: CandidateKind[] = [];
  const errors: IceError[] = [];
  const rtc = createRtc(ice);
  try {
    const done = new Promise<true>((resolve) => {
      rtc.onicecandidate = ({ candidate }) => {
        if (!candidate) return resolve(true);
        const kind = parseCandidateKind(candidate.candidate);
        if (kind === undefined) return;
        kinds.push(kind);
        if (kind.type === wanted) resolve(true);
      };
    });
    rtc.onicecandidateerror = ({ errorCode: code, errorText: text }) => {
      // Each interface asks for itself.
      const isKnown = errors.some((error) => error.code === code && error.text === text);
      if (!isKnown) errors.push({ code, text });
    };
    // Nothing is gathered for a connection that has nothing to carry.
    rtc.createDataChannel("check");
    const begin = rtc.setLocalDescription().then(() => done);
    const ended = await atMost(begin, { clock, milliseconds: PATIENCE }) ?? false;
    return { kinds: [...kinds], errors: [...errors], ended };
  } finally {
    rtc.close();
  }
}
