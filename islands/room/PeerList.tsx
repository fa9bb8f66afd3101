import type { PeerStatus } from "../../lib/client/status.ts";
import { fill } from "../../lib/locales/text.ts";
import { useRoomText } from "./text.ts";

/** How each of several people is doing: one who cannot be reached must not look like all. */
export function PeerList({ peers }: { peers: readonly PeerStatus[] }) {
  const { room } = useRoomText().words;
  return (
    <ul class="peers" aria-label={room.peopleHere}>
      {peers.map(({ id, state, path }, index) => (
        <li key={id} class="peer" data-state={state}>
          {fill(room.personState, {
            name: fill(room.personNumber, { number: index + 2 }),
            state: room.states[path?.kind === "relayed" ? "relayed" : state],
          })}
        </li>
      ))}
    </ul>
  );
}
