import type { Transfer } from "../../../lib/client/files/transfer.ts";
import { useRoomText } from "../text.ts";
import { FileButton, PauseButton } from "./FileButton.tsx";
import type { FileBodyProps } from "./Incoming.tsx";
import { isHalfway, isPausable, Progress } from "./Progress.tsx";
import { Recipient } from "./Recipient.tsx";
import { say } from "./sentences.ts";
import { State } from "./State.tsx";

/** What an {@linkcode Outgoing} shows. */
export interface OutgoingProps extends FileBodyProps {
  /** What people call themselves. */
  names: ReadonlyMap<string, string>;
  /** How many others are in the room. */
  company: number;
}

/** A file of ours: how it is doing with each of the others, or with the only one. */
export function Outgoing(props: OutgoingProps) {
  const { parcel, company } = props;
  const isForOne = parcel.transfers.length <= 1 && company <= 1;
  return isForOne ? <ForOne {...props} /> : <ForSeveral {...props} />;
}

function ForOne({ parcel, actions, company }: OutgoingProps) {
  const text = useRoomText();
  const { common, files } = text.words;
  const { id, name, size, isWithdrawn } = parcel;
  const transfer = parcel.transfers[0];
  const { news, now } = isWithdrawn && transfer?.state !== "done"
    ? { news: files.out.cancelledByUs }
    : transfer
    ? say(transfer, parcel, text)
    : { now: company === 0 ? files.out.alone : files.out.offered };
  const isOpen = !isWithdrawn && (transfer === undefined || transfer.state === "offered");
  return (
    <>
      <State news={news} now={now} />
      {transfer && isHalfway(transfer) && <Progress transfer={transfer} size={size} name={name} />}
      <div class="file-actions">
        {transfer && isPausable(transfer) && <Pause parcel={parcel} actions={actions} />}
        {(isOpen || transfer && isUnderWay(transfer)) && (
          <FileButton
            key="cancel"
            label={common.cancel}
            onPress={() => actions.cancel(id)}
          />
        )}
      </div>
    </>
  );
}

function ForSeveral({ parcel, actions, names, company }: OutgoingProps) {
  const text = useRoomText();
  const { id, size, isWithdrawn, transfers } = parcel;
  const { files } = text.words;
  const isEverywhere = transfers.length >= company &&
    transfers.every(({ state }) => state === "done");
  return (
    <>
      <State
        news={isWithdrawn ? files.out.cancelledByUs : undefined}
        now={transfers.length === 0 && !isWithdrawn ? files.out.offered : undefined}
      />
      {transfers.length > 0 && (
        <ul class="file-people">
          {transfers.map((transfer) => (
            <Recipient
              key={transfer.person}
              transfer={transfer}
              size={size}
              name={names.get(transfer.person) ?? text.words.chat.someone}
              onCancel={isUnderWay(transfer)
                ? () => actions.cancel(id, transfer.person)
                : undefined}
            />
          ))}
        </ul>
      )}
      <div class="file-actions">
        {transfers.some(isPausable) && <Pause parcel={parcel} actions={actions} />}
        {!isWithdrawn && !isEverywhere && (
          <FileButton
            key="stop"
            label={files.stop}
            onPress={() => actions.cancel(id)}
          />
        )}
      </div>
    </>
  );
}

/** Holds it for everybody, or lets it go on. */
function Pause({ parcel: { id, transfers }, actions }: FileBodyProps) {
  const isPaused = transfers.some((transfer) => isPausable(transfer) && transfer.isPausedByUs);
  return <PauseButton isPaused={isPaused} onPress={(on) => actions.pause(id, on)} />;
}

/** Whether somebody wants it, and does not have all of it. */
function isUnderWay({ state }: Transfer): boolean {
  return state === "waiting" || state === "moving" || state === "paused" || state === "stalled";
}
