import type { CheckRtc } from "../../lib/client/check/surroundings.ts";
import type { ChannelPort } from "../../lib/client/rtc.ts";
import type { IceConfiguration } from "../../lib/protocol/messages.ts";
import { FakeChannel, FakeNetwork, type FakeRtc } from "./rtc.ts";

/** What a browser finds when it is asked to gather with one configuration. */
export interface Findings {
  /** The lines of the candidates, in their order. */
  lines?: readonly string[];
  /** What the servers answer instead. */
  errors?: readonly { errorCode: number; errorText: string }[];
  /** Whether the browser never says that this was all. */
  isEndless?: boolean;
}

/** A connection that only gathers: what it finds was written down before. */
export class GatheringRtc implements CheckRtc {
  readonly localDescription = null;
  readonly sctp = null;
  ondatachannel = null;
  onicecandidate: CheckRtc["onicecandidate"] = null;
  onicecandidateerror: CheckRtc["onicecandidateerror"] = null;
  /** Whether it was closed. */
  isClosed = false;
  #hasChannel = false;

  constructor(private findings: Findings) {}

  createDataChannel(label: string): ChannelPort {
    this.#hasChannel = true;
    return new FakeChannel(label);
  }

  setLocalDescription(): Promise<void> {
    // Like a browser's: without anything to carry, nothing is gathered.
    if (this.#hasChannel) queueMicrotask(() => this.#gather());
    return Promise.resolve();
  }

  setRemoteDescription(): Promise<void> {
    return Promise.resolve();
  }

  addIceCandidate(): Promise<void> {
    return Promise.resolve();
  }

  getStats(): Promise<RTCStatsReport> {
    return Promise.resolve(new Map() as unknown as RTCStatsReport);
  }

  close(): void {
    this.isClosed = true;
  }

  #gather(): void {
    const { lines = [], errors = [], isEndless = false } = this.findings;
    for (const error of errors) this.#tell("onicecandidateerror", error);
    for (const candidate of lines) this.#tell("onicecandidate", { candidate: { candidate } });
    if (!isEndless) this.#tell("onicecandidate", { candidate: null });
  }

  #tell(handler: "onicecandidate" | "onicecandidateerror", event: object): void {
    if (this.isClosed) return;
    // deno-lint-ignore no-explicit-any
    (this[handler] as any)?.(event);
  }
}

/** A browser whose connections find what `findings` says, with every one that was made. */
export function makeGatherer(findings: (ice: IceConfiguration) => Findings) {
  const made: { ice: IceConfiguration; rtc: GatheringRtc }[] = [];
  return {
    made,
    createRtc(ice: IceConfiguration): CheckRtc {
      const rtc = new GatheringRtc(findings(ice));
      made.push({ ice, rtc });
      return rtc;
    },
  };
}

/** A browser whose connections reach each other, with every one that was made. */
export function makeLooper(maxMessageSize = 262_144) {
  const network = new FakeNetwork();
  const made: FakeRtc[] = [];
  return {
    made,
    createRtc(): CheckRtc {
      const rtc = network.createRtc();
      made.push(rtc);
      const sctp = { maxMessageSize } as RTCSctpTransport;
      return Object.assign(rtc, { sctp });
    },
  };
}
