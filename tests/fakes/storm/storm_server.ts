import { SUBPROTOCOL } from "../../../lib/protocol/messages.ts";
import type { PeerEntry } from "../../../lib/protocol/messages.ts";
import { parseConfig } from "../../../lib/server/config.ts";
import { connect } from "../../../lib/server/connection.ts";
import { createSignaling, type Signaling } from "../../../lib/server/signaling.ts";
import { valueOf } from "../unwrap.ts";
import { MortalClock } from "./mortal_clock.ts";
import { StormSocket } from "./storm_socket.ts";
import type { World } from "./world.ts";

/** The room of all storms. */
const ROOM = "storm";

/** The real signaling server, at sockets that break; it forgets everything when it is restarted. */
export class StormServer {
  #world: World;
  #capacity: number;
  #running: { signaling: Signaling; clock: MortalClock } | undefined;
  #sockets = new Set<StormSocket>();

  constructor(world: World, capacity: number) {
    this.#world = world;
    this.#capacity = capacity;
    this.start();
  }

  /** Who is in the room. */
  get roster(): PeerEntry[] {
    return this.#running?.signaling.registry.find(ROOM)?.roster() ?? [];
  }

  /** Opens a socket; the page's end of it is answered with. */
  open(): StormSocket {
    const socket = new StormSocket(this.#world);
    socket.carry("server", () => this.#accept(socket));
    return socket;
  }

  start(): void {
    if (this.#running !== undefined) return;
    const clock = new MortalClock(this.#world.clock);
    const config = valueOf(
      parseConfig({ STUN_URLS: "", MAX_RSS: "0", ROOM_CAPACITY: `${this.#capacity}` }),
    );
    this.#running = { clock, signaling: createSignaling(config, clock) };
  }

  /** Stops: every socket breaks, all seats are forgotten. */
  stop(): void {
    this.#running?.signaling.close();
    this.#running?.clock.die();
    this.#running = undefined;
    for (const socket of this.#sockets) socket.break("both", this.#world.once(2) ? 1012 : 1006);
    this.#sockets.clear();
  }

  #accept(socket: StormSocket): void {
    if (this.#running === undefined) return socket.break("both");
    this.#sockets.add(socket);
    connect(socket.server, {
      state: "accept",
      version: 2,
      room: ROOM,
      address: "192.0.2.1",
      protocol: SUBPROTOCOL,
    }, this.#running.signaling);
    socket.open();
  }
}
