/**
 * Everything said in a room, and how far each message of ours has come with each person. A message is
 * owed to those who were there when it was said; where nobody was, or none of them got it before they
 * went, it is owed to whoever comes next.
 *
 * @module
 */

import { NAMELESS } from "./chat_line.ts";
import type { Words } from "./words.ts";
import type { Journal } from "./journal.ts";
import {
  type Entry,
  isFurther,
  isSettled,
  type Mark,
  MARKS,
  type Message,
  parseEntry,
  writeEntry,
} from "./message.ts";

/** What a {@linkcode Transcript} needs. */
export interface TranscriptOptions {
  /** Keeps it. */
  journal: Journal;
  /** Tells whether a person is here, or expected back. */
  isHere: (person: string) => boolean;
  /** It changed. */
  onChange: () => void;
}

/** How many people are remembered over a reload. */
const PEOPLE = 16;

/** How many messages back one that comes late may belong. */
const LATE = 200;

/** How many messages back a mark may have been lost together with a connection. */
const DOUBTFUL = 100;

/** Everything said in a room. */
export class Transcript {
  #options: TranscriptOptions;
  #entries = new Map<string, Entry>();
  #messages: readonly Message[] = [];
  #unseen = new Set<string>();
  #lastSaid = 0;
  /** What was forgotten on purpose, and may be said again by somebody who missed our ack. */
  #cleared = new Set<string>();
  /** Those whom the journal has. */
  #people: string[] = [];
  /** Takes up what the journal has kept. */
  constructor(options: TranscriptOptions) {
    this.#options = options;
    for (const [place, kept] of options.journal.read()) {
      const entry = parseEntry(kept, place);
      if (entry !== undefined) this.#insert(entry);
      if (entry?.isSeen === false) this.#unseen.add(entry.message.id);
    }
  }

  /** Everything said, oldest first. */
  get messages(): readonly Message[] {
    return this.#messages;
  }

  /** Finds a message. */
  find(id: string): Message | undefined {
    return this.#entries.get(id)?.message;
  }

  /** When we said something last, by our clock; it may have been set back since. */
  get lastSaid(): number {
    return this.#lastSaid;
  }

  /** The messages of others that were on no visible screen yet, each with its writer. */
  get unseen(): [id: string, from: string][] {
    return Array.from(this.#unseen, (id) => [id, this.#entries.get(id)?.message.from ?? ""]);
  }

  /** Takes words of ours, for `people`. */
  say(words: Words, people: string[]): Message {
    const message: Message = { ...words, delivery: "sending" };
    this.#add({ message, to: new Map(people.map((person) => [person, "sending"])) });
    return message;
  }

  /** Takes words of somebody else; known ones only as a sign that their writer knows less. */
  hear(words: Words, from: string): void {
    const known = this.#entries.get(words.id);
    if (known?.message.from !== undefined) this.#unseen.add(words.id);
    if (known !== undefined || this.#cleared.has(words.id)) return;
    this.#unseen.add(words.id);
    this.#add({ message: { ...words, from }, isSeen: false });
  }

  /** Answers with the words that a person has not got yet, oldest first. */
  owedTo(person: string): Words[] {
    const owed: Words[] = [];
    for (const { message: { delivery: _, ...words }, to } of this.#entries.values()) {
      if (to === undefined) continue;
      const mark = to.get(person);
      if (mark === undefined ? this.#isUnclaimed(to) : !isSettled(mark)) owed.push(words);
    }
    return owed;
  }

  /** A message of ours has come as far as `mark` with a person; marks never go back. */
  mark(id: string, person: string, mark: Mark): void {
    const entry = this.#entries.get(id);
    if (entry?.to === undefined) return;
    const before = entry.to.get(person);
    if (before !== undefined && !isFurther(mark, before)) return;
    if (before === undefined) this.#replaceLost(entry.to);
    entry.to.set(person, mark);
    this.#judge(entry);
    this.#write(entry);
  }

  /** The writer of a message knows that it was seen. */
  see(id: string): void {
    const entry = this.#entries.get(id);
    if (entry === undefined || !this.#unseen.delete(id) || entry.isSeen) return;
    entry.isSeen = true;
    this.#write(entry);
  }

  /** A person may not have heard that we saw its latest words. */
  doubt(person: string): void {
    for (const { id } of this.#messages.slice(-DOUBTFUL)) {
      if (this.#entries.get(id)?.message.from === person) this.#unseen.add(id);
    }
  }

  /** A person is known by another name. */
  rename(from: string, to: string): void {
    const before = this.#messages;
    for (const entry of this.#entries.values()) {
      const mark = entry.to?.get(from);
      if (entry.message.from === from) this.#replace(entry, { ...entry.message, from: to });
      else if (entry.to !== undefined && mark !== undefined) {
        const other = entry.to.get(to);
        entry.to.delete(from);
        entry.to.set(to, other !== undefined && isFurther(other, mark) ? other : mark);
      } else continue;
      this.#write(entry);
    }
    if (this.#messages !== before) this.#options.onChange();
  }

  /** Somebody came or went, which changes who has to get a message for it to count. */
  recount(people: string[]): void {
    const named = people.filter((person) => !person.startsWith(NAMELESS)).slice(-PEOPLE);
    if (named.join() !== this.#people.join()) this.#options.journal.writePeople(named);
    this.#people = named;
    for (const entry of this.#entries.values()) if (this.#judge(entry)) this.#write(entry);
  }

  /** Forgets everything, what is still owed to somebody, too. */
  clear(): void {
    for (const id of this.#entries.keys()) this.#cleared.add(id);
    this.#entries.clear();
    this.#unseen.clear();
    this.#messages = [];
    this.#options.journal.clear();
    this.#options.journal.writePeople(this.#people);
    this.#options.onChange();
  }

  #add(entry: Omit<Entry, "place">): void {
    const placed = { ...entry, place: this.#options.journal.add() };
    this.#write(placed);
    this.#insert(placed);
    this.#options.onChange();
  }

  #insert(entry: Entry): void {
    const { message } = entry;
    if (message.from === undefined) this.#lastSaid = Math.max(this.#lastSaid, message.at);
    this.#messages = this.#messages.toSpliced(this.#findIndex(entry), 0, message);
    this.#entries.set(message.id, entry);
  }

  /**
   * Where a message stands on the screen: after all others; but what comes late, over another
   * connection, stands before what its writer said after it.
   */
  #findIndex({ message: { id: late, from } }: Entry): number {
    let found = this.#messages.length;
    const first = Math.max(found - LATE, 0);
    if (from === undefined) return found;
    for (let index = found - 1; index >= first; index--) {
      const { id, from: writer } = this.#messages[index]!;
      if (writer !== from) continue;
      // ULIDs are in the order of time.
      if (id < late) break;
      found = index;
    }
    return found;
  }

  /** A message has come as far as it has with the last of those who are here; tells what changed. */
  #judge(entry: Entry): boolean {
    const { message, to = new Map<string, Mark>() } = entry;
    if (message.delivery === undefined || to.size === 0) return false;
    const here = [...to].filter(([person]) => this.#options.isHere(person));
    const marks = (here.length > 0 ? here : [...to]).map(([, mark]) => MARKS.indexOf(mark));
    const least = MARKS[Math.min(...marks)] ?? "sending";
    const delivery = least === "told" ? "sent" : least;
    if (!isFurther(delivery, message.delivery)) return false;
    this.#replace(entry, { ...message, delivery });
    this.#options.onChange();
    return true;
  }

  #replace(entry: Entry, message: Message): void {
    const index = this.#messages.lastIndexOf(entry.message);
    this.#messages = this.#messages.with(index, message);
    entry.message = message;
  }

  /** Whether a newcomer is to get it: nobody did, and nobody is here who might; or one got lost. */
  #isUnclaimed(to: Map<string, Mark>): boolean {
    if (this.#findLost(to) !== undefined) return true;
    for (const [person, mark] of to) {
      if (isSettled(mark) || this.#options.isHere(person)) return false;
    }
    return true;
  }

  /** Somebody who was there, did not get it, and would not be known again. */
  #findLost(to: Map<string, Mark>): string | undefined {
    for (const [person, mark] of to) {
      const isNameless = person.startsWith(NAMELESS);
      if (isNameless && !isSettled(mark) && !this.#options.isHere(person)) return person;
    }
    return undefined;
  }

  #replaceLost(to: Map<string, Mark>): void {
    const lost = this.#findLost(to);
    if (lost !== undefined) to.delete(lost);
  }

  #write(entry: Entry): void {
    this.#options.journal.write(entry.place, writeEntry(entry));
  }
}
