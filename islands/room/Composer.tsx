import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { Result } from "../../lib/protocol/result.ts";
import { useRoomText } from "./text.ts";

/** The key code of what an input method takes; Safari has nothing else to tell by. */
const COMPOSING = 229;

/** Where a message is written. What cannot be sent stays, with the reason beside it. */
export function Composer({ say }: { say: (text: string) => Result<unknown> }) {
  const { room } = useRoomText().words;
  const problem = useSignal<string | undefined>(undefined);
  const field = useRef<HTMLTextAreaElement>(null);

  function send(): void {
    const element = field.current;
    if (element === null) return;
    element.focus();
    if (element.value.trim() === "") return;
    const said = say(element.value);
    problem.value = said.ok ? undefined : said.reason;
    if (said.ok) element.value = "";
  }

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {problem.value && <p class="problem" role="alert" id="problem">{problem.value}</p>}
      <textarea
        class="field"
        ref={field}
        rows={1}
        aria-label={room.message}
        aria-describedby={problem.value ? "problem" : undefined}
        placeholder={room.saySomething}
        autocomplete="off"
        enterkeyhint="send"
        dir="auto"
        autofocus
        onKeyDown={(event) => {
          // Enter ends a word of an input method, too.
          const isComposing = event.isComposing || event.keyCode === COMPOSING;
          if (event.key !== "Enter" || event.shiftKey || isComposing) return;
          event.preventDefault();
          send();
        }}
      />
      <button class="button primary" type="submit">{room.send}</button>
    </form>
  );
}
