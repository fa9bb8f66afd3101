import { Component, createRef } from "preact";
import type { Message } from "../../../lib/client/message.ts";
import type { Parcel, Transfer } from "../../../lib/client/files/transfer.ts";
import { useRoomText } from "../text.ts";
import type { FileActions } from "./actions.ts";
import { FileName } from "./FileName.tsx";
import { Incoming } from "./Incoming.tsx";
import { KindIcon } from "./KindIcon.tsx";
import { Outgoing } from "./Outgoing.tsx";
import { State } from "./State.tsx";
import { Thumbnail } from "./Thumbnail.tsx";
import { formatSize } from "./words.ts";

/** What a {@linkcode FileCard} shows. */
export interface FileCardProps {
  /** The message that offers the file. */
  message: Message;
  /** What became of it; absent where this page knows no more than the message. */
  parcel: Parcel | undefined;
  /** What people call themselves. */
  names: ReadonlyMap<string, string>;
  /** How many others are in the room. */
  company?: number;
  /** The files that wait for an answer, where this one speaks for all of them. */
  waiting?: readonly string[];
  /** What can be done about it. */
  actions: FileActions;
}

const NOTHING: readonly string[] = [];

/** A file in the place of the words of a message. Drawn anew only where something of it changed. */
export class FileCard extends Component<FileCardProps> {
  #card = createRef<HTMLDivElement>();

  override shouldComponentUpdate(next: FileCardProps): boolean {
    return Object.entries(next).some(([name, value]) =>
      value !== this.props[name as keyof FileCardProps]
    );
  }

  override getSnapshotBeforeUpdate(): boolean {
    return this.#card.current?.contains(document.activeElement) ?? false;
  }

  /** The button that was pressed may be gone: whoever uses the keyboard stays where it was. */
  override componentDidUpdate(_props: FileCardProps, _state: unknown, hadFocus: boolean): void {
    const card = this.#card.current;
    if (hadFocus && !card?.contains(document.activeElement)) card?.focus({ preventScroll: true });
  }

  override render(
    { message, parcel, names, company = 1, waiting = NOTHING, actions }: FileCardProps,
  ) {
    const { file, from } = message;
    if (file === undefined) return null;
    const known = parcel ?? (from === undefined ? undefined : offerOf(message, from));
    const isShown = known !== undefined &&
      (known.direction === "out" || known.transfers[0]?.state === "done");
    return (
      // What moves in it is no news; what is has a live region of its own.
      <div class="file-card" role="group" aria-label={file.name} tabIndex={-1} ref={this.#card}>
        <Title name={file.name} size={file.size} type={file.type} />
        <div class="file-body" aria-live="off">
          {isShown && <Thumbnail content={known.content} name={file.name} />}
          {known === undefined && <Lost />}
          {known?.direction === "in" && (
            <Incoming parcel={known} actions={actions} waiting={waiting} />
          )}
          {known?.direction === "out" && (
            <Outgoing parcel={known} actions={actions} names={names} company={company} />
          )}
        </div>
      </div>
    );
  }
}

function Title({ name, size, type }: { name: string; size: number; type: string }) {
  const { locale } = useRoomText();
  return (
    <div class="file-title">
      <KindIcon type={type} />
      <div>
        <FileName name={name} />
        <p class="note">{formatSize(size, locale)}</p>
      </div>
    </div>
  );
}

/** A file of ours that was attached before this page was reloaded. */
function Lost() {
  const { files } = useRoomText().words;
  return <State news={undefined} now={files.out.failed.gone} />;
}

/** A file of somebody's as after a reload: their page may still have it. */
function offerOf({ id, file }: Message, person: string): Parcel | undefined {
  return file &&
    {
      id,
      ...file,
      direction: "in",
      isWithdrawn: false,
      content: undefined,
      transfers: [{ ...OFFERED, person }],
    };
}

const OFFERED: Omit<Transfer, "person"> = {
  state: "offered",
  bytes: 0,
  rate: 0,
  secondsLeft: undefined,
  isPausedByUs: false,
  isPausedByThem: false,
  by: undefined,
  reason: undefined,
};
