/**
 * What a conversation is made of, and what it is read by.
 *
 * @module
 */

import type { Clock } from "../clock.ts";
import type { IceConfiguration } from "../protocol/messages.ts";
import type { Journal } from "./journal.ts";
import type { RtcPort } from "./rtc.ts";
import type { ClientSocket } from "./signaling_channel.ts";
import type { Tab } from "./tab.ts";

/** A value that a page redraws from whenever it changes: a signal, to be read only. */
export interface Readable<T> {
  /** The value now. */
  readonly value: T;
}

/** What a conversation needs. */
export interface ConversationOptions {
  /** The address of the room: `ws(s)://host/ws/signal?room=NAME`. */
  url: string;
  /** The time. */
  clock: Clock;
  /** Which page this is. */
  tab: Pick<Tab, "name" | "resume" | "keep">;
  /** What we call ourselves; nothing unless it is given. */
  nickname?: string | undefined;
  /** Where what is said is kept; nowhere unless there is one. */
  journal?: Journal;
  /** Tells whether the messages can be seen right now. */
  isVisible: () => boolean;
  /** Makes a connection; the browser's own unless a test brings another. */
  createConnection?: (ice: IceConfiguration) => RtcPort;
  /** Opens a socket; the browser's own unless a test brings another. */
  openSocket?: (url: string, protocol: string) => ClientSocket;
}
