import type { Message } from "../../../lib/client/message.ts";
import { isSameDay } from "./times.ts";

/** How many messages are drawn, and skipped while out of sight, as one. */
export const BLOCK = 50;

/** Milliseconds within which what one person says stands under one name and time. */
const BREATH = 5 * 60_000;

/** Messages that are drawn together. */
export interface Block {
  /** The messages, oldest first. */
  messages: readonly Message[];
  /** The message before them. */
  before: Message | undefined;
  /** The messages that are answered in here, by their id. */
  answered: ReadonlyMap<string, Message>;
}

/** Where a message stands among the others. */
export interface Standing {
  /** Whether it is the first of its day. */
  beginsDay: boolean;
  /** Whether it is the first that its writer says in one breath. */
  beginsTurn: boolean;
}

/** Divides messages into blocks of which only the last changes when something is said. */
export function divide(messages: readonly Message[]): Block[] {
  const answers = messages.some(({ re }) => re !== undefined);
  const byId = answers ? new Map(messages.map((message) => [message.id, message])) : new Map();
  const blocks: Block[] = [];
  for (let first = 0; first < messages.length; first += BLOCK) {
    const together = messages.slice(first, first + BLOCK);
    const answered = new Map<string, Message>();
    for (const { re } of answers ? together : []) {
      const message = re === undefined ? undefined : byId.get(re);
      if (message !== undefined) answered.set(message.id, message);
    }
    blocks.push({ messages: together, before: messages[first - 1], answered });
  }
  return blocks;
}

/** Tells whether two blocks look the same. */
export function isSameBlock(one: Block, other: Block): boolean {
  return one.messages.length === other.messages.length &&
    one.messages.every((message, index) => message === other.messages[index]) &&
    one.before?.at === other.before?.at && one.before?.from === other.before?.from &&
    one.answered.size === other.answered.size;
}

/** Tells where a message stands, after the one before it. */
export function standingOf(message: Message, before: Message | undefined): Standing {
  if (before === undefined) return { beginsDay: true, beginsTurn: true };
  const beginsDay = !isSameDay(message.at, before.at);
  const isOneBreath = isMine(message) === isMine(before) && message.from === before.from &&
    Math.abs(message.at - before.at) < BREATH;
  return { beginsDay, beginsTurn: beginsDay || !isOneBreath };
}

/** Tells whether a message is our own. */
export function isMine({ delivery }: Message): boolean {
  return delivery !== undefined;
}

/** The first line of a message, in short: its file's name where it is a file. */
export function summaryOf({ text, file }: Message): string {
  return file?.name ?? text.trim().slice(0, 200).split("\n")[0]!;
}
