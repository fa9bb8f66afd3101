import type { ComponentChildren } from "preact";
import type { EndReason, Parcel } from "../../../lib/client/files/transfer.ts";
import { fill, pluralize } from "../../../lib/locales/text.ts";
import { type RoomText, useRoomText } from "../text.ts";
import type { FileActions } from "./actions.ts";
import { FileButton, PauseButton } from "./FileButton.tsx";
import { mostOf, placeOf } from "./place.ts";
import { isHalfway, isPausable, Progress } from "./Progress.tsx";
import { SaveLink } from "./SaveLink.tsx";
import { say } from "./sentences.ts";
import { State } from "./State.tsx";
import { formatSize } from "./words.ts";

/** A file, and what can be done about it. */
export interface FileBodyProps {
  /** The file. */
  parcel: Parcel;
  /** What can be done. */
  actions: FileActions;
}

/** What an {@linkcode Incoming} shows. */
export interface IncomingProps extends FileBodyProps {
  /** The files that wait for an answer, this one among them; empty where another one speaks for them. */
  waiting: readonly string[];
}

/** A file of somebody's: whether it is wanted, how far it is, and what came of it. */
export function Incoming({ parcel, actions, waiting }: IncomingProps) {
  const text = useRoomText();
  const transfer = parcel.transfers[0]!;
  const { news, now } = say(transfer, parcel, text);
  const isOffered = transfer.state === "offered";
  return (
    <>
      <State news={news} now={isOffered ? sayPlace(parcel, { actions, text }) : now} />
      {isHalfway(transfer) && (
        <Progress
          transfer={transfer}
          size={parcel.size}
          name={parcel.name}
        />
      )}
      <div class="file-actions">{drawActions({ parcel, actions }, text)}</div>
      {isOffered && waiting.length > 1 && (
        <div class="file-all">
          <p class="note">{pluralize(text.words.files.offers, waiting.length, text.locale)}</p>
          <FileButton
            label={text.words.files.acceptAll}
            onPress={() => waiting.forEach((id) => actions.accept(id))}
          />
        </div>
      )}
    </>
  );
}

/** Why it did not come, where another attempt may go better. */
const MENDABLE: ReadonlySet<EndReason | undefined> = new Set([
  "disk-full",
  "mismatch",
  "unwritable",
]);

function sayPlace(
  { size }: Parcel,
  { actions, text: { locale, words } }: { actions: FileActions; text: RoomText },
): string {
  return fill(words.files.places[placeOf(size, actions.places)], {
    limit: formatSize(mostOf(actions.places), locale),
  });
}

/** Each has a key, so that none takes the place, and with it the focus, of another. */
function drawActions({ parcel, actions }: FileBodyProps, { words }: RoomText): ComponentChildren {
  const { common, files } = words;
  const { id, name, size, content } = parcel;
  const transfer = parcel.transfers[0]!;
  const { state, by, reason, isPausedByUs } = transfer;
  const accept = (label: string, isPrimary = true) => (
    <FileButton
      key="accept"
      label={label}
      isPrimary={isPrimary}
      onPress={() => actions.accept(id)}
    />
  );
  switch (state) {
    case "offered":
      return [
        placeOf(size, actions.places) !== "too-big" && accept(files.accept),
        <FileButton key="decline" label={files.decline} onPress={() => actions.reject(id)} />,
      ];
    case "waiting":
    case "moving":
    case "paused":
    case "stalled":
      return [
        isPausable(transfer) && (
          <PauseButton
            key={isPausedByUs ? "continue" : "pause"}
            isPaused={isPausedByUs}
            onPress={(on) => actions.pause(id, on)}
          />
        ),
        <FileButton key="cancel" label={common.cancel} onPress={() => actions.cancel(id)} />,
      ];
    case "verifying":
      // The other side may never say what the sum is to be.
      return <FileButton key="cancel" label={common.cancel} onPress={() => actions.cancel(id)} />;
    case "done":
      return content && <SaveLink content={content} name={name} />;
    case "rejected":
    case "cancelled":
      return by === "us" && accept(files.acceptAfterAll, false);
    case "failed":
      return MENDABLE.has(reason) && accept(common.tryAgain);
    default:
      state satisfies never;
      return null;
  }
}
