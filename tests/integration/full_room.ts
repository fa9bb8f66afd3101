import { HeldClock } from "./held_clock.ts";
import { joinPeers, type Party } from "./peers.ts";
import { type SignalingServer, startSignalingServer } from "./signaling_server.ts";

/** Milliseconds without a word after which a member is asked, and in which it has to answer. */
export const QUIET = 2_000;

/** A room whose peers are all quiet, and the clock that tells so. */
export interface Stage extends AsyncDisposable {
  server: SignalingServer;
  clock: HeldClock;
  url: string;
  peers: Party;
}

/** A full room, of which the peers of `heartbeats` keep the heartbeat, and all are quiet. */
export async function fullRoom(capacity: number, heartbeats: number[]): Promise<Stage> {
  const clock = new HeldClock();
  const server = startSignalingServer({ ROOM_CAPACITY: String(capacity) }, clock);
  const url = server.roomUrl("x");
  const peers = await joinPeers(url, capacity);
  for (const i of heartbeats) await peers[i]!.client.nothingElse();
  clock.advance(QUIET);
  return {
    server,
    clock,
    url,
    peers,
    async [Symbol.asyncDispose]() {
      await peers[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}
