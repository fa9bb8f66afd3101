import { CLOSE } from "../../lib/protocol/closes.ts";
import { SUBPROTOCOL, type Version } from "../../lib/protocol/messages.ts";
import { connect } from "../../lib/server/connection.ts";
import type { Upgrade } from "../../lib/server/handshake.ts";
import { refuseSeat } from "../../lib/server/seating.ts";
import type { Exchange } from "../fakes/exchange.ts";
import { pick } from "../fakes/random.ts";
import type { Model } from "./fuzz_model.ts";
import { type Deed, Player, type Sent, type Step } from "./fuzz_player.ts";
import { badText, newSignal } from "./fuzz_words.ts";

const MOST_PLAYERS = 14;

/** Milliseconds that a handshake may take. */
const OPENING = 5000;

/** Many clients, who do whatever the dice say; the model hears of what they did by themselves. */
export class Crowd {
  readonly players: Player[] = [];
  /** What the server did in this step. */
  readonly journal: Deed[] = [];
  #random: () => number;
  #rooms: readonly string[];
  #exchange: Exchange;
  #model: Model;
  #tokens = new Set<string>();
  #sentSoFar = 0;

  constructor(random: () => number, rooms: readonly string[], exchange: Exchange, model: Model) {
    this.#random = random;
    this.#rooms = rooms;
    this.#exchange = exchange;
    this.#model = model;
  }

  /** The players whose sockets are not closed. */
  get open(): Player[] {
    return this.players.filter(({ socket }) => socket.readyState !== WebSocket.CLOSED);
  }

  /** Does one thing. */
  act(): Step {
    const random = this.#random;
    const { open } = this;
    const roll = random();
    if (open.length === 0 || roll < 0.12 && open.length < MOST_PLAYERS) return this.#arrive();
    if (roll < 0.18) return this.#wait();
    if (roll < 0.182) return this.#turnOut();
    const by = pick(random, open);
    if (roll < 0.22 || by.state === "over" && roll < 0.6) return this.#goOrRead(by);
    if (by.state === "promised" || by.isTooLate) return this.#open(by);
    if (by.state === "joining" && roll < (by.isRude ? 0.4 : 0.8)) return this.#join(by);
    return this.#say(by);
  }

  #arrive(): Step {
    const room = pick(this.#random, this.#rooms);
    if (this.#random() < 0.4) {
      void this.#knock(room);
      return { kind: "knock" };
    }
    const player = this.#connect(2, room);
    player.socket.open();
    return { by: player, kind: "dial" };
  }

  /** What the route does for version 1. */
  async #knock(room: string): Promise<void> {
    const { registry } = this.#exchange.signaling;
    if (registry.isFull(room)) await registry.probe(room);
    const refusal = refuseSeat(registry, room);
    if (refusal === undefined) {
      this.journal.push({ did: "promise", player: this.#connect(1, room) });
    } else {
      this.journal.push({ did: "refuse", room, status: refusal.status });
    }
  }

  #connect(version: Version, room: string): Player {
    const { signaling, clock, sockets } = this.#exchange;
    const player = new Player(version, room, this.journal, clock.now());
    player.isRude = this.#random() < 0.15;
    if (this.#random() < 0.15) {
      player.socket.reads = false;
      player.stoppedReadingAt = clock.now();
    }
    const upgrade: Upgrade = version === 1
      ? { state: "accept", version, room, address: "a" }
      : { state: "accept", version, room, address: "a", protocol: SUBPROTOCOL };
    connect(player.socket, upgrade, signaling);
    this.players.push(player);
    sockets.push(player.socket);
    return player;
  }

  #open(by: Player): Step {
    if (by.isTooLate) {
      by.isTooLate = false;
      by.socket.open();
      return { by, kind: "open too late" };
    }
    this.#model.room(by.room).promised--;
    const nobody = { peer: undefined, token: undefined, player: undefined, awaySince: 0 };
    this.#model.sit(by, { version: 1, ...nobody });
    by.socket.open();
    return { by, kind: "open" };
  }

  #wait(): Step {
    const { clock } = this.#exchange;
    clock.advance(pick(this.#random, [10, 100, 500, 1000, 2000, 3500, 6000]));
    for (const player of this.players) {
      if (player.state !== "promised" || clock.now() - player.openedAt < OPENING) continue;
      player.isTooLate = true;
      this.#model.stand(player, true);
    }
    return { kind: "wait" };
  }

  #turnOut(): Step {
    // Whoever is still in its handshake is dropped with the connection.
    for (const player of this.open) {
      if (player.socket.readyState === WebSocket.CONNECTING) this.#drop(player);
    }
    this.#exchange.signaling.sockets.turnOut(CLOSE.restarting);
    return { kind: "turn out" };
  }

  #goOrRead(by: Player): Step {
    const { socket } = by;
    const roll = this.#random();
    if (roll < 0.5) {
      this.#drop(by);
      return { by, kind: "drop" };
    }
    socket.reads = roll < 0.75;
    socket.read(socket.reads ? Infinity : 100);
    by.stoppedReadingAt = socket.reads ? Infinity : this.#exchange.clock.now();
    return { by, kind: socket.reads ? "read" : "stop reading" };
  }

  #drop(player: Player): void {
    this.#model.stand(player, false);
    player.isTooLate = false;
    if (this.#random() < 0.2) player.socket.breakOff();
    else player.socket.end();
    // The runtime may tell of it twice.
    if (this.#random() < 0.3) player.socket.end();
  }

  #join(by: Player): Step {
    for (const { place } of this.players) if (place?.token) this.#tokens.add(place.token);
    const roll = this.#random();
    // Its own, a former one, or somebody else's, of this room or of another: the dice know no law.
    if (roll < 0.4 && this.#tokens.size > 0) by.resume = pick(this.#random, [...this.#tokens]);
    else if (roll < 0.5) by.resume = "guessed";
    this.#tell(by, { type: "join", resume: by.resume });
    return { by, kind: "join" };
  }

  #tell(by: Player, message: object | string): void {
    const { closing } = this.#exchange.signaling;
    const before = closing.size;
    by.socket.say(message);
    if (closing.size > before) this.journal.push({ did: "doom", player: by });
  }

  #say(by: Player): Step {
    const { version } = by;
    const random = this.#random;
    const roll = random();
    if (roll < 0.02) {
      this.#tell(by, new TextEncoder().encode('{"type":"leave"}').buffer);
      return { by, kind: "binary" };
    }
    if (roll < 0.04) {
      this.#tell(by, `{"type":"offer","sdp":"${"x".repeat(2000)}"}`);
      return { by, kind: "oversize" };
    }
    if (roll < (by.isRude ? 0.5 : 0.08)) {
      this.#tell(by, badText(random, version));
      return { by, kind: "bad" };
    }
    if (roll < (by.isRude ? 0.9 : 0.2) && version === 2) {
      const kind = pick(random, ["ping", "pong", "ice-servers"]);
      this.#tell(by, { type: kind, t: 7 });
      return { by, kind };
    }
    if (roll > 0.98 && version === 2) {
      this.#tell(by, { type: "join" });
      return { by, kind: "join" };
    }
    const kind = roll > 0.97 ? "leave" : "signal";
    const others = [...by.believes.keys(), "nobody", by.place?.peer ?? "nobody"];
    const message = newSignal(random, { kind, n: ++this.#sentSoFar, version, others });
    const sent = this.#address(by, message);
    this.#tell(by, JSON.stringify(message));
    return sent === undefined ? { by, kind } : { by, kind, sent };
  }

  /** Who is to hear a message; undefined where its sender is not in a room. */
  #address(by: Player, message: { n: number; to?: string }): Sent | undefined {
    const { place, room, version } = by;
    if (place === undefined) return undefined;
    const others = this.#model.present(this.#model.room(room)).filter((other) => other !== by);
    const audience = new Set(
      message.to === undefined || version === 1
        ? others
        : others.filter((other) => other.place?.peer === message.to),
    );
    const { n } = message;
    const text = JSON.stringify(message);
    const sent: Sent = { n, by, place, room, message: { ...message }, text, audience };
    this.#model.sent.set(n, sent);
    return sent;
  }
}
