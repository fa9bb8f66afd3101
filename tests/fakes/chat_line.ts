import { ChatLine, type Identity } from "../../lib/client/chat_line.ts";
import type { Words } from "../../lib/client/words.ts";
import type { Version } from "../../lib/protocol/messages.ts";
import { type JsonObject, parseObject } from "../../lib/protocol/parse.ts";
import { SteppedClock } from "./clock.ts";

/** What another line says first. */
export const HELLO = '{"t":"hello","app":"tincan","v":1}';
/** Something said. */
export const WORDS: Words = { id: "01J00000000000000000000000", at: 1, text: "hi there" };
/** It, as a frame. */
export const SAY = JSON.stringify({ t: "say", ...WORDS });

/** A line whose frames, and what it tells, are written down. */
export function layLine(version: Version) {
  const sent: (JsonObject | string)[] = [];
  const told: unknown[] = [];
  const identities: Identity[] = [];
  /** How many frames had been sent each time the line was ready. */
  const ready: number[] = [];
  const channel = { isOpen: true };
  const clock = new SteppedClock();
  const line = new ChatLine({
    clock,
    version,
    identify: () => ({ tab: "page", peer: "me" }),
    send(text) {
      const parsed = parseObject(text);
      if (channel.isOpen) sent.push(parsed.ok ? parsed.value : text);
      return channel.isOpen;
    },
    onHello: (identity) => identities.push(identity),
    onWords: (words) => told.push(words),
    onPlain: (text) => told.push(text),
    onMark: (id, mark) => told.push([id, mark]),
    onTyping: (isTyping) => told.push(isTyping ? "writes" : "stops"),
    onFile: (frame) => told.push(frame),
    onReady: () => ready.push(sent.length),
    onBye: () => told.push("bye"),
  });
  return { line, clock, sent, told, identities, ready, channel };
}

/** What the line says first. */
export const greeting = { t: "hello", app: "tincan", v: 1, tab: "page", peer: "me" };
