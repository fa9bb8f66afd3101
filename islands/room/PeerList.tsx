import type { PeerStatus } from "../../lib/client/status.ts";

/** How each of several people is doing: one who cannot be reached must not look like all. */
export function PeerList({ peers }: { peers: readonly PeerStatus[] }) {
  return (
    <ul class="peers" aria-label="People here">
      {peers.map(({ id, state, path }, index) => (
        <li key={id} class="peer" data-state={state}>
          {`Person ${index + 2}: ${STATE[state]}`}
          {path?.kind === "relayed" && " through a relay"}
        </li>
      ))}
    </ul>
  );
}

const STATE = {
  connecting: "connecting…",
  connected: "connected",
  reconnecting: "connection lost, trying again…",
  failed: "out of reach",
} as const;
