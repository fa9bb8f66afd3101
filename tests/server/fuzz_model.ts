import { assert, assertEquals } from "@std/assert";
import { isObject, type JsonObject, parseObject } from "../../lib/protocol/parse.ts";
import { valueOf } from "../fakes/unwrap.ts";
import { mayClose } from "./fuzz_closes.ts";
import { type Deed, hasWords, type Player, type Sent, type Step } from "./fuzz_player.ts";
import { Rooms } from "./fuzz_rooms.ts";

/** Judges by the simplest of rules; it knows nothing of how the server does what it does. */
export class Model extends Rooms {
  readonly sent = new Map<number, Sent>();
  #heard = new Map<Player, Set<number>>();
  #errors = new Map<Player, string[]>();
  #step: Step = { kind: "" };

  /** Judges what the server did in a step. */
  judge(step: Step, deeds: Deed[]): void {
    this.#step = step;
    this.#heard.clear();
    this.#errors.clear();
    this.giveUpSeats();
    for (const deed of deeds) this.#judge(deed);
    const { sent, by } = step;
    if (sent === undefined || by === undefined) return;
    for (const player of sent.audience) {
      // Who was ended on the way need not have heard it.
      const heard = this.#heard.get(player)?.has(sent.n) || player.state === "over";
      assert(heard || !hasWords(sent, player.version), `${sent.n} was not heard`);
    }
  }

  /** The errors that a player was told of in this step. */
  errorsOf(player: Player): string[] {
    return this.#errors.get(player) ?? [];
  }

  #judge(deed: Deed): void {
    switch (deed.did) {
      case "send":
        return this.#judgeFrame(deed.player, valueOf(parseObject(deed.text)), deed.text);
      case "close":
        return this.#judgeClose(deed.player, deed.code);
      case "doom":
        return this.#judgeDoom(deed.player);
      case "promise":
        assert(!this.isFull(deed.player.room), "promised one seat too many");
        this.room(deed.player.room).promised++;
        return;
      case "refuse":
        if (deed.status === 409) assert(this.isFull(deed.room), "409, but there is a seat");
        else assert(this.#hasTooManyRooms(deed.room), "503, but there may be more rooms");
    }
  }

  #judgeFrame(player: Player, message: JsonObject, text: string): void {
    const { type, n } = message;
    if (type === "error") {
      const code = String(message.code);
      this.#errors.set(player, [...this.errorsOf(player), code]);
      return;
    }
    if (type === "leave") player.leaves++;
    if (typeof n === "number") return this.#judgeSignal(player, n, message, text);
    if (player.version === 1) return assertEquals(text, '{"type":"leave"}');
    if (type === "welcome") return this.#judgeWelcome(player, message);
    if (type === "ping") {
      assert(player.keepsHeartbeat && this.now - player.saidAt >= 2000, "asked too early");
      return;
    }
    if (type === "ice-servers") {
      return assertEquals([player, player.state], [this.#step.by, "in"]);
    }
    if (type === "pong") return assertEquals([player, message.t], [this.#step.by, 7]);
    player.isTold(message);
    if (type === "peer-joined") this.#learn(player.room, message);
  }

  #judgeSignal(player: Player, n: number, message: JsonObject, text: string): void {
    const sent = this.sent.get(n);
    if (sent === undefined) throw new Error(`Nobody sent ${n}`);
    player.hears(sent, message, text);
    const heard = this.#heard.get(player) ?? new Set();
    this.#heard.set(player, heard.add(n));
    if (sent === this.#step.sent && sent.audience.has(player)) return;
    assertEquals(player.mail[0]?.n, n, `${n} was not for this peer`);
    player.mail.shift();
  }

  #judgeWelcome(player: Player, message: JsonObject): void {
    assert(player.state === "waiting", `a welcome to who is ${player.state}`);
    const { places } = this.room(player.room);
    const before = places.find(({ token }) => token !== undefined && token === player.resume);
    const { peer, resume: token } = message as { peer: string; resume: string };
    if (before === undefined) {
      for (const { places } of this.rooms.values()) {
        assert(!places.some((place) => place.peer === peer || place.token === token), "not new");
      }
    } else {
      assertEquals([peer, token], [before.peer, before.token], "the seat of another");
      assertEquals(before.player, undefined, "the older connection is still there");
    }
    const place = before ?? { version: 2, peer, token, player: undefined, awaySince: 0 };
    this.sit(player, place);
    const all = this.room(player.room).places;
    assertEquals(message.seat, all.indexOf(place));
    const others = all.filter((other) => other !== place);
    const roster = (message.peers as unknown[]).filter(isObject);
    assertEquals(roster.length, others.length);
    for (const [i, entry] of roster.entries()) {
      const other = others[i]!;
      other.peer ??= String(entry.peer);
      const state = other.player === undefined ? "away" : "present";
      assertEquals(entry, { peer: other.peer, version: other.version, state });
      player.believes.set(other.peer, state);
    }
  }

  /** The id of a version 1 peer is learnt from those who are told of it. */
  #learn(name: string, { peer, version }: JsonObject): void {
    const { places } = this.room(name);
    const known = places.find((place) => place.peer === peer);
    const place = known ?? places.find((place) => place.version === 1 && place.peer === undefined);
    if (place === undefined) return;
    place.peer = String(peer);
    assertEquals(version, place.version);
  }

  #judgeDoom(player: Player): void {
    const codes = FOR_WORDS.filter((code) => this.#mayClose(player, code));
    assert(codes.length > 0, `doomed while ${player.state}`);
    player.doom = { codes, since: this.now };
    this.stand(player, true);
  }

  #judgeClose(player: Player, code: number): void {
    const isDue = player.doom?.codes.includes(code) && this.now - player.doom.since >= 100;
    assert(isDue || this.#mayClose(player, code), `closed with ${code} while ${player.state}`);
    this.stand(player, code !== 4504 && code !== 1012);
  }

  #mayClose(player: Player, code: number): boolean {
    return mayClose(player, code, {
      step: this.#step,
      now: this.now,
      limits: this.limits,
      errors: this.errorsOf(player),
      isFull: this.isFull(player.room),
      hasTooManyRooms: this.#hasTooManyRooms(player.room),
    });
  }

  #hasTooManyRooms(name: string): boolean {
    const open = [...this.rooms.keys()].filter((other) => this.isOpen(other)).length;
    return !this.isOpen(name) && open >= this.limits.MAX_ROOMS;
  }
}

/** How a peer is closed for what it said. */
const FOR_WORDS = [1003, 1009, 1013, 4403, 4500, 4502];
