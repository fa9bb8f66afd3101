import { useEffect, useRef } from "preact/hooks";
import { fill, pluralize } from "../../lib/locales/text.ts";
import { useRoomText } from "./text.ts";

/** What is told to somebody who came too late. */
export interface FullRoomProps {
  /** The room's name. */
  name: string;
  /** Seconds until a seat may be free, if one may. */
  retryAfter: number | undefined;
}

/** What somebody sees who came too late; where a seat may soon be free, the page tries again. */
export function FullRoom({ name, retryAfter }: FullRoomProps) {
  const { locale, words: { common, room } } = useRoomText();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = fill(room.title, { room: room.fullTitle });
    heading.current?.focus();
    if (retryAfter === undefined) return;
    const timer = setTimeout(() => location.reload(), retryAfter * 1000);
    return () => clearTimeout(timer);
  }, [retryAfter]);
  return (
    <main class="page">
      <p class="brand">
        <a href="/">tincan</a>
      </p>
      <h1 ref={heading} tabIndex={-1}>{room.fullTitle}</h1>
      <p role="status" data-state="full">
        {fill(room.fullSentence, { room: name })}
      </p>
      {retryAfter === undefined
        ? <p>{room.fullAdvice}</p>
        : <p>{pluralize(room.fullSoon, retryAfter, locale)}</p>}
      <div class="actions">
        <button class="button primary" type="button" onClick={() => location.reload()}>
          {common.tryAgain}
        </button>
        <a class="button" href="/">{room.startAnother}</a>
      </div>
    </main>
  );
}
