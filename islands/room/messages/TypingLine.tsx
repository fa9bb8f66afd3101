import { fill, pluralize } from "../../../lib/locales/text.ts";
import { useRoomText } from "../text.ts";

/** Who is writing. Its place is kept, so that nothing moves; it is not read out, as it comes and goes. */
export function TypingLine({ typing }: { typing: readonly string[] }) {
  const { locale, words: { chat } } = useRoomText();
  const known = typing.filter((name) => name !== "");
  const names = new Intl.ListFormat(locale, { type: "conjunction" }).format(known);
  const sentence = known.length < typing.length
    ? chat.someoneWrites
    : fill(pluralize(chat.writing, typing.length, locale), { names });
  return (
    <p class="typing" aria-hidden="true">
      {typing.length > 0 && (
        <>
          <span class="typing-dots">
            <i />
            <i />
            <i />
          </span>
          <span class="typing-words">{sentence}</span>
        </>
      )}
    </p>
  );
}
