import type { FilePeer } from "../../lib/client/files/link.ts";
import { FileDesk } from "../../lib/client/files/desk.ts";
import type { Parcel, Transfer } from "../../lib/client/files/transfer.ts";
import { type FileFrame, parseFileFrame } from "../../lib/protocol/file_frames.ts";
import { SteppedClock } from "./clock.ts";
import { FakeFileChannel } from "./files_channel.ts";
import type { FakeFile } from "./files_content.ts";
import { settle } from "./settle.ts";
import { valueOf } from "./unwrap.ts";

/** Somebody in a room with files. */
export class FilePerson {
  readonly desk: FileDesk;
  /** How often something was new to see. */
  reports = 0;
  /** The others, as this one sees them. */
  readonly peers = new Map<string, FilePeer>();
  /** The channels that this one opened, in order. */
  readonly channels: FakeFileChannel[] = [];
  /** What this one said, and to whom, in order. */
  readonly said: (FileFrame & { to: string })[] = [];

  constructor(readonly name: string, clock: SteppedClock) {
    this.desk = new FileDesk({ clock, onChange: () => this.reports++ });
  }

  /** What this one called the file that it accepted last. */
  get lastMark(): number {
    const accepts = this.said.flatMap((frame) => frame.t === "file-accept" ? [frame.mark] : []);
    return accepts.at(-1) ?? 0;
  }

  parcel(id: string): Parcel {
    const parcel = this.desk.parcels.get(id);
    if (parcel === undefined) throw new Error(`${this.name} knows no file ${id}`);
    return parcel;
  }

  /** Where a file stands with somebody, or with the only one. */
  transfer(id: string, person?: string): Transfer {
    const { transfers } = this.parcel(id);
    const found = transfers.find((transfer) => transfer.person === (person ?? transfer.person));
    if (found === undefined) throw new Error(`${this.name} has ${id} with nobody`);
    return found;
  }

  /** How it stands, in one word for each person. */
  state(id: string): string {
    return this.parcel(id).transfers.map(({ state }) => state).join(" ");
  }
}

/** People, and what lies between them. */
export class FileRoom {
  readonly clock = new SteppedClock();
  readonly people = new Map<string, FilePerson>();
  /** Whether frames get lost, from whom to whom. */
  readonly deaf = new Set<string>();
  /** What is done to each channel when it is made. */
  prepare: (channel: FakeFileChannel) => void = () => {};
  #up = new Set<string>();
  #events = 0;

  enter(name: string): FilePerson {
    const person = new FilePerson(name, this.clock);
    this.people.set(name, person);
    return person;
  }

  /** Connects two people, as their chat would say. */
  connect(one: FilePerson, other: FilePerson): void {
    this.#up.add(key(one, other));
    this.#introduce(one, other);
    this.#introduce(other, one);
    one.desk.ready(one.peers.get(other.name)!);
    other.desk.ready(other.peers.get(one.name)!);
  }

  /** Ends the connection between two people; both are told, unless told otherwise. */
  cut(one: FilePerson, other: FilePerson, { isNoticed = true } = {}): void {
    this.#up.delete(key(one, other));
    for (const { channels } of [one, other]) {
      for (const channel of channels) {
        channel.onclose = null;
        channel.end();
        channel.other?.end();
      }
    }
    if (!isNoticed) return;
    one.desk.lose(other.name);
    other.desk.lose(one.name);
  }

  /** Has `from` say something to `to`, whatever its desk thinks. */
  tell(from: FilePerson, to: FilePerson, frame: FileFrame): void {
    to.desk.receive(to.peers.get(from.name)!, frame);
  }

  /** Opens a channel from `from` to `to`, whatever its desk thinks. */
  open(from: FilePerson, to: FilePerson): FakeFileChannel {
    const channel = new FakeFileChannel();
    this.#join(channel, from, to);
    return channel;
  }

  /** Waits until nothing moves any more, as long as the clock stands still. */
  async quiet(): Promise<void> {
    for (let idle = 0; idle < 3;) {
      const before = this.#count();
      await settle();
      idle = this.#count() === before ? idle + 1 : 0;
    }
  }

  /** Offers a file, as the transcript would. */
  offer(from: FilePerson, to: FilePerson[], { id, file }: { id: string; file: FakeFile }): void {
    const offer = { id, name: `${id}.bin`, size: file.size, type: "application/octet-stream" };
    from.desk.send(offer, file.blob);
    for (const person of to) person.desk.expect(offer, from.name);
  }

  #count(): number {
    let sent = 0;
    for (const { channels } of this.people.values()) {
      for (const channel of channels) sent += channel.sent.length;
    }
    return this.#events + sent;
  }

  #introduce(one: FilePerson, { name }: FilePerson): void {
    if (one.peers.has(name)) return;
    // Whoever goes by that name now: a page that was reloaded is the same person.
    const other = () => this.people.get(name)!;
    const isUp = () => this.#up.has(key(one, other()));
    one.peers.set(name, {
      person: name,
      say: (frame) => {
        if (!isUp()) return false;
        this.#events++;
        one.said.push({ ...frame, to: name });
        if (this.deaf.has(name)) return true;
        const parsed = valueOf(parseFileFrame({ ...frame })) as FileFrame;
        queueMicrotask(() => {
          if (isUp()) this.tell(one, other(), parsed);
        });
        return true;
      },
      openChannel: () => {
        if (!isUp()) return undefined;
        const channel = new FakeFileChannel();
        this.prepare(channel);
        one.channels.push(channel);
        queueMicrotask(() => {
          if (isUp()) this.#join(channel, one, other());
        });
        return channel;
      },
    });
  }

  #join(channel: FakeFileChannel, ...[from, to]: [FilePerson, FilePerson]): void {
    const end = new FakeFileChannel();
    channel.other = end;
    end.other = channel;
    to.desk.adopt(to.peers.get(from.name)!, end);
    end.open();
    channel.open();
  }
}

function key(one: FilePerson, other: FilePerson): string {
  return [one.name, other.name].sort().join(" ");
}

/** Two people who are connected, in a room of their own. */
export function makePair(): { room: FileRoom; ada: FilePerson; bob: FilePerson } {
  const room = new FileRoom();
  const ada = room.enter("ada");
  const bob = room.enter("bob");
  room.connect(ada, bob);
  return { room, ada, bob };
}
