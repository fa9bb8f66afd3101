import type { Transfer } from "../../../lib/client/files/transfer.ts";
import { fill } from "../../../lib/locales/text.ts";
import { Icon } from "../../parts/Icon.tsx";
import { useRoomText } from "../text.ts";
import { isHalfway, Progress } from "./Progress.tsx";
import { sayBriefly } from "./sentences.ts";

/** What a {@linkcode Recipient} shows. */
export interface RecipientProps {
  /** How far it is with this person. */
  transfer: Transfer;
  /** All of its bytes. */
  size: number;
  /** What the person is called. */
  name: string;
  /** Ends it with this person alone; absent where there is nothing to end. */
  onCancel: (() => void) | undefined;
}

/** One of several people that a file of ours goes to. */
export function Recipient({ transfer, size, name, onCancel }: RecipientProps) {
  const text = useRoomText();
  const { files, room } = text.words;
  const sentence = fill(room.personState, { name, state: sayBriefly(transfer, text) });
  const isNews = !IN_PASSING.has(transfer.state);
  return (
    <li class="file-person">
      <div class="file-state">
        <p aria-live="polite">{isNews && sentence}</p>
        {!isNews && <p>{sentence}</p>}
        {isHalfway(transfer) && <Progress transfer={transfer} size={size} name={name} />}
      </div>
      {onCancel && (
        <button
          class="button quiet"
          type="button"
          aria-label={fill(files.cancelFor, { name })}
          onClick={onCancel}
        >
          <Icon name="close" />
        </button>
      )}
    </li>
  );
}

/** What is soon followed by something else, and not worth a word by itself. */
const IN_PASSING: ReadonlySet<Transfer["state"]> = new Set([
  "offered",
  "waiting",
  "moving",
  "verifying",
]);
