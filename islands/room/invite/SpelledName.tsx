import { inGroups, spell, type Spelled } from "../../../lib/client/invite/spell.ts";
import type { Catalogue } from "../../../lib/locales/locales.ts";
import { fill } from "../../../lib/locales/text.ts";
import { useRoomText } from "../text.ts";

/** The room's name, to be told to somebody over the telephone or across a room. */
export function SpelledName({ room, isSpeakable }: { room: string; isSpeakable: boolean }) {
  const { invite } = useRoomText().words;
  if (isSpeakable) {
    return (
      <>
        <p>{fill(invite.aloudNote, { host: location.host })}</p>
        <p class="spelled-name" dir="ltr" translate={false}>{room}</p>
      </>
    );
  }
  return (
    <>
      <p>{fill(invite.aloudNote, { host: location.host })}</p>
      <p class="spelled-name" dir="ltr" translate={false}>
        {inGroups(room).map((group, index) => <Group key={index} characters={group} />)}
      </p>
      <ol class="spelled-list">
        {spell(room).map((spelled, index) => (
          <li key={index}>
            <b class="spelled-character" dir="ltr">{spelled.character}</b> {say(spelled, invite)}
          </li>
        ))}
      </ol>
    </>
  );
}

/** Four characters, digits in a colour of their own: 0 and O, 1 and l are easily taken for another. */
function Group({ characters }: { characters: string }) {
  return (
    <span class="spelled-group">
      {[...characters].map((character, index) =>
        /\d/.test(character) ? <b key={index}>{character}</b> : character
      )}
    </span>
  );
}

function say(spelled: Spelled, invite: Catalogue["invite"]): string {
  switch (spelled.kind) {
    case "letter":
      return spelled.word;
    case "capital":
      return fill(invite.capital, { word: spelled.word });
    case "digit":
      return invite.digits[spelled.character as keyof Catalogue["invite"]["digits"]];
    case "hyphen":
      return invite.hyphen;
    case "underscore":
      return invite.underscore;
    default:
      spelled satisfies never;
      return "";
  }
}
