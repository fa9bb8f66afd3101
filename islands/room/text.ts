import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { PageText } from "../../lib/locales/locales.ts";

/** What the room's page has to say, in the language of whoever reads it. */
export type RoomText = PageText<"common" | "room" | "chat" | "invite" | "files">;

/** Hands the words down to all parts of the room. */
export const RoomTextContext = createContext<RoomText | undefined>(undefined);

/** The words of the room. */
export function useRoomText(): RoomText {
  const text = useContext(RoomTextContext);
  if (text === undefined) throw new TypeError("Cannot speak outside of RoomTextContext");
  return text;
}
