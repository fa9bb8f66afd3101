/**
 * All that a room knows of the connections in it.
 *
 * @module
 */

import type { Close } from "../protocol/closes.ts";
import type { Version } from "../protocol/messages.ts";

/** A connection as the room sees it. */
export interface Member {
  /** The version of the protocol that it speaks. */
  readonly version: Version;
  /** Sends one frame, or nothing where the connection is gone. Never changes the room meanwhile. */
  send(text: string): void;
  /** Ends the connection, which has lost its seat by now. */
  dismiss(close: Close): void;
  /**
   * Asks for a sign of life where none was seen lately, and answers whether it did. `heard` is
   * called once, at the first sign or at the end of the connection.
   */
  ask(heard: () => void): boolean;
}
