import { assert, assertEquals } from "@std/assert";
import { Exchange } from "../fakes/exchange.ts";
import { pick, seededRandom } from "../fakes/random.ts";
import type { FakeServerSocket } from "../fakes/server_socket.ts";
import { settle } from "../fakes/settle.ts";
import { Crowd } from "./fuzz_crowd.ts";
import { Model } from "./fuzz_model.ts";
import type { Player, Step } from "./fuzz_player.ts";

/** How often what happened: whoever reads it sees whether the dice reach everything. */
export type Tally = Map<string, number>;

/** What a player says, rather than what becomes of its socket. */
const SPOKEN = [
  ...["join", "signal", "leave", "ice-servers", "ping", "pong"],
  ...["bad", "binary", "oversize"],
];

/** A crowd at one server, and the model that judges what the server does. */
export class Game {
  #tally: Tally;
  #rooms: string[];
  #exchange: Exchange;
  #model: Model;
  #crowd: Crowd;
  #isTight: boolean;

  constructor(seed: number, tally: Tally) {
    const random = seededRandom(seed);
    this.#tally = tally;
    this.#rooms = ["a", "b", "c"].slice(0, 1 + Math.floor(random() * 3));
    this.#isTight = random() < 0.4;
    this.#exchange = new Exchange({
      ROOM_CAPACITY: String(2 + Math.floor(random() * 7)),
      MAX_ROOMS: pick(random, ["2", "0"]),
      MAX_BUFFERED_BYTES: pick(random, ["700", "1500", "262144"]),
      MAX_MESSAGE_BYTES: "2000",
      JOIN_TIMEOUT: "3",
      SEAT_GRACE: "5",
      ...(this.#isTight
        ? { MESSAGES_PER_SECOND: "5", MESSAGE_BURST: "8", BYTES_PER_SECOND: "500" }
        : { MESSAGES_PER_SECOND: "0", BYTES_PER_SECOND: "0" }),
      BYTE_BURST: "3000",
    });
    this.#model = new Model(this.#exchange.signaling);
    this.#crowd = new Crowd(random, this.#rooms, this.#exchange, this.#model);
  }

  /** Plays one step, and judges it. */
  async step(): Promise<void> {
    const { journal, players } = this.#crowd;
    journal.length = 0;
    const before = new Map(players.map((player) => [player, player.state]));
    const step = this.#crowd.act();
    await settle();
    await this.#letEvict();
    const { by, kind } = step;
    const state = by && before.get(by);
    if (by !== undefined && SPOKEN.includes(kind) && by.isHeard) this.#follow(step, by);
    this.#model.judge(step, journal);
    this.#count(kind);
    if (step.sent !== undefined) this.#count(`heard by ${step.sent.audience.size}`);
    for (const deed of journal) if (deed.did === "close") this.#count(`closed ${deed.code}`);
    for (const player of players) {
      const errors = this.#model.errorsOf(player);
      for (const error of errors) this.#count(error);
      if (player === by) this.#judgeErrors(step, errors, state);
      else for (const error of errors) assert(UNASKED.includes(error), `${error} out of nothing`);
    }
    this.#compare();
  }

  /** Lets every question be answered, and ends everybody: nothing may be left. */
  async end(): Promise<void> {
    this.#exchange.clock.advance(2000);
    await settle();
    this.#exchange[Symbol.dispose]();
  }

  /** Who is evicted hears of others' evictions no more; but those may hear of too much by it. */
  async #letEvict(): Promise<void> {
    const { MAX_BUFFERED_BYTES } = this.#exchange.signaling.config.limits;
    while (this.#crowd.open.some(({ socket }) => isOver(socket, MAX_BUFFERED_BYTES))) {
      this.#exchange.letEvict();
      await settle();
    }
  }

  #count(what: string): void {
    this.#tally.set(what, (this.#tally.get(what) ?? 0) + 1);
  }

  /** What the step means for who spoke, where the server does not say that it did not hear it. */
  #follow({ kind, sent }: Step, by: Player): void {
    const errors = this.#crowd.journal.flatMap((deed) =>
      deed.did === "send" && deed.player === by && deed.text.startsWith('{"type":"error"')
        ? [/"code":"([a-z-]+)"/.exec(deed.text)![1]]
        : []
    );
    if (errors.includes("rate-limited")) {
      assert(this.#isTight, "limited without a limit");
      sent?.audience.clear();
      return;
    }
    const now = this.#exchange.clock.now();
    by.saidAt = now;
    if (kind === "ping" || kind === "pong") by.keepsHeartbeat = true;
    if (errors.includes("bad-message")) by.strikes++;
    if (kind === "join" && by.state === "joining") {
      by.state = "waiting";
      by.waitsSince = now;
    } else if (kind === "leave") {
      by.leftAt = now;
      this.#model.stand(by, true);
    } else if (sent?.audience.size === 0 && errors.length === 0) {
      this.#model.keep(sent);
    }
  }

  /** The errors that a player hears of what it does itself. */
  #judgeErrors({ by, kind, sent }: Step, errors: string[], state?: Player["state"]): void {
    const said = `${kind} while ${state}: ${errors}`;
    if (errors.includes("rate-limited")) return assertEquals(errors.length, 1, said);
    const isUntimely = ["signal", "ice-servers"].includes(kind) && state !== "in" ||
      kind === "join" && state !== "joining";
    if (!SPOKEN.includes(kind) || state === "over") return assertEquals(errors, [], said);
    if (isUntimely || ["bad", "binary", "oversize"].includes(kind)) {
      return assertEquals(errors, ["bad-message"], said);
    }
    if (kind === "join") {
      return assert(
        errors.length === 0 || ["room-full", "try-later"].includes(errors.join()),
        said,
      );
    }
    if (by === undefined || sent === undefined || sent.audience.size > 0) {
      return assertEquals(errors, [], said);
    }
    const { places, kept } = this.#model.room(by.room);
    const to = by.version === 2 ? sent.message.to : undefined;
    const place = places.find(({ peer }) => peer === to);
    if (to !== undefined && (place === undefined || place === sent.place)) {
      assertEquals(errors, ["peer-gone"], said);
    } else if (to !== undefined && place?.player === undefined) {
      assertEquals(errors, ["peer-away"], said);
    } else if (errors.length > 0) {
      assertEquals(errors, ["mailbox-full"], said);
      assert(kept.length >= 64, said);
    }
  }

  /** What the server has, and what each client believes, must be what the model knows. */
  #compare(): void {
    const { registry, admission, sockets } = this.#exchange.signaling;
    let away = 0;
    for (const name of this.#rooms) {
      const { places } = this.#model.room(name);
      away += places.filter(({ player }) => player === undefined).length;
      const roster = registry.find(name)?.roster() ?? [];
      const known = roster.map(({ peer }, i) => places[i]?.peer === undefined ? undefined : peer);
      assertEquals(
        roster.map(({ version, state }, i) => [known[i], version, state]),
        places.map(({ peer, version, player }) => [peer, version, player ? "present" : "away"]),
      );
      assertEquals(registry.find(name) !== undefined, this.#model.isOpen(name));
    }
    const { open } = this.#crowd;
    const counts = [registry.away, admission.sockets, sockets.size];
    assertEquals(counts, [away, open.length, open.length]);
    for (const player of open) this.#compareOne(player);
  }

  #compareOne(player: Player): void {
    const { limits } = this.#exchange.signaling.config;
    const now = this.#exchange.clock.now();
    const { state, version, place, socket } = player;
    if (socket.readyState === WebSocket.OPEN) {
      assert(socket.bufferedAmount <= limits.MAX_BUFFERED_BYTES, "too much waits for a peer");
      assert(now - player.leftAt < 1000, "it has left, and is not closed");
      assert(now - (player.doom?.since ?? now) < 100, "it is to be closed, and is not");
    }
    if (state === "over") return;
    assertEquals(player.mail.map(({ n }) => n), [], "what was kept was not handed out");
    if (state === "joining") assert(now - player.openedAt < limits.JOIN_TIMEOUT * 1000, "no join");
    if (state === "waiting") assert(now - player.waitsSince < 2000, "it waits for too long");
    if (state !== "in") return;
    if (version === 1) return assertEquals(player.leaves, player.leavesDue, "leaves");
    const others = this.#model.room(player.room).places.filter((other) => other !== place);
    assertEquals(
      [...player.believes].sort(),
      others.map(({ peer, player }) => [peer, player ? "present" : "away"]).sort(),
    );
  }
}

/** What a player may hear of though it did nothing in this step. */
const UNASKED = ["room-full", "try-later", "join-timeout", "restarting"];

function isOver({ readyState, bufferedAmount }: FakeServerSocket, most: number): boolean {
  return readyState === WebSocket.OPEN && bufferedAmount > most;
}
