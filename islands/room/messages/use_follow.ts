import { type ReadonlySignal, useSignal } from "@preact/signals";
import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Message } from "../../../lib/client/message.ts";
import { isMine } from "./blocks.ts";

/** How far from the end, in pixels, somebody may have scrolled and still follow what is new. */
const NEAR_END = 80;

/** How a list follows what is said. */
export interface Follow {
  /** How many messages came that were not scrolled to yet. */
  missed: ReadonlySignal<number>;
  /** Goes to the end, and stays there. */
  toEnd: () => void;
  /** The list was scrolled. */
  onScroll: () => void;
  /** Somebody reads what is here now, and not what comes. */
  rest: () => void;
}

/** Stays at the end of `log` unless somebody reads further up, whatever grows or shrinks. */
export function useFollow(
  log: RefObject<HTMLElement>,
  messages: readonly Message[],
): Follow {
  const missed = useSignal(0);
  const follows = useRef(true);
  const top = useRef(0);
  const seen = useRef<{ count: number; last: Message | undefined }>({ count: 0, last: undefined });

  function toEnd(): void {
    follows.current = true;
    missed.value = 0;
    pin();
  }

  function pin(): void {
    const element = log.current;
    if (element === null || !follows.current) return;
    element.scrollTop = element.scrollHeight;
    top.current = element.scrollTop;
  }

  useLayoutEffect(() => {
    const { count, last } = seen.current;
    const newest = messages.at(-1);
    seen.current = { count: messages.length, last: newest };
    const isNew = newest !== undefined && newest.id !== last?.id;
    if (messages.length < count || (isNew && isMine(newest))) return toEnd();
    if (!follows.current) missed.value += messages.length - count;
    pin();
  }, [messages]);

  useLayoutEffect(() => {
    const element = log.current;
    if (element === null) return;
    // What is drawn for the first time, a picture that loads, a keyboard that opens.
    const observer = new ResizeObserver(pin);
    observer.observe(element);
    for (const child of element.children) observer.observe(child);
    return () => observer.disconnect();
  }, []);

  function onScroll(): void {
    const element = log.current;
    if (element === null) return;
    const { scrollHeight, scrollTop, clientHeight } = element;
    // What grows below scrolls nothing: only who goes up does not follow any more.
    if (scrollHeight - scrollTop - clientHeight < NEAR_END) {
      follows.current = true;
      missed.value = 0;
    } else if (scrollTop < top.current) follows.current = false;
    top.current = scrollTop;
  }

  function rest(): void {
    follows.current = false;
  }

  return { missed, toEnd, onScroll, rest };
}
