import { InviteCard } from "./invite/InviteCard.tsx";
import { InviteTools } from "./invite/InviteTools.tsx";

/** How, and into which room, somebody is invited. */
export interface InviteProps {
  /** Whether inviting is the next thing to do. */
  prominent: boolean;
  /** The room's name. */
  room: string;
}

/** All ways to invite somebody: a card while nobody else is there, then two buttons. */
export function Invite({ prominent, room }: InviteProps) {
  return prominent ? <InviteCard room={room} /> : <InviteTools room={room} />;
}
