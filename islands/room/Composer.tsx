import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import type { Message } from "../../lib/client/message.ts";
import { Writing } from "../../lib/client/writing.ts";
import { systemClock } from "../../lib/clock.ts";
import { isBlank } from "../../lib/protocol/chat.ts";
import { pluralize } from "../../lib/locales/text.ts";
import type { Result } from "../../lib/protocol/result.ts";
import { grow } from "./messages/grow.ts";
import { ReplyBar } from "./messages/ReplyBar.tsx";
import { MOST_PASTED, roomLeft } from "./messages/room_left.ts";
import { useRoomText } from "./text.ts";
import { type DraftPort, useDraft } from "./messages/use_draft.ts";

/** What a {@linkcode Composer} needs. */
export interface ComposerProps {
  /** Says something; what cannot be said comes back with the reason. */
  say: (text: string, options: { re?: string }) => Result<unknown>;
  /** We are writing, or not any more. */
  onTyping?: (isTyping: boolean) => void;
  /** The message that is answered. */
  replyTo?: Message | undefined;
  /** What people call themselves, by person. */
  names?: ReadonlyMap<string, string>;
  /** The answer was given, or is not wanted any more. */
  onDone?: () => void;
  /** Keeps what is written over a reload; a new one only for another room. */
  draft?: DraftPort | undefined;
  /** What else can be said. */
  attach?: JSX.Element | undefined;
}

/** The key code of what an input method takes; Safari has nothing else to tell by. */
const COMPOSING = 229;

const NO_NAMES: ReadonlyMap<string, string> = new Map();

/** Where a message is written. What cannot be sent stays, with the reason beside it. */
export function Composer(props: ComposerProps) {
  const { say, replyTo, names = NO_NAMES, onDone } = props;
  const { locale, words: { room, chat } } = useRoomText();
  const problem = useSignal<string | undefined>(undefined);
  const left = useSignal<number | undefined>(undefined);
  const field = useRef<HTMLTextAreaElement>(null);
  const keep = useDraft(field, props.draft);
  const writing = useWriting(props.onTyping);
  const isTooLong = left.value !== undefined && left.value < 0;
  const complaint = isTooLong ? chat.tooLong : problem.value;

  function measure(element: HTMLTextAreaElement): void {
    left.value = roomLeft(element.value);
    grow(element);
  }

  useLayoutEffect(() => field.current ? measure(field.current) : undefined, []);
  // At once, for some phones open their keyboard only in answer to a touch.
  useLayoutEffect(() => {
    if (replyTo !== undefined) field.current?.focus();
  }, [replyTo?.id]);

  function send(): void {
    const element = field.current;
    if (element === null) return;
    element.focus();
    if (isBlank(element.value) || isTooLong) return;
    const said = say(
      withoutBlankEdges(element.value),
      replyTo === undefined ? {} : { re: replyTo.id },
    );
    problem.value = said.ok ? undefined : said.reason;
    if (!said.ok) return;
    element.value = "";
    measure(element);
    keep("now");
    writing.rest();
    onDone?.();
  }

  function cancelReply(): void {
    onDone?.();
    field.current?.focus();
  }

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {replyTo && <ReplyBar message={replyTo} names={names} onCancel={cancelReply} />}
      {complaint && <p class="problem" role="alert" id="problem">{complaint}</p>}
      {left.value !== undefined && (
        <p class="left" id="left">
          {pluralize(isTooLong ? chat.tooMany : chat.left, Math.abs(left.value), locale)}
        </p>
      )}
      {props.attach}
      <textarea
        class="field"
        ref={field}
        rows={1}
        aria-label={room.message}
        aria-describedby={[
          replyTo && "reply",
          complaint && "problem",
          left.value !== undefined && "left",
        ].filter(Boolean).join(" ") || undefined}
        placeholder={room.saySomething}
        autocomplete="off"
        enterkeyhint="send"
        dir="auto"
        autofocus
        onInput={({ currentTarget }) => {
          problem.value = undefined;
          measure(currentTarget);
          keep("soon");
          if (isBlank(currentTarget.value)) writing.rest();
          else writing.go();
        }}
        onBlur={() => {
          keep("now");
          writing.rest();
        }}
        onPaste={(event) => {
          const { length } = event.clipboardData?.getData("text") ?? "";
          if (length <= MOST_PASTED) return;
          // A browser would be busy for seconds, and none of it could be sent.
          event.preventDefault();
          problem.value = pluralize(chat.tooLongToPaste, length, locale);
        }}
        onKeyDown={(event) => {
          // Enter ends a word of an input method, too, and Escape takes it back.
          if (event.isComposing || event.keyCode === COMPOSING) return;
          if (event.key === "Escape" && replyTo) cancelReply();
          if (event.key !== "Enter" || event.shiftKey) return;
          event.preventDefault();
          send();
        }}
      />
      <button class="button primary" type="submit" disabled={isTooLong}>{room.send}</button>
    </form>
  );
}

/** Empty lines before the first word, and white space after the last, are only ever there by chance. */
function withoutBlankEdges(text: string): string {
  return text.replace(/^(?:[^\S\n]*\n)+/, "").trimEnd();
}

/** Tells others that we write, for as long as there is where to write. */
function useWriting(onTyping: ComposerProps["onTyping"]): Writing {
  const latest = useRef(onTyping);
  latest.current = onTyping;
  const writing = useMemo(
    () => new Writing({ clock: systemClock, onTyping: (isTyping) => latest.current?.(isTyping) }),
    [],
  );
  useEffect(() => () => writing.rest(), []);
  return writing;
}
