import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { PeerStatus } from "../../lib/client/status.ts";
import { fill } from "../../lib/locales/text.ts";
import { useRoomText } from "./text.ts";

/** Who is shown. */
export interface CrowdProps {
  /** Those who are in the room. */
  peers: readonly PeerStatus[];
  /** The people who vanished, and may come back. */
  missing: readonly string[];
  /** What people are called. */
  names: ReadonlyMap<string, string>;
}

/** How each of several people is doing: one who cannot be reached must not look like all. */
export function Crowd({ peers, missing, names }: CrowdProps) {
  const { chat, room } = useRoomText().words;
  const people = [
    ...peers.map(({ person, state, path }) => ({
      person,
      state: state === "connected" && path?.kind === "relayed" ? "relayed" as const : state,
    })),
    ...missing.map((person) => ({ person, state: "away" as const })),
  ];
  const nameOf = (person: string) => names.get(person) ?? chat.someone;
  return (
    <>
      <ul class="peers" aria-label={room.peopleHere}>
        {people.map(({ person, state }) => (
          <li key={person} class="peer" data-state={state}>
            {fill(room.personState, { name: nameOf(person), state: room.states[state] })}
          </li>
        ))}
      </ul>
      <News people={people} nameOf={nameOf} />
    </>
  );
}

interface NewsProps {
  people: readonly { person: string; state: keyof Presence }[];
  nameOf: (person: string) => string;
}

/** What a state means to those who only want to know who is here. */
const PRESENCE = {
  connected: "here",
  relayed: "here",
  away: "away",
  reconnecting: undefined,
  connecting: undefined,
  failed: "away",
} as const;

type Presence = typeof PRESENCE;

/** Says, to those who cannot see the list, who came and who went. */
function News({ people, nameOf }: NewsProps) {
  const { news } = useRoomText().words.room;
  const last = useRef<Map<string, "here" | "away">>();
  const words = useSignal("");
  useEffect(() => {
    const before = last.current;
    const now = new Map(before);
    const sentences: string[] = [];
    for (const { person, state } of people) {
      const presence = PRESENCE[state];
      if (presence === undefined || presence === now.get(person)) continue;
      now.set(person, presence);
      sentences.push(fill(news[presence], { name: nameOf(person) }));
    }
    for (const person of before?.keys() ?? []) {
      if (people.some((other) => other.person === person)) continue;
      now.delete(person);
      sentences.push(fill(news.left, { name: nameOf(person) }));
    }
    last.current = now;
    // Who is here already is no news.
    if (before !== undefined && sentences.length > 0) words.value = sentences.join(" ");
  });
  return <p class="visually-hidden" aria-live="polite">{words.value}</p>;
}
