import { assertEquals } from "@std/assert";
import type { Version } from "../../lib/protocol/messages.ts";
import { pick } from "../fakes/random.ts";
import { eventually } from "../fakes/patience.ts";
import { RawSocket } from "./raw_socket.ts";
import type { World } from "./scenario.ts";
import type { SocketClient } from "./socket_client.ts";

/** A peer as the model knows it. */
export interface Actor {
  readonly version: Version;
  client: SocketClient;
  id: string;
  token: string;
  /** When it dropped; undefined while it is present. */
  droppedAt: number | undefined;
  /** When it said something last. */
  heardAt: number;
  /** Whether it has said ping or pong, so that it may be asked for a sign of life. */
  keepsHeartbeat: boolean;
}

const LEAVE = '{"type":"leave"}';

/** A room as it must be. Its peers act one after the other, while other rooms live their own life. */
export class RoomModel {
  readonly name: string;
  /** In the order of seats. */
  seats: Actor[] = [];
  readonly world: World;

  /** Decides what happens here. */
  readonly random: () => number;

  constructor(world: World, name: string, random: () => number) {
    this.world = world;
    this.random = random;
    this.name = name;
  }

  get url(): string {
    return this.world.server.roomUrl(this.name);
  }

  get isFull(): boolean {
    return this.seats.length === this.world.capacity;
  }

  /** Those who hear what is said, but `actor`. */
  present(actor?: Actor): Actor[] {
    return this.seats.filter((other) => other !== actor && other.droppedAt === undefined);
  }

  /** Makes sure that all others hear these frames next, each in its version. */
  async hear(about: Actor | undefined, version2: object[], version1: string[] = []): Promise<void> {
    for (const { version, client } of this.present(about)) {
      if (version === 2) { for (const frame of version2) assertEquals(await client.next(), frame); }
      else for (const text of version1) assertEquals(await client.nextText(), text);
    }
  }

  /** Somebody comes in, with a token that opens nothing where one is given. */
  async join(version: Version, resume?: string): Promise<Actor> {
    const client = await this.world.open(this.url, version);
    const heardAt = this.world.now;
    const actor: Actor = {
      version,
      client,
      id: "",
      token: "",
      droppedAt: undefined,
      heardAt,
      keepsHeartbeat: false,
    };
    if (version === 2) {
      await this.#welcome(actor, resume);
    } else {
      await eventually(() => this.#serverSeats.length > this.seats.length);
      actor.id = this.#serverSeats.at(-1)!.peer;
      // A version 1 peer has said nothing yet.
      actor.heardAt = -Infinity;
    }
    this.seats.push(actor);
    await this.hear(actor, [{ type: "peer-joined", peer: actor.id, version }]);
    return actor;
  }

  /** Somebody who is away comes back, or replaces its own live socket. */
  async resume(actor: Actor): Promise<void> {
    const { client, id, token, droppedAt } = actor;
    actor.client = await this.world.open(this.url, 2);
    actor.heardAt = this.world.now;
    actor.keepsHeartbeat = false;
    await this.#welcome(actor, token);
    assertEquals([actor.id, actor.token], [id, token]);
    const back = { type: "peer-back", peer: id };
    if (droppedAt === undefined) {
      this.world.expectClose(4504);
      assertEquals((await client.closed).code, 4504);
      await this.hear(actor, [{ type: "peer-away", peer: id }, back], [LEAVE]);
    } else {
      actor.droppedAt = undefined;
      await this.hear(actor, [back]);
    }
  }

  async #welcome(actor: Actor, resume?: string): Promise<void> {
    const { client } = actor;
    client.send({ type: "join", ...(resume !== undefined && { resume }) });
    const { type, peer, resume: token, room, capacity, peers, seat } = await client.next();
    assertEquals([type, room, capacity], ["welcome", this.name, this.world.capacity]);
    const place = this.seats.indexOf(actor);
    assertEquals(seat, place < 0 ? this.seats.length : place);
    const others = this.seats.filter((other) => other !== actor);
    assertEquals(
      peers,
      others.map(({ id, version, droppedAt }) => {
        return { peer: id, version, state: droppedAt === undefined ? "present" : "away" };
      }),
    );
    actor.id = String(peer);
    actor.token = String(token);
  }

  /** Somebody says leave; some wait until the server closes. */
  async leave(actor: Actor): Promise<void> {
    const { client, id: peer } = actor;
    await client.nothingElse();
    client.send(LEAVE);
    this.#free(actor);
    await eventually(() => this.#serverSeats.length === this.seats.length);
    const left = { type: "peer-left", peer, reason: "left" };
    await this.hear(actor, [{ type: "leave", from: peer }, left], [LEAVE]);
    this.world.expectClose(1000);
    if (this.random() < 0.5) await client.close(1000);
    else this.world.expectLater(client, 1000, []);
  }

  /** Somebody's socket ends without a word. */
  async drop(actor: Actor): Promise<void> {
    const code = pick(this.random, [1000, 3000, 4000, 4502]);
    this.world.expectClose(code);
    await actor.client.close(code);
    if (actor.version === 1) return await this.lose(actor);
    actor.droppedAt = this.world.now;
    await eventually(() =>
      this.#serverSeats.some((seat) => seat.peer === actor.id && !seat.member)
    );
    await this.hear(actor, [{ type: "peer-away", peer: actor.id }], [LEAVE]);
  }

  /** Somebody has lost the seat: as a version 1 peer that is gone, or for what it did. */
  async lose(actor: Actor): Promise<void> {
    this.#free(actor);
    await eventually(() => this.#serverSeats.length === this.seats.length);
    await this.hear(actor, [{ type: "peer-left", peer: actor.id, reason: "lost" }], [LEAVE]);
  }

  /** Nobody here has heard anything that is not in the model; whoever was asked may be asked again. */
  async check(): Promise<void> {
    for (const actor of this.present()) {
      // In version 1 the question is a strike, so it is asked only once, at the end.
      if (actor.version === 1) continue;
      await actor.client.nothingElse();
      actor.heardAt = this.world.now;
      actor.keepsHeartbeat = true;
    }
  }

  /** The time of those who were away for too long is up; version 1 heard of it long ago. */
  async expire(): Promise<void> {
    const late = this.seats.filter(({ droppedAt }) =>
      droppedAt !== undefined && this.world.now - droppedAt >= this.world.grace
    );
    for (const actor of late.sort((a, b) => a.droppedAt! - b.droppedAt!)) this.#free(actor);
    // Seats that were dropped at the same time are lost in the order in which they were dropped.
    for (const { client, version } of this.present()) {
      if (version === 1) continue;
      const left = new Set<unknown>();
      for (const _ of late) {
        const { type, peer, reason } = await client.next();
        assertEquals([type, reason], ["peer-left", "lost"]);
        left.add(peer);
      }
      assertEquals(left, new Set(late.map(({ id }) => id)));
    }
    assertEquals(this.#serverSeats.map(({ peer }) => peer), this.seats.map(({ id }) => id));
  }

  /** A stranger finds the room full; whoever is quiet gives a sign of life first. */
  async refuse(version: Version): Promise<void> {
    const quiet = this.present().filter(({ keepsHeartbeat, heardAt }) =>
      keepsHeartbeat && this.world.now - heardAt >= 2000
    );
    const refused = version === 1 ? this.#refuse1() : this.#refuse2();
    for (const actor of quiet) {
      assertEquals((await actor.client.next()).type, "ping");
      actor.client.send({ type: "pong", t: 0 });
      actor.heardAt = this.world.now;
    }
    await refused;
  }

  async #refuse1(): Promise<void> {
    using socket = await RawSocket.open(this.url, { headers: this.world.headers() });
    assertEquals([socket.status, (await socket.refusal()).code], [409, "room-full"]);
  }

  async #refuse2(): Promise<void> {
    const client = await this.world.open(this.url, 2);
    client.send({ type: "join", resume: pick(this.random, ["nothing", "at-all"]) });
    assertEquals((await client.next()).code, "room-full");
    this.world.expectClose(4502);
    await client.closed;
  }

  #free(actor: Actor): void {
    this.seats = this.seats.filter((other) => other !== actor);
  }

  get #serverSeats() {
    return this.world.server.signaling.registry.find(this.name)?.seats ?? [];
  }
}
