import { useMemo } from "preact/hooks";
import type { Conversation } from "../../lib/client/conversation.ts";
import { fill } from "../../lib/locales/text.ts";
import { useRoomText } from "./text.ts";

/** What people are called here: by nickname, and in a crowd, who has none, by a number. */
export function useNames(conversation: Conversation | undefined): ReadonlyMap<string, string> {
  const { room } = useRoomText().words;
  const names = conversation?.names.value ?? NOBODY;
  const numbers = conversation?.numbers.value ?? NOBODY;
  return useMemo(() => {
    if (numbers.size < 2) return names;
    const numbered = Array.from(
      numbers,
      ([person, number]) => [person, fill(room.personNumber, { number })] as const,
    );
    return new Map([...numbered, ...names]);
  }, [names, numbers]);
}

const NOBODY: ReadonlyMap<string, never> = new Map<string, never>();
