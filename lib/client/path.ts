/**
 * How the words travel: straight, or through a relay.
 *
 * @module
 */

/** A connection's path (W3C WebRTC Statistics, `RTCIceCandidatePairStats`). */
export interface Path {
  /** Whether a TURN server stands between the two. */
  kind: "direct" | "relay";
  /** Milliseconds there and back, where known. */
  roundTrip: number | undefined;
}

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
    kind: relayed ? "relay" : "direct",
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
