import { effect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { fill } from "../../../lib/locales/text.ts";
import type { RoomText } from "../text.ts";
import type { Here } from "../use_conversation.ts";

/** Counts what comes while the page is hidden in its title; sounds and announces it where asked to. */
export function useAlerts(here: Here | undefined, text: RoomText, name: string): void {
  const { room } = text.words;
  const title = fill(room.title, { room: name });
  const known = useRef<number | undefined>(undefined);
  const unread = useRef(0);

  useEffect(() => {
    const look = () => {
      if (document.visibilityState !== "visible") return;
      unread.current = 0;
      document.title = title;
    };
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [title]);

  useEffect(() =>
    here && effect(() => {
      const messages = here.conversation.messages.value;
      const before = known.current ?? messages.length;
      known.current = messages.length;
      const fresh = messages.slice(before).filter(({ from }) => from !== undefined).length;
      if (fresh === 0) return;
      const { sound, notifications } = here.device.settings;
      if (sound) void import("./chime.ts").then(({ chime }) => chime());
      if (document.visibilityState === "visible") return;
      unread.current += fresh;
      document.title = fill(room.titleUnread, { count: unread.current, title });
      if (notifications) announce(room.newMessage, name);
    }), [here]);
}

/** Says that there is something new, and not what: others may see the screen. */
function announce(words: string, name: string): void {
  try {
    const notification = new Notification(words, { body: name, tag: `tincan:${name}` });
    notification.onclick = () => {
      focus();
      notification.close();
    };
  } catch {
    // Not allowed any more; some phones allow none from a page.
  }
}
