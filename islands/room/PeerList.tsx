import type { PeerStatus } from "../../lib/client/status.ts";
import { fill } from "../../lib/locales/text.ts";
import { useRoomText } from "./text.ts";

/** Who is shown. */
export interface PeerListProps {
  /** Those who are in the room. */
  peers: readonly PeerStatus[];
  /** The people who vanished, and may come back. */
  missing: readonly string[];
  /** What people are called. */
  names: ReadonlyMap<string, string>;
}

/** How each of several people is doing: one who cannot be reached must not look like all. */
export function PeerList({ peers, missing, names }: PeerListProps) {
  const { chat, room } = useRoomText().words;
  const people = [
    ...peers.map(({ person, state, path }) => ({
      person,
      state: state === "connected" && path?.kind === "relayed" ? "relayed" as const : state,
    })),
    ...missing.map((person) => ({ person, state: "away" as const })),
  ];
  return (
    <ul class="peers" aria-label={room.peopleHere}>
      {people.map(({ person, state }) => (
        <li key={person} class="peer" data-state={state}>
          {fill(room.personState, {
            name: names.get(person) ?? chat.someone,
            state: room.states[state],
          })}
        </li>
      ))}
    </ul>
  );
}
