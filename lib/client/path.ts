/**
 * How the words travel: straight, or through a relay.
 *
 * @module
 */

import type { Cancel, Clock } from "../clock.ts";

/** A connection's path (W3C WebRTC Statistics, `RTCIceCandidatePairStats`). */
export interface Path {
  /** Whether a TURN server stands between the two. */
  kind: "direct" | "relayed";
  /** Milliseconds there and back, where known. */
  roundTrip: number | undefined;
}

/** Looks again and again how words travel. */
export class PathWatch<T extends PathReader> {
  #clock: Clock;
  #onChange: () => void;
  #watched: readonly T[] = [];
  #paths = new WeakMap<T, Path>();
  #stop: Cancel | undefined;

  /** Begins with nothing to look at; `onChange` is called after each look. */
  constructor(clock: Clock, onChange: () => void) {
    this.#clock = clock;
    this.#onChange = onChange;
  }

  /** Tells how words travelled when it was looked at last. */
  pathOf(connection: T): Path | undefined {
    return this.#paths.get(connection);
  }

  /** Looks at `connections` from now on; stops where there are none. */
  watch(connections: readonly T[]): void {
    const before = this.#watched;
    this.#watched = connections;
    if (connections.length === 0) {
      this.#stop?.();
      this.#stop = undefined;
      return;
    }
    this.#stop ??= this.#clock.every(INTERVAL, () => void this.#look());
    if (connections.some((connection) => !before.includes(connection))) void this.#look();
  }

  async #look(): Promise<void> {
    for (const connection of this.#watched) {
      const path = await connection.path().catch(() => undefined);
      if (path !== undefined) this.#paths.set(connection, path);
    }
    if (this.#stop !== undefined) this.#onChange();
  }
}

/** What tells how its words travel. */
export interface PathReader {
  /** Reads the path in use; `undefined` where there is none. */
  path(): Promise<Path | undefined>;
}

/** Milliseconds between two looks. */
const INTERVAL = 2_000;

interface Stat {
  id?: string;
  type?: string;
  state?: string;
  nominated?: boolean;
  selected?: boolean;
  candidateType?: string;
  selectedCandidatePairId?: string;
  localCandidateId?: string;
  remoteCandidateId?: string;
  currentRoundTripTime?: number;
}

/** Reads the path in use from the connection's statistics; `undefined` where there is none yet. */
export async function readPath(
  rtc: Pick<RTCPeerConnection, "getStats">,
): Promise<Path | undefined> {
  const stats = new Map<string, Stat>();
  (await rtc.getStats()).forEach((stat: Stat) => stats.set(stat.id ?? "", stat));
  const pair = findSelectedPair(stats);
  if (pair === undefined) return undefined;
  const ends = [pair.localCandidateId, pair.remoteCandidateId].map((id) => stats.get(id ?? ""));
  const relayed = ends.some((end) => end?.candidateType === "relay");
  const seconds = pair.currentRoundTripTime;
  return {
    kind: relayed ? "relayed" : "direct",
    roundTrip: seconds === undefined ? undefined : Math.round(seconds * 1000),
  };
}

function findSelectedPair(stats: Map<string, Stat>): Stat | undefined {
  for (const stat of stats.values()) {
    if (stat.type === "transport" && stat.selectedCandidatePairId !== undefined) {
      return stats.get(stat.selectedCandidatePairId);
    }
  }
  // Firefox marks the pair itself.
  for (const stat of stats.values()) {
    if (stat.type === "candidate-pair" && (stat.selected || stat.nominated && isUp(stat))) {
      return stat;
    }
  }
  return undefined;
}

function isUp({ state }: Stat): boolean {
  return state === "succeeded";
}
