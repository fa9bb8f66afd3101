import { useEffect, useRef } from "preact/hooks";
import { followFrames } from "../../parts/frames.ts";
import { fill } from "../../../lib/locales/text.ts";
import type { RoomText } from "../text.ts";
import type { Here } from "../use_conversation.ts";

/**
 * Counts what comes while the page is hidden in its title; sounds and announces it where asked to. A
 * page that is of something else, such as a full room, has no `here`.
 */
export function useAlerts(here: Here | undefined, text: RoomText, name: string): void {
  const { locale, words: { room } } = text;
  const title = fill(room.title, { room: name });
  const known = useRef<number | undefined>(undefined);
  const unread = useRef(0);

  useEffect(() => {
    if (here === undefined) return;
    const read = () => {
      if (unread.current === 0) return;
      unread.current = 0;
      document.title = title;
    };
    const look = () => document.visibilityState === "visible" && read();
    document.addEventListener("visibilitychange", look);
    const stop = followFrames(here.conversation.messages, (messages) => {
      const count = messages.filter(({ from }) => from !== undefined).length;
      const fresh = count - (known.current ?? count);
      known.current = count;
      if (messages.length === 0) read();
      if (fresh <= 0) return;
      const { sound, notifications } = here.device.settings;
      if (sound) void import("./chime.ts").then(({ chime }) => chime(), () => {});
      if (document.visibilityState === "visible") return;
      unread.current += fresh;
      const number = new Intl.NumberFormat(locale).format(unread.current);
      document.title = fill(room.titleUnread, { count: number, title });
      if (!notifications) return;
      void import("./announce.ts").then(
        ({ announce }) => announce(room.newMessage, name),
        () => {},
      );
    });
    return () => {
      stop();
      document.removeEventListener("visibilitychange", look);
    };
  }, [here, title]);
}
