/**
 * The way out when memory fills, or sockets whose peers answer no close: nothing ends those one by
 * one, so everybody is sent off for a moment. The honest come back and take their seats again; their
 * chats are peer to peer, and go on meanwhile.
 *
 * @module
 */

import { CLOSE } from "../protocol/closes.ts";
import type { Listener } from "./listen.ts";
import type { Signaling } from "./signaling.ts";

/** Milliseconds in which the farewells are written, before the connections are dropped. */
const FAREWELL = 50;

/** What a relief needs. */
export interface ReliefOptions {
  /** What drops the connections. */
  listener: Pick<Listener, "relisten">;
  /** The reason, for whoever reads the log. */
  why: string;
}

/** Drops every connection, and listens again. */
export async function relieve(
  { sockets, clock }: Pick<Signaling, "sockets" | "clock">,
  { listener, why }: ReliefOptions,
): Promise<void> {
  console.warn(`${why}: dropping ${sockets.size} sockets, who may come back`);
  sockets.turnOut(CLOSE.restarting);
  await new Promise<void>((resolve) => clock.after(FAREWELL, resolve));
  await listener.relisten();
}
