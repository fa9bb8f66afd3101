import { assertEquals } from "@std/assert";
import { SUBPROTOCOL, type Version } from "../../lib/protocol/messages.ts";
import { pick, seededRandom } from "../fakes/random.ts";
import { eventually } from "../fakes/patience.ts";
import { HeldClock } from "./held_clock.ts";
import { ATTACKS, knock, stopReading } from "./scenario_attacks.ts";
import { RoomModel } from "./scenario_room.ts";
import { exchange } from "./scenario_signals.ts";
import { type SignalingServer, startSignalingServer } from "./signaling_server.ts";
import { SocketClient } from "./socket_client.ts";

/** What is not the usual at a door. */
interface Door {
  protocol?: string | undefined;
  origin?: string | undefined;
}

interface Due {
  at: number;
  client: SocketClient;
  code: number;
  errors: string[];
}

/** A server whose time stands still while its rooms act, and a model of all who are there. */
export class World implements AsyncDisposable {
  readonly capacity: number;
  readonly #random: () => number;
  readonly clock = new HeldClock();
  readonly server: SignalingServer;
  /** Milliseconds for which a seat is kept. */
  readonly grace = 1000;
  readonly maxBytes = 65536;
  /** How many sockets must have ended with which code. */
  readonly #expected = new Map<number, number>();
  /** How many did. */
  readonly #seen = new Map<number, number>();
  readonly #rooms: RoomModel[] = [];
  #due: Due[] = [];
  /** The sockets that have not ended. */
  readonly #open = new Set<SocketClient>();
  #opened = 0;

  constructor(seed: number, capacity: number) {
    this.capacity = capacity;
    this.#random = seededRandom(seed);
    this.server = startSignalingServer({
      ROOM_CAPACITY: String(capacity),
      SEAT_GRACE: "1",
      JOIN_TIMEOUT: "1",
      MESSAGES_PER_SECOND: "200",
      BYTES_PER_SECOND: "0",
      MAX_MESSAGE_BYTES: String(this.maxBytes),
      UPGRADES_PER_MINUTE: "0",
      MAX_SOCKETS_PER_ADDRESS: "0",
      TRUSTED_PROXIES: "loopback",
    }, this.clock);
  }

  get now(): number {
    return this.clock.now();
  }

  /** The tokens of all who have a seat somewhere. */
  get tokens(): string[] {
    return this.#rooms.flatMap(({ seats }) => seats.map(({ token }) => token)).filter(Boolean);
  }

  /** Headers of somebody from anywhere. */
  headers(origin?: string): Record<string, string> {
    const host = this.#opened++ % 50;
    return { "x-forwarded-for": `192.0.2.${host}`, ...(origin !== undefined && { origin }) };
  }

  /** Opens a socket, whose end is counted. */
  async open(
    url: string,
    version: Version,
    { protocol, origin }: Door = {},
  ): Promise<SocketClient> {
    const headers = this.headers(origin);
    const subprotocol = protocol ?? (version === 2 ? SUBPROTOCOL : undefined);
    const client = await SocketClient.open(url, subprotocol, { headers });
    this.#open.add(client);
    void client.closed.then(({ code }) => {
      this.#open.delete(client);
      this.#seen.set(code, (this.#seen.get(code) ?? 0) + 1);
    });
    return client;
  }

  /** One more socket must end with `code`. */
  expectClose(code: number): void {
    this.#expected.set(code, (this.#expected.get(code) ?? 0) + 1);
  }

  /** The server will end this one itself, a second from now. */
  expectLater(client: SocketClient, code: number, errors: string[]): void {
    this.#due.push({ at: this.now + 1000, client, code, errors });
  }

  /** Lets `count` rooms live for some rounds, empties them, and looks for anything that is left. */
  async live(count: number, rounds: number): Promise<void> {
    await stopReading(this.#room("stopped"));
    for (let i = 0; i < count; i++) this.#rooms.push(this.#room(`room-${i}`));
    for (let round = 0; round < rounds; round++) {
      await Promise.all(this.#rooms.map((room) => this.#act(room)));
      await this.#pass(pick(this.#random, [100, 300, 600, 1000, 2500]));
    }
    await Promise.all(this.#rooms.map((room) => this.#empty(room)));
    await this.#pass(1000);
    assertEquals(this.#seen, this.#expected);
    await this.#findNothing();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(Array.from(this.#open, (client) => client.close()));
    await this.server[Symbol.asyncDispose]();
  }

  /** Rooms act at the same time, in any order: each throws dice of its own. */
  #room(name: string): RoomModel {
    return new RoomModel(this, name, seededRandom(this.#random() * 2 ** 32));
  }

  /** A room does three things, one after the other. */
  async #act(room: RoomModel): Promise<void> {
    for (let i = 0; i < 3; i++) await this.#actOnce(room);
  }

  async #actOnce(room: RoomModel): Promise<void> {
    const { random } = room;
    const present = room.present();
    const absent = room.seats.filter(({ droppedAt }) => droppedAt !== undefined);
    const dice = random();
    // Rooms fill faster than they empty, so that they are often full.
    if (!room.isFull && dice < 0.35) await room.join(random() < 0.4 ? 1 : 2);
    else if (room.isFull && dice < 0.2) await room.refuse(random() < 0.5 ? 1 : 2);
    else if (dice < 0.6) await exchange(room);
    else if (dice < 0.7 && absent.length > 0) await room.resume(pick(random, absent));
    else if (dice < 0.75 && present.length > 0) await room.leave(pick(random, present));
    else if (dice < 0.85 && present.length > 0) await room.drop(pick(random, present));
    else if (dice < 0.9) {
      const actor = pick(random, present.filter(({ version }) => version === 2));
      if (actor !== undefined) await room.resume(actor);
    } else if (dice < 0.95 || room.isFull) await knock(room);
    else await pick(random, ATTACKS)(room);
  }

  /** Time passes, and with it whatever was only waiting for it. */
  async #pass(milliseconds: number): Promise<void> {
    this.clock.advance(milliseconds);
    const due = this.#due.filter(({ at }) => at <= this.now);
    this.#due = this.#due.filter(({ at }) => at > this.now);
    for (const { client, code, errors } of due) {
      for (const error of errors) assertEquals((await client.next()).code, error);
      assertEquals((await client.closed).code, code);
    }
    for (const room of this.#rooms) await room.expire();
  }

  async #empty(room: RoomModel): Promise<void> {
    for (const actor of room.present()) {
      await actor.client.nothingElse();
      await (room.random() < 0.5 ? room.leave(actor) : room.drop(actor));
    }
  }

  /** Nothing is left of all that was: no seat, no socket, no address, and no timer. */
  async #findNothing(): Promise<void> {
    const { registry, sockets, admission, opening, joining, leaving } = this.server.signaling;
    await eventually(() => sockets.size === 0);
    const left = [registry.size, registry.away, admission.sockets];
    assertEquals([...left, opening.size, joining.size, leaving.size], [0, 0, 0, 0, 0, 0]);
    this.clock.advance(30_000);
    await eventually(() => admission.addresses === 0 && this.clock.pending.length === 0);
  }
}
