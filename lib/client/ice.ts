/**
 * The ICE servers of now: credentials for a relay run out, so that new ones are asked for before they
 * are used again.
 *
 * @module
 */

import type { Clock } from "../clock.ts";
import type { IceConfiguration } from "../protocol/messages.ts";
import { atMost } from "./at_most.ts";

/** What an {@linkcode IceSource} needs. */
export interface IceSourceOptions {
  /** The time. */
  clock: Clock;
  /** Asks the server for ICE servers; nothing happens where it is out of reach. */
  ask: () => void;
}

/** Milliseconds to wait for new ones; the old ones may still do. */
const PATIENCE = 1_000;

/** Where connections get their ICE servers from. */
export class IceSource {
  /** What was heard last. */
  current: IceConfiguration = { iceServers: [] };
  #options: IceSourceOptions;
  #waiting: (() => void)[] = [];

  /** Begins without any. */
  constructor(options: IceSourceOptions) {
    this.#options = options;
  }

  /** The server has told of them. */
  receive({ iceServers, iceTransportPolicy }: IceConfiguration): void {
    this.current = { iceServers, ...(iceTransportPolicy && { iceTransportPolicy }) };
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  /** Answers with new ones, or soon with those that are known; what never runs out is not asked for. */
  async refresh(): Promise<IceConfiguration> {
    if (this.current.iceServers.some(({ credential }) => credential !== undefined)) {
      const { clock, ask } = this.#options;
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#waiting.push(resolve);
      ask();
      await atMost(promise, { clock, milliseconds: PATIENCE });
    }
    return this.current;
  }

  /** Lets nobody wait any more. */
  close(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
